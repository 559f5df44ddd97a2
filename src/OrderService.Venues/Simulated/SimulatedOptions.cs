namespace OrderService.Venues.Simulated;

/// <summary>
/// The simulated venue, section <c>Simulator</c>. Amounts and prices are decimal text. Without tokens or pools it has a small world of its
/// own.
/// </summary>
internal sealed class SimulatedOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Simulator";

    /// <summary><c>testnet</c> or <c>mainnet</c>: the chain id and the address versions that it plays.</summary>
    public string Network { get; set; } = "testnet";

    /// <summary>
    /// Whose contracts the built-in tokens, pools and router are: an address of the network; null for one of the simulator's own. So a
    /// program that names the contracts of a real deployer finds them.
    /// </summary>
    public string? Deployer { get; set; }

    /// <summary>The time between blocks, 0 to 1 hour; at zero each submit asks for a block at once.</summary>
    public TimeSpan BlockInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a submit takes before the ledger sees it, 0 to 1 minute.</summary>
    public TimeSpan SubmitLatency { get; set; }

    /// <summary>How old the reserves behind a quote may be, 0 to 1 minute; a block mined here ends them at once.</summary>
    public TimeSpan ReservesMaxAge { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The most transactions of one block, 1 to 10,000.</summary>
    public int BlockSizeMax { get; set; } = 2_000;

    /// <summary>The longest route, 1 to 5 hops.</summary>
    public int HopsMax { get; set; } = 3;

    /// <summary>The router contract; null for <c>x-multihop-rc9</c> under the deployer.</summary>
    public string? Router { get; set; }

    /// <summary>
    /// How many accounts pay for transactions, 1 to 64. Their keys are made from published texts: play keys, worth nothing.
    /// </summary>
    public int SolversCount { get; set; } = 1;

    /// <summary>What a transaction costs in base units of STX.</summary>
    public string Fee { get; set; } = "3000";

    /// <summary>Chooses the price walk: equal seeds give equal prices at equal times.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>How far the walk leaves the base prices at most, 0 to 5,000 basis points; a token may say another.</summary>
    public int WalkBps { get; set; } = 500;

    /// <summary>USD in each side of a pool where no pools are given.</summary>
    public long PoolDepthUsd { get; set; } = 2_000_000;

    /// <summary>The fee of a pool where no pools are given, in millionths.</summary>
    public int PoolFeePpm { get; set; } = 100;

    /// <summary>Whether the pools are pulled to the believed prices whenever these change; without it they move by swaps only.</summary>
    public bool Arbitrage { get; set; } = true;

    /// <summary>Whole tokens that one faucet call gives at most.</summary>
    public long FaucetMax { get; set; } = 1_000_000;

    /// <summary>How many times as fast as real time the engine's may be made to run, 1 to 3,600; at 1 it is never faster.</summary>
    public int FasterTimeMax { get; set; } = 600;

    /// <summary>How long faster time lasts until it ends by itself, 1 second to 1 day of real time.</summary>
    public TimeSpan FasterTimeLasts { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The published key of the demo account: SHA-256 of "order service demo". Anyone has it; empty for no demo account.</summary>
    public string DemoKey { get; set; } = "5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5";

    /// <summary>USD of each subnet token that the demo account has at the first start.</summary>
    public long DemoUsd { get; set; } = 1_000_000;

    /// <summary>The tokens; none for the built-in set.</summary>
    public IList<SimulatedTokenOptions> Tokens { get; } = [];

    /// <summary>The pools; none for one pool per pair of the tokens that have a price.</summary>
    public IList<SimulatedPoolOptions> Pools { get; } = [];
}

/// <summary>One token: a subnet token names its base and has no price of its own, every other has a price.</summary>
internal sealed class SimulatedTokenOptions
{
    /// <summary>A contract id or <c>.stx</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The short name.</summary>
    public string Symbol { get; set; } = "";

    /// <summary>The long name.</summary>
    public string Name { get; set; } = "";

    /// <summary>0 to 18.</summary>
    public int Decimals { get; set; } = 6;

    /// <summary>What a subnet token wraps; null for every other.</summary>
    public string? Base { get; set; }

    /// <summary>USD per whole token around which the walk moves.</summary>
    public string? Usd { get; set; }

    /// <summary>How far this token's walk goes, in basis points; null for the common figure.</summary>
    public int? WalkBps { get; set; }
}

/// <summary>One constant-product pool and the reserves it starts with, in base units.</summary>
internal sealed class SimulatedPoolOptions
{
    /// <summary>The contract id of the vault.</summary>
    public string Id { get; set; } = "";

    /// <summary>Opcode 0 sells this one.</summary>
    public string TokenA { get; set; } = "";

    /// <summary>Opcode 1 sells this one.</summary>
    public string TokenB { get; set; } = "";

    /// <summary>Millionths of the amount in that do not count for the price.</summary>
    public int FeePpm { get; set; } = 100;

    /// <summary>Base units of token a.</summary>
    public string ReserveA { get; set; } = "";

    /// <summary>Base units of token b.</summary>
    public string ReserveB { get; set; } = "";
}
