using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>Who holds what.</summary>
internal readonly record struct Holding(string Account, TokenId Token);

/// <summary>A transaction and the bytes that were read of it; neither kind of call where they could not be.</summary>
internal sealed record MinedTransaction(string TxId, string Solver, long Nonce, TokenAmount Fee, SimulatedCall? Call)
{
    /// <summary>What an account calls itself, where that is what the bytes are.</summary>
    public SimulatedOwnCall? Own { get; init; }

    /// <summary>What it moves, if anything, and whose that is.</summary>
    public (Holding From, UInt128 Amount, CalledSwap? Swap, Principal? To)? Funds => (Call, Own) switch
    {
        ({ } call, _) when call.Swap is not null || call.IsTransfer =>
            (new Holding(call.Owner.ToString(), TokenId.Of(call.Intent.Token)), call.Intent.Amount, call.Swap,
                call.IsTransfer ? call.Intent.Target : null),
        (_, { Funds: { } funds } own) =>
            (new Holding(own.Account.ToString(), funds.Token), funds.Amount.Units, funds.Swap,
                funds.To is { } to ? Principal.From(to) : null),
        _ => null,
    };
}

/// <summary>What a transaction did: paid an amount out, or aborted with a reason and moved nothing but its fee.</summary>
internal sealed record Outcome(MinedTransaction Transaction, TokenAmount? AmountOut, string? Reason, bool IsUuidUsed);

/// <summary>
/// Runs transactions one after the other over balances, reserves and used uuids in memory. It has no clock and no store; what changed is
/// read from it afterwards.
/// </summary>
internal sealed class BlockExecution(
    SimulatedWorld world, Dictionary<Holding, UInt128> balances, Dictionary<ContractId, Reserves> reserves, HashSet<string> usedUuids)
{
    private readonly HashSet<Holding> changedBalances = [];
    private readonly HashSet<ContractId> changedReserves = [];
    private readonly List<Outcome> outcomes = [];
    private readonly List<(string Uuid, string TxId)> spentUuids = [];

    /// <summary>What each transaction did, in order.</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>The balances that are not what they were.</summary>
    public IEnumerable<KeyValuePair<Holding, UInt128>> Balances => changedBalances.Select(key => KeyValuePair.Create(key, balances[key]));

    /// <summary>The pools that are not what they were.</summary>
    public IEnumerable<KeyValuePair<ContractId, Reserves>> Pools => changedReserves.Select(key => KeyValuePair.Create(key, reserves[key]));

    /// <summary>The uuids used here.</summary>
    public IReadOnlyList<(string Uuid, string TxId)> SpentUuids => spentUuids;

    /// <summary>Runs one; false where its payer cannot pay the fee, so that it cannot be in a block.</summary>
    public bool TryRun(MinedTransaction transaction)
    {
        var payer = new Holding(transaction.Solver, TokenId.Stx);
        var collector = new Holding(world.FeeCollector.ToString(), TokenId.Stx);
        if (balances.GetValueOrDefault(payer) < transaction.Fee.Units || !HasRoom(collector, transaction.Fee.Units)) return false;
        Move(payer, collector, transaction.Fee.Units);
        var (amountOut, reason) = Run(transaction);
        outcomes.Add(new Outcome(transaction, amountOut, reason, reason == AbortReasons.UuidUsed));
        return true;
    }

    private (TokenAmount? AmountOut, string? Reason) Run(MinedTransaction transaction)
    {
        if (transaction.Own is { } own) return RunOwn(transaction, own);
        if (transaction.Call is not { } call || call.Intent.ChainId != world.Network.ChainId) return (null, AbortReasons.BadCall);
        if (!call.IsSigned()) return (null, AbortReasons.BadSignature);
        if (usedUuids.Contains(call.Intent.Uuid)) return (null, AbortReasons.UuidUsed);
        var amountOut = TokenAmount.Zero;
        if (call.Swap is not null && call.IsTransfer) return (null, AbortReasons.BadCall);
        if (call.Swap is not null && call.Intent.Target != Principal.From(world.Router)) return (null, AbortReasons.BadCall);
        if (transaction.Funds is not null && Move(transaction, isSubnet: true, out amountOut) is { } reason) return (null, reason);
        usedUuids.Add(call.Intent.Uuid);
        spentUuids.Add((call.Intent.Uuid, transaction.TxId));
        return (amountOut, null);
    }

    // Its nonce is used up whatever it does: nothing else that was signed on it can be mined.
    private (TokenAmount? AmountOut, string? Reason) RunOwn(MinedTransaction transaction, SimulatedOwnCall own)
    {
        if (own.ChainId != world.Network.ChainId) return (null, AbortReasons.BadCall);
        if (!own.IsSigned()) return (null, AbortReasons.BadSignature);
        var amountOut = TokenAmount.Zero;
        return own.Funds is not null && Move(transaction, isSubnet: false, out amountOut) is { } reason
            ? (null, reason) : (amountOut, null);
    }

    // Subnet tokens are moved by intents and by nothing else; all others by their holder alone. The reason why it aborts, or null.
    private string? Move(MinedTransaction transaction, bool isSubnet, out TokenAmount amountOut)
    {
        amountOut = TokenAmount.Zero;
        var (from, amount, swap, target) = transaction.Funds!.Value;
        if (world.Tokens.GetValueOrDefault(from.Token) is not { Type: var type } || (type == TokenType.Subnet) != isSubnet
            || (swap is null) == (target is null))
        {
            return AbortReasons.BadCall;
        }
        if (amount == 0 || balances.GetValueOrDefault(from) < amount) return AbortReasons.InsufficientBalance;
        return target is { } recipient
            ? Transfer(from, new Holding(recipient.ToString(), from.Token), amount) : Swap(from, amount, swap!, out amountOut);
    }

    // What the token contract does: it pays the target that was signed, whoever sends the call.
    private string? Transfer(Holding from, Holding to, UInt128 amount)
    {
        if (from != to && !HasRoom(to, amount)) return AbortReasons.Overflow;
        Move(from, to, amount);
        return null;
    }

    // Nothing is written before every check has passed.
    private string? Swap(Holding from, UInt128 sold, CalledSwap swap, out TokenAmount amountOut)
    {
        amountOut = TokenAmount.Zero;
        var sellToken = from.Token;
        var after = new Dictionary<ContractId, Reserves>();
        var (token, amount) = (sellToken, sold);
        foreach (var (vaultId, opcode) in swap.Hops)
        {
            if (!world.Vaults.TryGetValue(vaultId, out var vault) || vault.TokensOf(opcode) is not { } tokens || tokens.In != token)
                return AbortReasons.BadRoute;
            var held = after.TryGetValue(vaultId, out var moved) ? moved : reserves.GetValueOrDefault(vaultId);
            if (vault.Run(opcode, held, amount) is not { } ran) return AbortReasons.BadRoute;
            (token, amount) = (tokens.Out, ran.AmountOut);
            if (vault.Kind == VaultKind.Pool) after[vaultId] = ran.After;
        }
        if (token != swap.BuyToken || token == sellToken) return AbortReasons.BadRoute;
        if (amount < swap.MinAmountOut.Units) return AbortReasons.MinAmountOut;
        var to = new Holding(swap.Recipient.ToString(), token);
        if (!HasRoom(to, amount)) return AbortReasons.Overflow;

        Set(from, balances[from] - sold);
        Set(to, balances.GetValueOrDefault(to) + amount);
        foreach (var (vaultId, held) in after) Set(vaultId, held);
        amountOut = new TokenAmount(amount);
        return null;
    }

    private bool HasRoom(Holding holding, UInt128 amount) => amount <= UInt128.MaxValue - balances.GetValueOrDefault(holding);

    private void Move(Holding from, Holding to, UInt128 amount)
    {
        Set(from, balances.GetValueOrDefault(from) - amount);
        Set(to, balances.GetValueOrDefault(to) + amount);
    }

    private void Set(Holding holding, UInt128 balance)
    {
        balances[holding] = balance;
        changedBalances.Add(holding);
    }

    private void Set(ContractId vault, Reserves held)
    {
        reserves[vault] = held;
        changedReserves.Add(vault);
    }
}
