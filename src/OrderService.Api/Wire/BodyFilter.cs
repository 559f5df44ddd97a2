using Microsoft.AspNetCore.Http.Features;

namespace OrderService.Api.Wire;

/// <summary>
/// Reads the body of a call into its record and lets only those through that its rules accept; the first refusal is the answer, told as the
/// dialect tells it.
/// </summary>
internal sealed class BodyFilter<T>(BodyStyle style) : IEndpointFilter
    where T : RequestRecord
{
    private BodyStyle? _bySettings;

    /// <summary>The body of a request that was let through.</summary>
    public static T BodyOf(HttpContext context) =>
        context.Features.Get<T>() ?? throw new InvalidOperationException("this route has no body in front of it");

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // it is read again for its fingerprint
        if (http.Request.Headers.ContainsKey(IdempotencyFilter.Header)) http.Request.EnableBuffering(DialectLimits.BodyMax);
        var reading = ReadAsync(http, _bySettings ??= style.By(http.RequestServices));
        // a small body came with its headers: then nothing is waited for here, on the way in or back
        return reading.IsCompletedSuccessfully ? JudgeAsync(reading.Result, context, next) : WaitAsync(reading, context, next);
    }

    private async ValueTask<object?> WaitAsync(
        ValueTask<T> reading, EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
            await JudgeAsync(await reading, context, next);

    private ValueTask<object?> JudgeAsync(T body, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (RequestRules<T>.Of(http).RefusalOf(body, style) is { } refused) return new ValueTask<object?>(refused);
        http.Features.Set(body);
        return next(context);
    }

    /// <summary>The body of a call, not judged yet; the style knows the settings.</summary>
    public static async ValueTask<T> ReadAsync(HttpContext http, BodyStyle style)
    {
        var body = style.IsOptional && !HasBody(http)
            ? Activator.CreateInstance<T>()
            : await RequestBody.ReadAsync(http, style.BytesMaxOf(http.RequestServices), json => Read(json, style));
        body.Meet(http);
        return body;
    }

    private static bool HasBody(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && http.Request.ContentLength != 0
            && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    private static T Read(ReadOnlyMemory<byte> json, BodyStyle style)
    {
        if (style.IsOptional && json.IsEmpty) return Activator.CreateInstance<T>();
        var record = BodyReader<T>.Read(json.Span, style);
        if (record is IKeepsBody keeps) keeps.Body = json.ToArray(); // the bytes are gone when this returns
        return record;
    }
}

/// <summary>How routes say what they take.</summary>
internal static class BodyFilterExtensions
{
    /// <summary>The route takes such a body, in the dialect's style.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, BodyStyle style) where T : RequestRecord =>
        route.AddEndpointFilter(new BodyFilter<T>(style));
}
