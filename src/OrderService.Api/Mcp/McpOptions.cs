namespace OrderService.Api.Mcp;

/// <summary>Section <c>Mcp</c>: the same orders for programs that speak the Model Context Protocol.</summary>
internal sealed class McpOptions
{
    public const string Section = "Mcp";

    /// <summary>True serves it at <c>/mcp</c>.</summary>
    public bool Enabled { get; set; }
}
