namespace OrderService.Tests.Simulation;

/// <summary>What most of a simulation's orders are.</summary>
internal enum PlayMix
{
    /// <summary>Some of each kind.</summary>
    All,

    /// <summary>Legs of groups.</summary>
    Groups,

    /// <summary>Legs of groups, most of them paid by an account, by intents or by calls.</summary>
    AccountGroups,

    /// <summary>Sold by calls of an account's own, several of them at once.</summary>
    Calls,
}
