using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Partitions;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Wire;

/// <summary>
/// Says who is asking: by <c>X-API-Key</c> where it is sent, otherwise by a wallet's signature. Changes nothing but the key's counters.
/// </summary>
internal sealed class Authenticator(
    KeyStores keys, ServiceIdentity service, PartitionPlace place, WrongKeys wrong, AddressBudgets addresses, OwnerBudgets owners,
    IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>The header of an API key.</summary>
    public const string KeyHeader = "X-API-Key";

    /// <summary>The key that a request carries; empty where there is none.</summary>
    public static string KeyOf(HttpContext context) => context.Request.Headers[KeyHeader].ToString();

    /// <summary>
    /// The proven caller of an action, or why there is none. A null owner stands for the wallet that the proof names. A message that comes
    /// with the caller is used up by <see cref="MessageLedger"/> in the action's transaction, not here.
    /// </summary>
    public async Task<Result<Caller>> AuthenticateAsync(
        HttpContext context, string action, OrderUuid? uuid, StacksAddress? owner, CancellationToken token)
    {
        // Creating is authorised by the intent itself: only a key is ever asked about, so an empty one is no key.
        var key = KeyOf(context);
        if (key.Length > 0 || action == WalletActions.CreateOrder) return await AuthenticateKeyAsync(context, key, action, owner, token);
        var proof = await ProofReader.ReadAsync(context, token);
        return Verify(context, proof, new AuthDemand(action, owner, uuid?.ToString())).IsRejected(out var why, out var verified)
            ? why
            : new Caller(verified.Signed.Signer, verified.Signed, Key: null);
    }

    /// <summary>
    /// Judges a wallet's proof alone; keys are not looked at. It counts for the address whatever it is, and for the wallet where it holds.
    /// </summary>
    public Result<VerifiedProof> Verify(HttpContext context, WalletProof proof, AuthDemand demand)
    {
        if (proof.Signature is not null && RefusalOfProof(context) is { } spent) return spent;
        if (new ProofVerifier(service.Scope, options.Value).Verify(proof, demand, time.RealNow())
            .IsRejected(out var why, out var verified))
        {
            return why;
        }
        return RefusalOfOwner(context, verified.Signed.Signer, demand.Action) is { } many ? many : verified;
    }

    /// <summary>
    /// Counts a signature that proves who asks for the address that it comes from, before it is looked at; why it must wait, or null.
    /// </summary>
    public OrderError? RefusalOfProof(HttpContext context) => addresses.Take(context, AddressUse.Proofs);

    /// <summary>
    /// Counts a call for the owner who is proven to make it; why it must wait, or null. A call that came to another partition than his is
    /// sent on from here, unless it is answered already.
    /// </summary>
    public OrderError? RefusalOfOwner(HttpContext context, StacksAddress owner, string action)
    {
        if (!context.Response.HasStarted) place.Expect(owner);
        return OwnerBudgets.UseOf(action) is { } use ? owners.Take(owner, use) : null;
    }

    private async Task<Result<Caller>> AuthenticateKeyAsync(
        HttpContext context, string text, string action, StacksAddress? owner, CancellationToken token)
    {
        if ((await CountKeyAsync(context, text, action, token)).IsRejected(out var unknown, out var key)) return unknown;
        return (key.Refuses(owner, WalletActions.PermissionFor(action), time.RealNow())
            ?? key.RefusesAddress(context.Connection.RemoteIpAddress) ?? RefusalOfOwner(context, key.Owner, action)) is { } why
            ? why : new Caller(key.Owner, Message: null, key);
    }

    /// <summary>
    /// Counts the key that a request carries, before anything else is looked at, so that every answer to it is counted and says what is
    /// left. Null where there is no key, or one that may go on; a key that nobody has is refused, and so is one that has used up its
    /// minute.
    /// </summary>
    public async Task<OrderError?> RefusalOfKeyAsync(HttpContext context, string action, CancellationToken token)
    {
        if (KeyOf(context) is not { Length: > 0 } key) return null;
        return (await CountKeyAsync(context, key, action, token)).Error;
    }

    /// <summary>
    /// The key of a secret, whatever it may do and even where it has ended: that is for the caller to ask. It counts as used, once for each
    /// request, so that probing its wallet or its permissions is limited too.
    /// </summary>
    public async Task<Result<ApiKey>> CountKeyAsync(HttpContext context, string text, string action, CancellationToken token)
    {
        if (context.Features.Get<CountedKey>() is { } counted && counted.Text == text) return counted.Key;
        if (wrong.Refusal(context, text) is { } throttled) return throttled;
        if (!ApiKeySecret.TryParse(text, out var secret) || await keys.FindAsync(secret, token) is not { } found)
        {
            wrong.Wrong(context);
            return new OrderError.Unauthenticated("invalid_api_key", "Invalid API key");
        }
        wrong.Right(text);
        var (key, store, now) = (found.Key, found.Store, time.RealNow());
        var budget = KeyBudgets.Of(action);
        var rate = await store.Meter.CountAsync(key.Id, budget, key.RatePerMinute, now, token);
        Tell(context, rate);
        foreach (var window in rate.Windows.Where(window => window.End > now))
        {
            // a refusal that is remembered outlives its shorter windows
            RateBudgets.Tell(context,
                new RateBudget(NameOf(budget, window.Length), window.Limit, window.Length, window.Remaining, window.End - now));
        }
        if (rate.IsExceeded)
        {
            return new OrderError.TooMany("rate_limit_exceeded",
                $"Rate limit exceeded: {rate.Limit} requests in {rate.Window.TotalSeconds:0} seconds", rate.RetryAfter(now));
        }
        Follow(context, store.Usage, key.Id, action, now);
        context.Features.Set(new CountedKey(text, key));
        return key;
    }

    // A WebSocket may be told its key after it has begun.
    private static void Tell(HttpContext context, RateLimitState rate)
    {
        if (!context.Response.HasStarted) context.Response.OnStarting(() => TellAsync(context.Response.Headers, rate));
    }

    private static string NameOf(KeyBudget budget, TimeSpan window) =>
        $"{(budget == KeyBudget.Cancels ? "key-cancels" : "key")}-{(window < TimeSpan.FromHours(1) ? "minute" : window < TimeSpan.FromDays(1) ? "hour" : "day")}";

    private static Task TellAsync(IHeaderDictionary headers, RateLimitState rate)
    {
        headers["X-RateLimit-Limit"] = rate.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = rate.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = rate.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Window"] = rate.Window.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private void Follow(HttpContext context, ApiKeyUsage usage, Guid keyId, string action, DateTimeOffset now)
    {
        var began = time.GetTimestamp();
        context.Response.OnCompleted(() =>
        {
            var (request, response) = (context.Request, context.Response);
            usage.Add(new ApiKeyUse(keyId, now, request.Method, request.Path.Value ?? "", response.StatusCode, action)
            {
                Error = response.StatusCode >= 400 ? context.Features.Get<ErrorFacts>()?.Sentence : null, Took = time.GetElapsedTime(began),
            });
            return Task.CompletedTask;
        });
    }

    private sealed record CountedKey(string Text, ApiKey Key);
}
