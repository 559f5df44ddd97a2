namespace OrderService.Api.Wire;

/// <summary>Who may call a route.</summary>
internal enum Asker
{
    /// <summary>Everyone.</summary>
    Anyone,

    /// <summary>The wallet that it is about: by a message that it signed, or by a key of it with the action's permission.</summary>
    Owner,

    /// <summary>The wallet itself, by what it signed; no key stands for it.</summary>
    Wallet,

    /// <summary>A program with a wallet's API key that has the action's permission.</summary>
    Key,

    /// <summary>A program with an API key, or the operator with an admin key.</summary>
    User,

    /// <summary>The operator, with an admin key.</summary>
    Operator,

    /// <summary>
    /// Whoever brings what the route itself looks for: a signed intent in the body, or a key that is told after the connection is made.
    /// </summary>
    Bearer,
}

/// <summary>What a route says about who may call it: metadata that every endpoint has once, or the service does not start.</summary>
/// <param name="Who">Who.</param>
/// <param name="Proof">How they prove it; null where nothing is asked for, or the route looks for itself.</param>
internal sealed record Access(Asker Who, CallerProof? Proof = null);

/// <summary>How routes say it.</summary>
internal static class AccessExtensions
{
    /// <summary>Everyone may call it.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Access(Asker.Anyone));

    /// <summary>Whoever brings what the route looks for itself may call it.</summary>
    public static TBuilder AsksItself<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Access(Asker.Bearer));

    /// <summary>Only who proves it may call it.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, CallerProof proof) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Access(proof.Who, proof)).AddEndpointFilter(proof);

    /// <summary>Stops the start where an endpoint does not say who may call it, or says two things.</summary>
    public static void CheckAccess(this IEndpointRouteBuilder routes)
    {
        var unsaid = routes.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.OfType<Access>().Count() != 1).Select(endpoint => endpoint.DisplayName);
        if (string.Join(", ", unsaid) is { Length: > 0 } names)
            throw new InvalidOperationException($"these endpoints must say once who may call them: {names}");
    }
}
