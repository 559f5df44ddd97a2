using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>What the engine's fields are called in a dialect's bodies; one that is not in the list is called the same.</summary>
internal sealed class FieldNames(IReadOnlyDictionary<string, string> names)
{
    /// <summary>Those of a dialect whose bodies have the engine's names.</summary>
    public static FieldNames Same { get; } = new(new Dictionary<string, string>());

    /// <summary>The name of a field.</summary>
    public string this[string field] => names.TryGetValue(field, out var name) ? name : field;

    /// <summary>The refusal with the dialect's name of the field that it is about.</summary>
    public OrderError In(OrderError why) => why switch
    {
        OrderError.Field field => new OrderError.Field(this[field.Name], field.Problem, field.Code),
        OrderError.UnknownToken unknown => new OrderError.UnknownToken(this[unknown.Name], unknown.Token),
        _ => why,
    };
}
