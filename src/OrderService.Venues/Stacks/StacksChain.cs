using System.Collections.Frozen;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Venues.Stacks;

/// <summary>What the options say, read and checked once: the chain, its contracts and the keys of the accounts that pay.</summary>
internal sealed class StacksChain
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly FrozenDictionary<StacksAddress, PrivateKey> _keys;

    private StacksChain(
        StacksNetwork network, IReadOnlyList<Uri> nodes, ContractId router, ContractId verifier, ContractId? orderRouter,
        IReadOnlyList<PrivateKey> keys)
    {
        (Network, Nodes, Router, Verifier, OrderRouter) = (network, nodes, router, verifier, orderRouter);
        Solvers = [.. keys.Select(key => key.PublicKey().ToAddress(network))];
        _keys = keys.ToFrozenDictionary(key => key.PublicKey().ToAddress(network));
    }

    /// <summary>The network.</summary>
    public StacksNetwork Network { get; }

    /// <summary>Where the nodes answer, the preferred one first; each ends with a slash.</summary>
    public IReadOnlyList<Uri> Nodes { get; }

    /// <summary>The router contract.</summary>
    public ContractId Router { get; }

    /// <summary>The verifier contract.</summary>
    public ContractId Verifier { get; }

    /// <summary>The contract that managed accounts call; null where they sell by intents only.</summary>
    public ContractId? OrderRouter { get; }

    /// <summary>The accounts that pay, in the order in which their keys were given.</summary>
    public IReadOnlyList<StacksAddress> Solvers { get; }

    /// <summary>The key of an account that pays.</summary>
    public PrivateKey KeyOf(StacksAddress solver) => _keys[solver];

    /// <summary>Reads the options; throws FormatException with a sentence for what does not fit.</summary>
    public static StacksChain Of(StacksOptions options)
    {
        if (!StacksNetwork.TryParse(options.Network, out var network)) throw Wrong("Network", "must be mainnet or testnet");
        Uri[] nodes =
            [NodeAt("NodeUrl", options.NodeUrl), .. options.OtherNodes.Select((address, i) => NodeAt($"OtherNodes:{i}", address))];
        if (nodes.Distinct().Count() != nodes.Length) throw Wrong("OtherNodes", "names a node twice, whose word would count twice");
        if (options.FeeMin > options.FeeMax) throw Wrong("FeeMin", "must not be above Stacks:FeeMax");
        if (options.DemoKey is { Length: > 0 } && network == StacksNetwork.Mainnet)
            throw Wrong("DemoKey", "is for play money: on mainnet whoever reads the documents could move what it holds");
        var keys = ReadKeys(options);
        if (keys.Count == 0)
            throw Wrong("SolverKeys", "must hold the key of at least one account that pays (or name a file in Stacks:SolverKeysFile)");
        if (keys.DistinctBy(key => key.PublicKey().ToHash160()).Count() != keys.Count) throw Wrong("SolverKeys", "holds a key twice");
        var orderRouter = string.IsNullOrEmpty(options.OrderRouter)
            ? (ContractId?)null : Contract("OrderRouter", options.OrderRouter, network);
        return new StacksChain(network, nodes, Contract("Router", options.Router, network), Contract("Verifier", options.Verifier, network),
            orderRouter, keys);
    }

    private static Uri NodeAt(string name, string? address) =>
        Uri.TryCreate(address?.TrimEnd('/') + "/", UriKind.Absolute, out var node) && node.Scheme is "http" or "https"
            ? node : throw Wrong(name, "must be the http(s) address of a Stacks node");

    private static ContractId Contract(string name, string? text, StacksNetwork network)
    {
        if (!ContractId.TryParse(text, out var contract)) throw Wrong(name, "must be a contract id");
        return contract.Issuer.BelongsTo(network) ? contract : throw Wrong(name, $"is not a contract of {network}");
    }

    private static List<PrivateKey> ReadKeys(StacksOptions options)
    {
        var texts = options.SolverKeys.Where(text => text.Length > 0).ToList();
        if (options.SolverKeysFile is { Length: > 0 } path)
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw Wrong("SolverKeysFile", $"names a file that is not there: {path}");
            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != 0)
                throw Wrong("SolverKeysFile", $"names a file that others can read: run chmod 600 on {path}");
            texts.AddRange(LinesOf(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'));
        }
        return texts.ConvertAll(text => PrivateKey.TryParse(text, out var key)
            ? key : throw Wrong("SolverKeys", "holds text that is no private key (64 hex digits, or 66 ending in 01)"));
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw Wrong("SolverKeysFile", $"names a file that this account cannot read: {path}");
        }
    }

    private static FormatException Wrong(string name, string problem) => new($"Stacks:{name} {problem}");
}
