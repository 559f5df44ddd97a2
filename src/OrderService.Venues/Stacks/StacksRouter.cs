using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Messages;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Node;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Venues.Stacks;

/// <summary>The Stacks venue: contract calls of one router on one network.</summary>
internal sealed class StacksRouter(
    StacksChain chain, StacksCalls calls, StacksNodes nodes, ChainWatch watch, StacksStatus statuses, StacksFees fees, UuidCheck uuids,
    IReadOnlyCalls readOnly, QuoteRoutes quotes,
    VaultRegistry vaults, NonceEvidence evidence, StacksOptions options) : ISwapRouter
{
    // A transfer to oneself is refused, so a filled nonce costs one millionth of an STX, paid to the address that nobody has a key of.
    private static readonly Hash160 Nobody = Hash160.FromBytes(new byte[Hash160.Size]);

    /// <inheritdoc/>
    public VenueTerms Terms { get; } = new("stacks", chain.Network, chain.Router) { HopsMax = quotes.HopsMax };

    /// <inheritdoc/>
    public IReadOnlyList<StacksAddress> Solvers => chain.Solvers;

    /// <inheritdoc/>
    public IReadOnlyList<Payer> Payers =>
        [.. chain.Solvers.Select(solver => watch.Accounts.TryGetValue(solver, out var seen)
            ? new Payer(solver, seen.Balance, seen.Nonce, fees.Brisk) : new Payer(solver))];

    /// <inheritdoc/>
    public int InFlightMax => options.InFlightMax;

    /// <inheritdoc/>
    public bool Protects(TokenId buyToken) => SwapGuards.CanWatch(vaults.Snapshot?.FindToken(buyToken));

    /// <inheritdoc/>
    public bool TakesCalls => chain.OrderRouter is not null;

    /// <inheritdoc/>
    public bool CanCall(TokenId token) => TakesCalls && SwapGuards.CanWatch(vaults.Snapshot?.FindToken(token));

    /// <inheritdoc/>
    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) =>
        vaults.Snapshot is { } known
            ? TokenReach.From(known.Canonical(sellToken), known.Vaults.Select(v => (v.TokenA, v.TokenB)), Terms.HopsMax) : [];

    /// <inheritdoc/>
    public bool IsPartOf(Principal principal) =>
        principal == Principal.From(chain.Router) || (chain.OrderRouter is { } called && principal == Principal.From(called))
            || (ContractId.TryParse(principal.ToString(), out var contract) && vaults.Snapshot?.FindVault(contract) is not null);

    /// <inheritdoc/>
    public VaultFacts? FindVault(ContractId id) => vaults.Snapshot?.FindVault(id)?.Facts;

    /// <inheritdoc/>
    public async Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        var quoted = await quotes.HandleAsync(sellToken, buyToken, amountIn, token);
        if (!quoted.IsRejected(out _, out var quote) && quote.AmountOut.Units > ulong.MaxValue && Protects(quote.BuyToken))
        {
            return new OrderError.NotExecutable("amount_too_large",
                "a post-condition holds no amount beyond 64 bits, so nothing could protect this swap");
        }
        return quoted;
    }

    /// <inheritdoc/>
    public Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token) =>
        quotes.RateAsync(sellToken, buyToken, token);

    /// <inheritdoc/>
    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token) => uuids.IsUsedAsync(intent.Uuid, token);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var distinct = tokens.Distinct().ToList();
        var amounts = await Task.WhenAll(distinct.Select(of => BalanceAsync(holder, of, token)));
        return distinct.Zip(amounts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token) =>
        nodes.HoldingsAsync(holder, token);

    /// <inheritdoc/>
    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token) =>
        fees.OfAsync(StacksCalls.FunctionOf(call), () => Sample(calls.Of(call, Vaults, 0, (ulong)options.FeeMin)), token);

    /// <inheritdoc/>
    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee) =>
        Prepared(call, calls.Of(call, Vaults, nonce, (ulong)fee.Units), solver) with { SeenHeight = watch.Last?.Tip.Height };

    /// <inheritdoc/>
    public PreparedTransaction? Raise(PreparedTransaction transaction)
    {
        if (fees.Above(transaction.Fee) is not { } fee || !SignedTransaction.TryRead(transaction.Raw, out var before)) return null;
        if (before.Content.Sponsor is not { } sponsor) return Prepared(before.Content with { Fee = (ulong)fee.Units }, transaction.Solver);
        // What the account signed covers neither who pays nor how much.
        return Prepared(before.SponsoredBy(chain.KeyOf(transaction.Solver), sponsor with { Fee = (ulong)fee.Units }),
            transaction.Solver) with { Origin = transaction.Origin };
    }

    /// <summary>A swap that pays the cap already is outbid by the least that a node takes for it, one micro-STX more.</summary>
    public PreparedTransaction Outbid(PreparedTransaction waiting, RouterCall call, TokenAmount fee) =>
        Prepare(call, waiting.Solver, waiting.Nonce,
            TokenAmount.Max(fee, fees.Above(waiting.Fee) ?? waiting.Fee + new TokenAmount(1))) with { SeenHeight = waiting.SeenHeight };

    /// <inheritdoc/>
    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null)
    {
        if (call is not null) return Prepare(new RouterCall.Noop { Origin = call }, solver, nonce, fees.Brisk);
        var nobody = Principal.From(new StacksAddress(chain.Network.SingleSigVersion, Nobody));
        return Prepared(new UnsignedTransaction(chain.Network, nonce, (ulong)fees.Brisk.Units,
            new TransactionPayload.TokenTransfer(nobody, 1), []), solver);
    }

    /// <inheritdoc/>
    public Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token) =>
        nodes.BroadcastAsync(transaction.Raw, token);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token) =>
            statuses.OfAsync(transactions, token);

    /// <inheritdoc/>
    public Task<bool> IsNonceShownAsync(StacksAddress solver, ulong nonce, CancellationToken token) =>
        evidence.IsShownAsync(solver, nonce, token);

    /// <summary>The accounts are asked about at a steady pace, so this keeps the age of the tip true where nothing is in flight.</summary>
    public async Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token)
    {
        if (solver == chain.Solvers[0] || watch.IsOld) await watch.TipAsync(token);
        return (await (chain.Solvers.Contains(solver) ? watch.AccountAsync(solver, token) : nodes.AccountAsync(solver, token))).Nonce;
    }

    private async Task<TokenAmount> BalanceAsync(StacksAddress holder, TokenId of, CancellationToken token)
    {
        if (!of.IsContract(out var contract)) return (await nodes.AccountAsync(holder, token)).Balance;
        return await readOnly.CallAsync(contract.Value, "get-balance", StacksCalls.BalanceOf(holder),
            token) is ClarityValue.Ok(ClarityValue.UInt(var units))
            ? new TokenAmount(units)
            : throw new HttpRequestException($"{contract} does not answer get-balance");
    }

    // A quote was made of a snapshot, so there is one.
    private VaultSnapshot Vaults => vaults.Snapshot ?? throw new HttpRequestException("the vaults are not known yet");

    private PreparedTransaction Prepared(RouterCall call, UnsignedTransaction content, StacksAddress solver)
    {
        if (call.Origin is not { } origin) return Prepared(content, solver);
        var account = origin.Signer.Account;
        var signed = content.Sign(account.Hash, hash => origin.Signer.Sign(call, hash), chain.KeyOf(solver));
        return Prepared(signed, solver) with { Origin = new TransactionOrigin(account, origin.Nonce) };
    }

    private PreparedTransaction Prepared(UnsignedTransaction content, StacksAddress solver) =>
        Prepared(content.Sign(chain.KeyOf(solver)), solver);

    private static PreparedTransaction Prepared(SignedTransaction signed, StacksAddress solver)
    {
        var (nonce, fee) = signed.Content.Sponsor is { } sponsor
            ? (sponsor.Nonce, sponsor.Fee) : (signed.Content.Nonce, signed.Content.Fee);
        return new PreparedTransaction(signed.TxId, signed.Raw.ToArray(), solver, nonce, new TokenAmount(fee));
    }

    // Of the size of what is sent; never sent itself.
    private SignedTransaction Sample(UnsignedTransaction content)
    {
        var key = chain.KeyOf(chain.Solvers[0]);
        return content.Sponsor is null ? content.Sign(key) : content.Sign(key, key);
    }
}
