namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// Section <c>Stacks</c>: the vaults and tokens that routes may lead through. Amounts are decimal text. What is configured here stands
/// before what the list says.
/// </summary>
internal sealed class VaultListOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Stacks";

    /// <summary>The contract that stands for native STX where a call wants a contract; what it transfers is STX.</summary>
    public string WrappedStx { get; set; } = "SP1Y5YSTAHZ88XYK1VPDH24GY0HPX5J4JECTMY4A1.wstx";

    /// <summary>A vault list over HTTP, the address in full; null for none.</summary>
    public string? VaultsUrl { get; set; }

    /// <summary>Tokens that no list tells of.</summary>
    public IList<StacksTokenOptions> Tokens { get; } = [];

    /// <summary>Vaults that no list tells of, or tells of wrongly.</summary>
    public IList<StacksVaultOptions> Vaults { get; } = [];
}

/// <summary>One token: a subnet token names its base, every other contract its asset.</summary>
internal sealed class StacksTokenOptions
{
    /// <summary>A contract id or <c>.stx</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The short name.</summary>
    public string Symbol { get; set; } = "";

    /// <summary>The long name.</summary>
    public string Name { get; set; } = "";

    /// <summary>0 to 38.</summary>
    public int Decimals { get; set; } = 6;

    /// <summary>What a subnet token wraps; null for every other.</summary>
    public string? Base { get; set; }

    /// <summary>
    /// The name of the fungible asset inside the contract, which post-conditions need; null for a subnet token and for STX.
    /// </summary>
    public string? Identifier { get; set; }
}

/// <summary>One vault.</summary>
internal sealed class StacksVaultOptions
{
    /// <summary>The contract id.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>POOL</c> or <c>SUBLINK</c>.</summary>
    public string Type { get; set; } = "POOL";

    /// <summary>Opcode 0 of a pool sells this one.</summary>
    public string TokenA { get; set; } = "";

    /// <summary>Opcode 1 of a pool sells this one.</summary>
    public string TokenB { get; set; } = "";

    /// <summary>Millionths of the amount in that do not count for the price.</summary>
    public int FeePpm { get; set; }

    /// <summary>
    /// Base units of token a, about; null for what the list says. Only ranks routes: the vault itself is asked before a swap.
    /// </summary>
    public string? ReserveA { get; set; }

    /// <summary>Base units of token b, about; null for what the list says.</summary>
    public string? ReserveB { get; set; }

    /// <summary>Who sends the output where it is not the vault; null for the rule of its type.</summary>
    public string? ExternalPool { get; set; }

    /// <summary>False for a contract without the read-only function <c>quote</c>: its reserves are believed then.</summary>
    public bool HasQuote { get; set; } = true;
}
