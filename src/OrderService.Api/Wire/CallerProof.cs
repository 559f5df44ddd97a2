using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>
/// Stands in front of a route and lets only proven callers through. Each dialect looks for the proof where its clients send it; whether it
/// holds is judged in one place.
/// </summary>
internal abstract class CallerProof(Asker who, string? action = null, params ApiKeyPermission[] permissions) : IEndpointFilter
{
    /// <summary>Whom it lets through.</summary>
    public Asker Who => who;

    /// <summary>The action that is asked about, one of <see cref="WalletActions"/>, where the proof is of one.</summary>
    public string? Action => action;

    /// <summary>What a key must have, all of it.</summary>
    public IReadOnlyList<ApiKeyPermission> Permissions { get; } = action is not null && WalletActions.PermissionFor(action) is { } needed
        ? [needed, .. permissions] : permissions;

    /// <summary>The caller of a request that was let through.</summary>
    public static Caller CallerOf(HttpContext context) => Proven<Caller>(context);

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await RefusalAsync(context.HttpContext) is { } refused ? refused : await next(context);

    /// <summary>What the proof left for the route.</summary>
    protected static T Proven<T>(HttpContext context) =>
        context.Features.Get<T>() ?? throw new InvalidOperationException("this route has no proof in front of it");

    /// <summary>
    /// The answer in the dialect's words where the proof does not hold; else null, and what was proven is a feature of the request.
    /// </summary>
    protected abstract ValueTask<IResult?> RefusalAsync(HttpContext http);
}
