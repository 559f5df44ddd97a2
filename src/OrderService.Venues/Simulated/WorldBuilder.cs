using System.Collections.Frozen;
using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Venues.Simulated;

/// <summary>Turns the options into the world they describe, and refuses what does not fit together.</summary>
internal sealed class WorldBuilder(SimulatedOptions options)
{
    private readonly StacksNetwork network = StacksNetwork.TryParse(options.Network, out var parsed)
        ? parsed : throw Wrong("Network", "must be testnet or mainnet");

    /// <summary>The whole world.</summary>
    public SimulatedWorld Build()
    {
        CheckNumbers();
        var deployer = ReadDeployer();
        var described = options.Tokens.Count > 0 ? options.Tokens : [.. BuiltInTokens.Under(deployer)];
        var tokens = described.Select(ReadToken).ToList();
        if (tokens.DistinctBy(token => token.Id).Count() != tokens.Count) throw Wrong("Tokens", "must not name a token twice");
        var byId = tokens.ToFrozenDictionary(token => token.Id);
        var priced = described.Where(token => token.Base is null).Select(ReadPrice).ToFrozenDictionary(token => token.Id);
        foreach (var token in tokens) CheckBase(token, byId);
        var pools = options.Pools.Count > 0
            ? options.Pools.Select(pool => ReadPool(pool, byId)).ToList() : [.. PairAll(deployer, tokens, priced)];
        List<Vault> vaults = [.. pools.Select(pool => pool.Vault), .. tokens.Where(token => token.BaseToken is not null).Select(SublinkOf)];
        if (vaults.DistinctBy(vault => vault.Id).Count() != vaults.Count) throw Wrong("Pools", "must not name a vault twice");
        return new SimulatedWorld
        {
            Network = network,
            Router = options.Router is null ? new ContractId(deployer, "x-multihop-rc9")
                : ContractId.TryParse(options.Router, out var router) ? router : throw Wrong("Router", "must be a contract id"),
            Solvers = [.. Enumerable.Range(1, options.SolversCount)
                .Select(number => PlayKeys.AddressOf(PlayKeys.SolverText(number), network))],
            FeeCollector = PlayKeys.AddressOf("order service simulator fees", network),
            Arbitrageur = PlayKeys.AddressOf("order service simulator arbitrageur", network),
            Demo = ReadDemo(),
            Fee = TokenAmount.TryParse(options.Fee, out var fee) ? fee : throw Wrong("Fee", "must be a whole number of base units"),
            Tokens = byId,
            TokenList = tokens,
            Priced = priced,
            Vaults = vaults.ToFrozenDictionary(vault => vault.Id),
            FirstReserves = pools.ToDictionary(pool => pool.Vault.Id, pool => pool.Reserves),
        };
    }

    /// <summary>⌊usd·10^decimals / price⌋.</summary>
    public static TokenAmount UnitsOf(Token token, Price price, long usd)
    {
        var scale = UInt128.One;
        for (var i = 0; i < token.Decimals; i++) scale *= 10;
        return new TokenAmount(checked((UInt128)usd * Price.Scale)).MulDivFloor(scale, price.Count)
            ?? throw Wrong("Tokens", $"gives {token.Symbol} a price too low for its decimals");
    }

    private StacksAddress ReadDeployer()
    {
        if (options.Deployer is not { } text) return PlayKeys.AddressOf("order service simulator deployer", network);
        return StacksAddress.TryParse(text, out var address) && address.BelongsTo(network)
            ? address : throw Wrong("Deployer", $"must be an address of {network.Name}");
    }

    private void CheckNumbers()
    {
        Within("BlockInterval", options.BlockInterval, TimeSpan.Zero, TimeSpan.FromHours(1));
        Within("FasterTimeLasts", options.FasterTimeLasts, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Within("FasterTimeMax", options.FasterTimeMax, 1, 3_600);
        Within("SubmitLatency", options.SubmitLatency, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within("ReservesMaxAge", options.ReservesMaxAge, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within("BlockSizeMax", options.BlockSizeMax, 1, 10_000);
        Within("HopsMax", options.HopsMax, 1, 5);
        Within("SolversCount", options.SolversCount, 1, 64);
        Within("WalkBps", options.WalkBps, 0, 5_000);
        Within("PoolDepthUsd", options.PoolDepthUsd, 1, 1_000_000_000_000);
        Within("PoolFeePpm", options.PoolFeePpm, 0, VaultArithmetic.Million);
        Within("FaucetMax", options.FaucetMax, 1, 1_000_000_000_000);
        Within("DemoUsd", options.DemoUsd, 0, 1_000_000_000_000);
    }

    private StacksAddress? ReadDemo()
    {
        if (string.IsNullOrEmpty(options.DemoKey)) return null;
        return PrivateKey.TryParse(options.DemoKey, out var key)
            ? key.PublicKey().ToAddress(network) : throw Wrong("DemoKey", "must be 64 hex digits of a key");
    }

    private static Token ReadToken(SimulatedTokenOptions token)
    {
        var id = ReadId("Tokens:Id", token.Id);
        Within("Tokens:Decimals", token.Decimals, 0, 18);
        if (token.Symbol.Length == 0) throw Wrong("Tokens:Symbol", "must not be empty");
        var type = id == TokenId.Stx ? TokenType.Native : token.Base is null ? TokenType.Sip10 : TokenType.Subnet;
        return new Token(id, token.Symbol, token.Name, token.Decimals, type, token.Base is null ? null : ReadId("Tokens:Base", token.Base))
        {
            Identifier = id.IsContract(out var contract) ? contract.Value.Name : null,
        };
    }

    private PricedToken ReadPrice(SimulatedTokenOptions token)
    {
        if (!Price.TryParse(token.Usd, out var usd) || usd == Price.Zero)
            throw Wrong("Tokens:Usd", $"must be a price above 0 for {token.Symbol}");
        Within("Tokens:WalkBps", token.WalkBps ?? 0, 0, 5_000);
        return new PricedToken(ReadId("Tokens:Id", token.Id), usd, token.WalkBps ?? options.WalkBps);
    }

    // A deposit is one to one in base units, so both sides must count alike.
    private static void CheckBase(Token token, FrozenDictionary<TokenId, Token> byId)
    {
        if (token.BaseToken is not { } baseToken) return;
        if (!byId.TryGetValue(baseToken, out var wrapped) || wrapped.BaseToken is not null || wrapped.Decimals != token.Decimals
            || token.Type != TokenType.Subnet)
        {
            throw Wrong("Tokens:Base", $"of {token.Symbol} must be a plain token of the list with the same decimals");
        }
    }

    private static (Vault Vault, Reserves Reserves) ReadPool(SimulatedPoolOptions pool, FrozenDictionary<TokenId, Token> byId)
    {
        if (!ContractId.TryParse(pool.Id, out var id)) throw Wrong("Pools:Id", "must be a contract id");
        var (a, b) = (ReadId("Pools:TokenA", pool.TokenA), ReadId("Pools:TokenB", pool.TokenB));
        if (a == b || !byId.ContainsKey(a) || !byId.ContainsKey(b)) throw Wrong("Pools", $"of {pool.Id} must hold two tokens of the list");
        Within("Pools:FeePpm", pool.FeePpm, 0, VaultArithmetic.Million);
        return (new Vault(id, a, b, VaultKind.Pool, pool.FeePpm), new Reserves(ReadReserve(pool.ReserveA), ReadReserve(pool.ReserveB)));
    }

    private IEnumerable<(Vault Vault, Reserves Reserves)> PairAll(
        StacksAddress deployer, List<Token> tokens, FrozenDictionary<TokenId, PricedToken> priced)
    {
        var plain = tokens.Where(token => priced.ContainsKey(token.Id)).ToList();
        for (var i = 0; i < plain.Count; i++)
        {
            for (var j = i + 1; j < plain.Count; j++)
            {
                var (a, b) = (plain[i], plain[j]);
                var name = string.Create(CultureInfo.InvariantCulture, $"pool-{a.Symbol}-{b.Symbol}").ToLowerInvariant();
                if (!ContractId.IsName(name)) throw Wrong("Tokens:Symbol", $"{a.Symbol} and {b.Symbol} give no name for a pool");
                yield return (
                    new Vault(new ContractId(deployer, name), a.Id, b.Id, VaultKind.Pool, options.PoolFeePpm),
                    new Reserves(Depth(a, priced), Depth(b, priced)));
            }
        }
    }

    private UInt128 Depth(Token token, FrozenDictionary<TokenId, PricedToken> priced)
    {
        var units = UnitsOf(token, priced[token.Id].Usd, options.PoolDepthUsd).Units;
        return units > 0 ? units : throw Wrong("PoolDepthUsd", $"buys not one base unit of {token.Symbol}");
    }

    private static Vault SublinkOf(Token token)
    {
        if (!token.Id.IsContract(out var contract)) throw Wrong("Tokens:Base", "must not be given to STX itself");
        var name = $"sublink-{contract.Value.Name}";
        var id = new ContractId(contract.Value.Issuer, name.Length <= ContractId.NameMax ? name : name[..ContractId.NameMax]);
        return new Vault(id, token.BaseToken!.Value, token.Id, VaultKind.Sublink, 0);
    }

    private static UInt128 ReadReserve(string text) =>
        TokenAmount.TryParse(text, out var amount) && amount > TokenAmount.Zero
            ? amount.Units : throw Wrong("Pools:Reserve", "must be a whole number of base units above 0");

    private static TokenId ReadId(string key, string text) =>
        TokenId.TryParse(text, out var id) && id != TokenId.Usd ? id : throw Wrong(key, $"must be a contract id or .stx, not \"{text}\"");

    private static void Within<T>(string key, T value, T min, T max) where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0) throw Wrong(key, $"must be {min} to {max}");
    }

    private static FormatException Wrong(string key, string problem) => new($"{SimulatedOptions.Section}:{key} {problem}");
}
