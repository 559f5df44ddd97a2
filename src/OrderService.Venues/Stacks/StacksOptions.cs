using System.ComponentModel.DataAnnotations;

namespace OrderService.Venues.Stacks;

/// <summary>Section <c>Stacks</c>: the chain, its router and the accounts that pay. Fees are micro-STX.</summary>
internal sealed class StacksOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Stacks";

    /// <summary><c>mainnet</c> or <c>testnet</c>. Decides the chain id of intents and the versions of addresses.</summary>
    [Required]
    public string Network { get; set; } = "testnet";

    /// <summary>A Stacks node with its API, such as <c>https://api.mainnet.hiro.so</c>; required.</summary>
    public string? NodeUrl { get; set; }

    /// <summary>
    /// More such nodes, of other operators at best: the more careful of what they say holds, and what is sent goes to all of them.
    /// </summary>
    public string[] OtherNodes { get; set; } = [];

    /// <summary>Sent as <c>x-api-key</c> to <see cref="NodeUrl"/>, for nodes that count requests; only from the environment.</summary>
    public string? NodeApiKey { get; set; }

    /// <summary>How long one request to the node may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests to the node at the same time.</summary>
    [Range(1, 256)]
    public int RequestsMax { get; set; } = 16;

    /// <summary>The router contract: it runs the routes, and intents name it as their target; required.</summary>
    public string? Router { get; set; }

    /// <summary>The verifier contract, which knows the used uuids; required.</summary>
    public string? Verifier { get; set; }

    /// <summary>
    /// The contract that managed accounts call to sell STX and tokens of no subnet (<c>contracts/order-router.clar</c>). Without it they
    /// sell subnet tokens only.
    /// </summary>
    public string? OrderRouter { get; set; }

    /// <summary>Private keys of the accounts that pay, 64 hex digits each; only from the environment.</summary>
    public string[] SolverKeys { get; set; } = [];

    /// <summary>A file with one such key a line, which nobody else may read (0600).</summary>
    public string? SolverKeysFile { get; set; }

    /// <summary>A published key that signs the examples of the documents; for a chain of play money, refused on mainnet.</summary>
    public string? DemoKey { get; set; }

    /// <summary>Transactions of one account that may wait to be mined. Nodes refuse the 26th.</summary>
    [Range(1, 25)]
    public int InFlightMax { get; set; } = 20;

    /// <summary>Blocks, its own included, after which a transaction is final; until then a reorg is followed.</summary>
    [Range(1, 1_000)]
    public int Confirmations { get; set; } = 6;

    /// <summary>The least that a transaction pays.</summary>
    [Range(1, 1_000_000_000)]
    public long FeeMin { get; set; } = 3_000;

    /// <summary>The most that a transaction pays, after raises too.</summary>
    [Range(1, 1_000_000_000)]
    public long FeeMax { get; set; } = 500_000;

    /// <summary>The share of the node's middle estimate that is paid, in per cent.</summary>
    [Range(1, 10_000)]
    public int FeePercent { get; set; } = 110;

    /// <summary>By how much a fee is raised at a time, in per cent.</summary>
    [Range(1, 1_000)]
    public int FeeRaisePercent { get; set; } = 25;

    /// <summary>How long an estimate holds for calls of the same shape.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FeeMaxAge { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How old what the node said of a transaction may be while its tip stays the same.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan StatusMaxAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The age of the chain's tip at which the service is no longer ready.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TipMaxAge { get; set; } = TimeSpan.FromHours(1);
}
