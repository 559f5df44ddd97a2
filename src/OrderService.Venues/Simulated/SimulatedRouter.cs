using System.Diagnostics;
using System.Globalization;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Venues.Simulated;

/// <summary>The simulated venue. It refuses what a node would refuse, and its ledger enforces what the chain enforces.</summary>
internal sealed class SimulatedRouter(
    SimulatedWorld world, RouteSearch routes, SimulatedReserves reserves, SimulatedLedger ledger, SimulatedMempool mempool,
    MiningSignal signal, SimulatedOptions options, TimeProvider time)
    : ISwapRouter
{
    /// <inheritdoc/>
    public VenueTerms Terms { get; } = new("simulated", world.Network, world.Router) { HopsMax = options.HopsMax };

    /// <inheritdoc/>
    public IReadOnlyList<StacksAddress> Solvers => world.Solvers;

    /// <inheritdoc/>
    public int InFlightMax => int.MaxValue;

    /// <inheritdoc/>
    public bool Protects(TokenId buyToken) => true;

    /// <inheritdoc/>
    public bool TakesCalls => true;

    /// <inheritdoc/>
    public bool CanCall(TokenId token) => world.Tokens.GetValueOrDefault(token) is { Type: not TokenType.Subnet };

    /// <inheritdoc/>
    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) =>
        TokenReach.From(sellToken, world.Vaults.Values.Select(v => (v.TokenA, v.TokenB)), Terms.HopsMax);

    /// <inheritdoc/>
    public bool IsPartOf(Principal principal) =>
        principal == Principal.From(world.Router) || world.Vaults.Keys.Any(vault => principal == Principal.From(vault));

    /// <inheritdoc/>
    public VaultFacts? FindVault(ContractId id) =>
        world.Vaults.TryGetValue(id, out var vault)
            ? new VaultFacts(id, vault.Kind.Word(), id.Name, vault.FeePpm, vault.TokenA, vault.TokenB) { Identifier = id.Name } : null;

    /// <inheritdoc/>
    public async Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        var held = await reserves.ReadAsync(token);
        if (routes.Best(sellToken, buyToken, amountIn, held) is not { } hops)
            return new OrderError.NotExecutable("no_route", $"no route from {sellToken} to {buyToken} for {amountIn}");
        return new Quote(sellToken, buyToken, amountIn, hops[^1].AmountOut, hops, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token)
    {
        var held = await reserves.ReadAsync(token);
        return world.Tokens.TryGetValue(sellToken, out var sell) && world.Tokens.TryGetValue(buyToken, out var buy)
            ? routes.Rate(sell, buy, held) : null;
    }

    /// <summary>Never asked of the ledger before a send: an abort there costs nothing and tells of a used uuid itself.</summary>
    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token) => Task.FromResult(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var held = await ledger.BalancesAsync(Principal.From(holder), token);
        return tokens.Distinct().ToDictionary(of => of, of => held.GetValueOrDefault(of));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token)
    {
        var held = await ledger.BalancesAsync(Principal.From(holder), token);
        return held.Where(of => world.Tokens.GetValueOrDefault(of.Key)?.Type != TokenType.Subnet).ToDictionary();
    }

    /// <inheritdoc/>
    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token) => Task.FromResult(world.Fee);

    /// <inheritdoc/>
    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee)
    {
        var raw = call.Origin is null
            ? SimulatedCall.Of(call, solver, checked((long)nonce), fee).ToBytes()
            : SimulatedOwnCall.Of(call, world.Network.ChainId, solver, checked((long)nonce), fee).ToBytes();
        return new PreparedTransaction(SimulatedCall.IdOf(raw), raw, solver, nonce, fee)
        {
            Origin = call.Origin is { } origin ? new TransactionOrigin(origin.Signer.Account, origin.Nonce) : null,
        };
    }

    /// <summary>Null: every fee is the same here but for one that outbids, and nothing waits for a higher one.</summary>
    public PreparedTransaction? Raise(PreparedTransaction transaction) => null;

    /// <summary>Spends a uuid of the solver's own, which nothing else ever uses.</summary>
    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null)
    {
        if (call is not null) return Prepare(new RouterCall.Noop { Origin = call }, solver, nonce, world.Fee);
        var number = 1 + world.Solvers.ToList().IndexOf(solver);
        var token = world.Tokens.Values.First(t => t.Type == TokenType.Subnet).Id;
        var intent = new TransferIntent(
            ContractId.Parse(token.ToString(), null), 1, Principal.From(world.Router),
            string.Create(CultureInfo.InvariantCulture, $"fill-{number}-{nonce}"), world.Network.ChainId);
        Span<byte> hash = stackalloc byte[32];
        intent.Hash(hash);
        var signature = Secp256k1.Sign(hash, PlayKeys.Of(PlayKeys.SolverText(number)));
        if (!VerifiedIntent.TryVerify(intent, signature, solver, out var verified))
            throw new UnreachableException($"{solver} is not an account of this world");
        return Prepare(new RouterCall.Spend(verified), solver, nonce, world.Fee);
    }

    /// <inheritdoc/>
    public async Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token)
    {
        if (options.SubmitLatency > TimeSpan.Zero) await Task.Delay(options.SubmitLatency, time, token);
        if (WhyNever(transaction) is { } reason)
        {
            return new SubmitOutcome.Refused(reason, IsDefinite: true)
            {
                IsOfPayer = reason == "FeeTooLow",
            };
        }
        var outcome = await mempool.AddAsync(transaction, token);
        if (outcome is SubmitOutcome.Accepted) signal.Raise();
        return outcome;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token) =>
            mempool.StatusAsync([.. transactions.Select(t => t.TxId)], token);

    /// <inheritdoc/>
    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token) => mempool.NextNonceAsync(solver, token);

    // What is wrong with the bytes themselves, whatever the ledger holds; the words are a node's.
    private string? WhyNever(PreparedTransaction transaction)
    {
        if (transaction.TxId != SimulatedCall.IdOf(transaction.Raw)) return "Deserialization";
        if (transaction.Origin is not null)
            return SimulatedOwnCall.TryRead(transaction.Raw, out var own) ? WhyNever(transaction, own) : "Deserialization";
        if (!SimulatedCall.TryRead(transaction.Raw, out var call)) return "Deserialization";
        if (call.Solver != transaction.Solver || (ulong)call.Nonce != transaction.Nonce || call.Fee != transaction.Fee)
            return "Deserialization";
        if (call.Fee < world.Fee) return "FeeTooLow";
        if (call.Intent.ChainId != world.Network.ChainId || !call.IsSigned()) return "SignatureValidation";
        if ((!call.IsTransfer && call.Intent.Target != Principal.From(world.Router))
            || world.Tokens.GetValueOrDefault(TokenId.Of(call.Intent.Token))?.Type != TokenType.Subnet)
        {
            return "NoSuchContract";
        }
        if (call.IsTransfer && call.Swap is not null) return "NoSuchPublicFunction";
        if (call.Swap is { } swap && swap.Hops.Any(hop => !world.Vaults.ContainsKey(hop.Vault))) return "NoSuchContract";
        return call.Swap is { Hops.Count: 0 or > 5 } ? "NoSuchPublicFunction" : null;
    }

    private string? WhyNever(PreparedTransaction transaction, SimulatedOwnCall own)
    {
        if (own.Solver != transaction.Solver || (ulong)own.Nonce != transaction.Nonce || own.Fee != transaction.Fee)
            return "Deserialization";
        if (transaction.Origin != new TransactionOrigin(own.Account, (ulong)own.AccountNonce)) return "Deserialization";
        if (own.Fee < world.Fee) return "FeeTooLow";
        if (own.ChainId != world.Network.ChainId || !own.IsSigned()) return "SignatureValidation";
        if (own.Funds is not { } funds) return null;
        if (world.Tokens.GetValueOrDefault(funds.Token) is not { Type: not TokenType.Subnet } || (funds.Swap is null) == (funds.To is null))
            return "NoSuchContract";
        if (funds.Swap is { } swap && swap.Hops.Any(hop => !world.Vaults.ContainsKey(hop.Vault))) return "NoSuchContract";
        return funds.Swap is { Hops.Count: 0 or > 5 } ? "NoSuchPublicFunction" : null;
    }
}
