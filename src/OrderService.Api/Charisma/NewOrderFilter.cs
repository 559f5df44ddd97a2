namespace OrderService.Api.Charisma;

/// <summary>Lets only bodies through that <see cref="NewOrderRules"/> accept; the first refusal is the answer.</summary>
internal sealed class NewOrderFilter(NewOrderRules rules) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        rules.FirstRefusal(context.GetArgument<NewOrderBody>(0)) is { } why ? ValueTask.FromResult<object?>(CharismaErrors.From(why)) : next(context);
}
