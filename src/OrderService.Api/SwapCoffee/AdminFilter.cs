using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>Lets only requests with an admin key through.</summary>
internal sealed class AdminFilter(AdminKeys keys) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        keys.Check(context.HttpContext).IsRejected(out var why) ? ValueTask.FromResult<object?>(SwapCoffeeErrors.From(why)) : next(context);
}
