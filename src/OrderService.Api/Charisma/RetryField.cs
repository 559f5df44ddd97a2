using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>Whether a call to execute asks for more than one try: <c>retry</c> in the query, or in the body beside the proof, which is read again after this.</summary>
internal static class RetryField
{
    private const string Name = "retry";

    /// <summary>False where nothing is said; another type than true or false is refused.</summary>
    public static async Task<Result<bool>> ReadAsync(HttpContext context, int bytesMax, CancellationToken token)
    {
        if (context.Request.Query.Text(Name) is { } text) return QueryText.TryParseTruth(text, out var asked) ? asked : Refusal();
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return false;
        context.Request.EnableBuffering();
        var buffer = new byte[bytesMax];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, bytesMax, throwOnEndOfStream: false, token);
        context.Request.Body.Position = 0;
        return Read(buffer.AsMemory(0, length));
    }

    // What is no JSON object says nothing of tries, nor does it prove anything: the proof's own reader decides.
    private static Result<bool> Read(ReadOnlyMemory<byte> body)
    {
        var read = BodyReader<ExecuteRecord>.Read(body.Span, CharismaBodies.Style);
        if (read.Fault is not null || !read.Retry.IsGiven) return false;
        return read.Retry.IsRead ? read.Retry.Value : Refusal();
    }

    private static OrderError.Field Refusal() => new(Name, "must be true or false");
}
