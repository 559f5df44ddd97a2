namespace OrderService.CommandLine;

/// <summary>
/// The published key of the demo account. Anyone has it: it is funded on the simulated venue only and must never hold anything of worth.
/// </summary>
internal static class DemoKey
{
    /// <summary>SHA-256 of "order service demo" as a private key.</summary>
    public const string Hex = "5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5";
}
