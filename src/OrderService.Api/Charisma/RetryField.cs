using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>
/// Whether a call to execute asks for more than one try: <c>retry</c> in the query, or in the body beside the proof, which is read again
/// after this.
/// </summary>
internal static class RetryField
{
    private const string Name = "retry";

    /// <summary>False where nothing is said; another type than true or false is refused.</summary>
    public static async Task<Result<bool>> ReadAsync(HttpContext context, int bytesMax, CancellationToken token)
    {
        if (context.Request.Query.Text(Name) is { } text)
            return QueryText.TryParseTruth(text, out var asked) ? asked : new OrderError.Field(Name, "must be true or false");
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return false;
        context.Request.EnableBuffering();
        var buffer = new byte[bytesMax];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, bytesMax, throwOnEndOfStream: false, token);
        context.Request.Body.Position = 0;
        return Read(context, buffer.AsMemory(0, length));
    }

    // What is no JSON object says nothing of tries, nor does it prove anything: the proof's own reader decides.
    private static Result<bool> Read(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)
            || BodyReader<ExecuteRecord>.Read(RequestBody.WithoutMark(body).Span, CharismaBodies.Style) is not { Fault: null } read)
        {
            return false;
        }
        return RequestRules<ExecuteRecord>.Of(context).FirstRefusal(read) is { } why ? why : read.Retry.Value;
    }
}

/// <summary>What a call to execute may say of tries.</summary>
internal sealed class ExecuteRules : RequestRules<ExecuteRecord>
{
    public ExecuteRules() => Must(b => b.Retry, (_, retry) => retry.IsAbsentOrRead).Says("must be true or false");
}
