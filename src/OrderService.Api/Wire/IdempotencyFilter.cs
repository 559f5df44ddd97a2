using System.Security.Cryptography;
using System.Text;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>The id of what a creating call makes: fresh, or that of the first try where the client sends the call again.</summary>
internal sealed record CreationId(Guid Value)
{
    /// <summary>The id of this request.</summary>
    public static Guid Of(HttpContext context) => RepeatedOf(context) ?? Guid.NewGuid();

    /// <summary>That which a try of this call before may have used; null where no <c>Idempotency-Key</c> says that there was one.</summary>
    public static Guid? RepeatedOf(HttpContext context) => context.Features.Get<CreationId>()?.Value;
}

/// <summary>
/// What stands for a key where a client sends none: the proof that came with the call, and how long the same call with the same proof is
/// the same one.
/// </summary>
internal sealed record RepeatedProof(string Text, TimeSpan Window);

/// <summary>
/// Makes a creating POST safe to send again under <c>Idempotency-Key</c>: the same request gets the stored answer, another one under the
/// same key 422, and one that is still running 409. It runs behind the proof of who is asking, since answers are kept for each caller, whom
/// <paramref name="callerOf"/> names;
/// <paramref name="created"/> is the status of an answer that created something, and <paramref name="proofOf"/> gives what stands for the
/// header where a wire's clients cannot send it.
/// </summary>
internal sealed class IdempotencyFilter(
    Func<HttpContext, string> callerOf, Func<OrderError, IResult> refuse, int created = StatusCodes.Status200OK,
    Func<HttpContext, RepeatedProof>? proofOf = null) : IEndpointFilter
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Tells that an answer is a stored one.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Tells the id of the order that an answer is about.</summary>
    public const string OrderHeader = "X-Order-Id";

    private const int KeyMax = 200;
    private const int LooksMax = 50;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Says that the answer to this request was given before.</summary>
    public static void Replays(HttpContext context) => context.Response.Headers[ReplayedHeader] = "true";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        proofOf is not null || context.HttpContext.Request.Headers.ContainsKey(Header)
            ? InvokeOnceAsync(context, next) : next(context); // what nothing makes the same as another call pays for none of it

    private async ValueTask<object?> InvokeOnceAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if ((await CallOfAsync(http)).IsRejected(out var why, out var call)) return refuse(why);
        if (call is null) return await next(context);
        var ledger = http.RequestServices.GetRequiredService<IdempotencyLedger>();
        if ((await BeginAsync(ledger, call, http.RequestAborted)).IsRejected(out why, out var start)) return refuse(why);
        if (start.Answer is { } stored)
        {
            Replays(http);
            http.Response.Headers.CacheControl = "no-store";
            if (stored.OrderId is { } order) http.Response.Headers[OrderHeader] = order;
            http.Response.StatusCode = created;
            return Results.Bytes(stored.Body, stored.ContentType);
        }
        http.Features.Set(new CreationId(start.Id));
        return await AnswerAsync(http, ledger, call, await next(context));
    }

    // Null where nothing makes two calls the same.
    private async Task<Result<IdempotentCall?>> CallOfAsync(HttpContext http)
    {
        var scope = $"{http.Request.Method} {RouteOf(http)} {callerOf(http)}";
        if (http.Request.Headers[Header] is [{ } key])
        {
            return key.Length is 0 or > KeyMax || key.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? Malformed() : new IdempotentCall(scope, key, await FingerprintAsync(http));
        }
        if (http.Request.Headers.ContainsKey(Header)) return Malformed();
        if (proofOf?.Invoke(http) is not { } proof || proof.Window <= TimeSpan.Zero) return (IdempotentCall?)null;
        var fingerprint = await FingerprintAsync(http);
        var same = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(proof.Text), .. fingerprint]));
        return new IdempotentCall($"{scope} (same proof)", same, fingerprint) { Lasts = proof.Window };
    }

    // Who sent no key does not know that it asks again: the second of two at once waits for what the first is answered.
    private static async Task<Result<IdempotentStart>> BeginAsync(IdempotencyLedger ledger, IdempotentCall call, CancellationToken token)
    {
        for (var looks = 1; ; looks++)
        {
            var begun = await ledger.BeginAsync(call, token);
            if (call.Lasts is null || begun.Error is not OrderError.Conflict || looks == LooksMax) return begun;
            await Task.Delay(LookEvery, token);
        }
    }

    // What is answered is kept before it leaves. A caller who hangs up meanwhile finds it when it asks again.
    private async Task<object?> AnswerAsync(HttpContext http, IdempotencyLedger ledger, IdempotentCall call, object? result)
    {
        if (result is not IResult answer) throw new InvalidOperationException("a creating route answers with a result");
        var response = http.Response;
        var body = response.Body;
        using var kept = new MemoryStream();
        response.Body = kept;
        try
        {
            await answer.ExecuteAsync(http);
            await response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            response.Body = body;
        }
        if (response.StatusCode == created)
        {
            await ledger.KeepAsync(call, new StoredAnswer(response.ContentType ?? JsonAnswer.Json, kept.ToArray(), OrderOf(response)),
                CancellationToken.None);
        }
        else if (response.StatusCode < 500)
        {
            await ledger.ForgetAsync(call, CancellationToken.None);
        }
        await response.Body.WriteAsync(kept.ToArray(), http.RequestAborted);
        return Results.Empty;
    }

    // A path is spelt in many ways, in the case of its letters and of the ids in it: what counts is the route, and which things it names.
    private static string RouteOf(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern: { RawText: { } route, Parameters: var names } })
            return http.Request.Path.Value ?? "";
        return string.Join(' ',
            names.Select(name => http.Request.RouteValues[name.Name]?.ToString() ?? "")
                .Select(text => Guid.TryParse(text, out var id) ? id.ToString("N") : text).Prepend(route));
    }

    private static string? OrderOf(HttpResponse response) => response.Headers[OrderHeader].ToString() is { Length: > 0 } id ? id : null;

    // The body and, where the proof stands in headers, what was signed: a message that asks for something else is another request. A fresh
    // signature of the same message is not.
    private static async Task<byte[]> FingerprintAsync(HttpContext http)
    {
        http.Request.EnableBuffering(DialectLimits.BodyMax);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(http.Request.Headers["x-message"].ToString() + "\n"));
        // it may name what is changed
        if (http.Request.QueryString.HasValue) hash.AppendData(Encoding.UTF8.GetBytes(http.Request.QueryString.Value + "\n"));
        http.Request.Body.Position = 0;
        var buffer = new byte[4096];
        for (var read = -1; read != 0; hash.AppendData(buffer, 0, read))
            read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static OrderError.Field Malformed() =>
        new(Header, $"must be one text of 1 to {KeyMax} visible ASCII characters", "invalid_idempotency_key");
}
