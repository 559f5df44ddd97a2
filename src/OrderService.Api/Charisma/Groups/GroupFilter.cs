using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Groups;

/// <summary>Lets a new group through where its legs are of one owner.</summary>
internal sealed class GroupFilter : IEndpointFilter
{
    /// <summary>The group of a request that was let through.</summary>
    public static GroupBody GroupOf(HttpContext context) =>
        context.Features.Get<GroupBody>() ?? throw new InvalidOperationException("this route has no group in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var body = BodyFilter<NewGroupRecord>.BodyOf(http);
        if (http.RequestServices.GetRequiredService<AddressBudgets>().Take(http, AddressUse.Creates, body.Legs.Value!.Count) is { } spent)
            return CharismaErrors.From(spent);
        if (GroupBody.Of(body).IsRejected(out var why, out var group)) return CharismaErrors.From(why);
        http.Features.Set(group);
        return await next(context);
    }
}
