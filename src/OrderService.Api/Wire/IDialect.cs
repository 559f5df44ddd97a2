namespace OrderService.Api.Wire;

/// <summary>
/// A public API in its own words over the one engine, whole: where it is, how it refuses, what its document says, what the engine's fields
/// are called, what it needs and its routes. It is registered once, in the host's list, and nothing else names it.
/// </summary>
internal interface IDialect
{
    /// <summary>The word for it in the store, in logs and metrics.</summary>
    string Name { get; }

    /// <summary>Where its paths begin. What two of them share is the longer one's.</summary>
    IReadOnlyList<PathString> BasePaths { get; }

    /// <summary>Its OpenAPI document. Two dialects may have one together.</summary>
    DialectDocument Document { get; }

    /// <summary>What the engine's fields are called in its bodies.</summary>
    FieldNames FieldNames { get; }

    /// <summary>How what no route of its answered is told to this request.</summary>
    ErrorShape ShapeOf(HttpContext context);

    /// <summary>The sections of settings that only it reads, and what they are read into.</summary>
    IReadOnlyList<(string Section, Type Options)> Settings => [];

    /// <summary>Registers what its routes and its document need beside the engine.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps its routes.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>What a person who has just started the service may try, where the dialect has something that works as it is.</summary>
    FirstSteps? FirstStepsAt(string url, IServiceProvider services) => null;
}

/// <summary>A first order: where to look before, a command that places it, and one that watches it.</summary>
internal sealed record FirstSteps(string Look, string Order, string Watch);
