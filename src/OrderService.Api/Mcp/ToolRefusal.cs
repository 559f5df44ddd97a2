using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace OrderService.Api.Mcp;

/// <summary>A call of a tool was refused: whoever called is told its sentence, and nothing of it is a fault.</summary>
internal sealed class ToolRefusal(string sentence) : Exception(sentence)
{
    /// <summary>Tells refusals as the protocol has them: a result that is an error.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Told(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (request, token) =>
        {
            try
            {
                return await next(request, token);
            }
            catch (ToolRefusal refused)
            {
                return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = refused.Message }] };
            }
        };
}
