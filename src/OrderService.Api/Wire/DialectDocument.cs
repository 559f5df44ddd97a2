namespace OrderService.Api.Wire;

/// <summary>
/// The OpenAPI document of a dialect: its name in the path, what it says of itself, and the filter that says what the routes cannot say
/// themselves.
/// </summary>
internal sealed record DialectDocument(string Name, string Title, string Description, Type Filter);
