using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>Who holds what.</summary>
internal readonly record struct Holding(string Account, TokenId Token);

/// <summary>A transaction and the bytes that were read of it; no call where they could not be.</summary>
internal sealed record MinedTransaction(string TxId, string Solver, long Nonce, TokenAmount Fee, SimulatedCall? Call);

/// <summary>What a transaction did: paid an amount out, or aborted with a reason and moved nothing but its fee.</summary>
internal sealed record Outcome(MinedTransaction Transaction, TokenAmount? AmountOut, string? Reason, bool IsUuidUsed);

/// <summary>Runs transactions one after the other over balances, reserves and used uuids in memory. It has no clock and no store; what changed is read from it afterwards.</summary>
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
        if (transaction.Call is not { } call || call.Intent.ChainId != world.Network.ChainId) return (null, AbortReasons.BadCall);
        if (!call.IsSigned()) return (null, AbortReasons.BadSignature);
        if (usedUuids.Contains(call.Intent.Uuid)) return (null, AbortReasons.UuidUsed);
        var amountOut = TokenAmount.Zero;
        if (call.Swap is not null && Swap(call, call.Swap, out amountOut) is { } reason) return (null, reason);
        if (call.IsTransfer && Transfer(call) is { } refused) return (null, refused);
        usedUuids.Add(call.Intent.Uuid);
        spentUuids.Add((call.Intent.Uuid, transaction.TxId));
        return (amountOut, null);
    }

    // What the token contract does: it pays the target that was signed, whoever sends the call.
    private string? Transfer(SimulatedCall call)
    {
        var token = TokenId.Of(call.Intent.Token);
        if (call.Swap is not null || world.Tokens.GetValueOrDefault(token)?.Type != TokenType.Subnet) return AbortReasons.BadCall;
        var (from, to) = (new Holding(call.Owner.ToString(), token), new Holding(call.Intent.Target.ToString(), token));
        if (call.Intent.Amount == 0 || balances.GetValueOrDefault(from) < call.Intent.Amount) return AbortReasons.InsufficientBalance;
        if (from != to && !HasRoom(to, call.Intent.Amount)) return AbortReasons.Overflow;
        Move(from, to, call.Intent.Amount);
        return null;
    }

    // The reason why it aborts, or null. Nothing is written before every check has passed.
    private string? Swap(SimulatedCall call, CalledSwap swap, out TokenAmount amountOut)
    {
        amountOut = TokenAmount.Zero;
        var sellToken = TokenId.Of(call.Intent.Token);
        if (call.Intent.Target != Principal.From(world.Router) || world.Tokens.GetValueOrDefault(sellToken)?.Type != TokenType.Subnet) return AbortReasons.BadCall;
        var from = new Holding(call.Owner.ToString(), sellToken);
        if (call.Intent.Amount == 0 || balances.GetValueOrDefault(from) < call.Intent.Amount) return AbortReasons.InsufficientBalance;

        var after = new Dictionary<ContractId, Reserves>();
        var (token, amount) = (sellToken, call.Intent.Amount);
        foreach (var (vaultId, opcode) in swap.Hops)
        {
            if (!world.Vaults.TryGetValue(vaultId, out var vault) || vault.TokensOf(opcode) is not { } tokens || tokens.In != token) return AbortReasons.BadRoute;
            var held = after.TryGetValue(vaultId, out var moved) ? moved : reserves.GetValueOrDefault(vaultId);
            if (vault.Run(opcode, held, amount) is not { } ran) return AbortReasons.BadRoute;
            (token, amount) = (tokens.Out, ran.AmountOut);
            if (vault.Kind == VaultKind.Pool) after[vaultId] = ran.After;
        }
        if (token != swap.BuyToken || token == sellToken) return AbortReasons.BadRoute;
        if (amount < swap.MinAmountOut.Units) return AbortReasons.MinAmountOut;
        var to = new Holding(swap.Recipient.ToString(), token);
        if (!HasRoom(to, amount)) return AbortReasons.Overflow;

        Set(from, balances[from] - call.Intent.Amount);
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
