using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.SwapRouters.Simulated;

/// <summary>The simulated venue. It refuses what a node would refuse, and its ledger enforces what the chain enforces.</summary>
internal sealed class SimulatedRouter(
    SimulatedWorld world, RouteSearch routes, SimulatedReserves reserves, SimulatedMempool mempool, MiningSignal signal, SimulatedOptions options, TimeProvider time)
    : ISwapRouter
{
    /// <inheritdoc/>
    public VenueTerms Terms { get; } = new("simulated", world.Network, world.Router);

    /// <inheritdoc/>
    public IReadOnlyList<StacksAddress> Solvers => world.Solvers;

    /// <inheritdoc/>
    public async Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        var held = await reserves.ReadAsync(token);
        if (routes.Best(sellToken, buyToken, amountIn, held) is not { } hops)
            return new OrderError.NotExecutable("no_route", $"no route from {sellToken} to {buyToken} for {amountIn}");
        return new Quote(sellToken, buyToken, amountIn, hops[^1].AmountOut, hops, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce)
    {
        var raw = SimulatedCall.Of(call, solver, checked((long)nonce), world.Fee).ToBytes();
        return new PreparedTransaction(SimulatedCall.IdOf(raw), raw, solver, nonce, world.Fee);
    }

    /// <inheritdoc/>
    public async Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token)
    {
        if (options.SubmitLatency > TimeSpan.Zero) await Task.Delay(options.SubmitLatency, time, token);
        if (WhyNever(transaction) is { } reason) return new SubmitOutcome.Refused(reason, IsDefinite: true);
        var outcome = await mempool.AddAsync(transaction, token);
        if (outcome is SubmitOutcome.Accepted) signal.Raise();
        return outcome;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(IReadOnlyCollection<string> txIds, CancellationToken token) =>
        mempool.StatusAsync(txIds, token);

    /// <inheritdoc/>
    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token) => mempool.NextNonceAsync(solver, token);

    // What is wrong with the bytes themselves, whatever the ledger holds; the words are a node's.
    private string? WhyNever(PreparedTransaction transaction)
    {
        if (transaction.TxId != SimulatedCall.IdOf(transaction.Raw) || !SimulatedCall.TryRead(transaction.Raw, out var call)) return "Deserialization";
        if (call.Solver != transaction.Solver || (ulong)call.Nonce != transaction.Nonce || call.Fee != transaction.Fee) return "Deserialization";
        if (call.Fee < world.Fee) return "FeeTooLow";
        if (call.Intent.ChainId != world.Network.ChainId || !call.IsSigned()) return "SignatureValidation";
        if (call.Intent.Target != Principal.From(world.Router) || world.Tokens.GetValueOrDefault(TokenId.Of(call.Intent.Token))?.Type != TokenType.Subnet) return "NoSuchContract";
        if (call.Swap is { } swap && swap.Hops.Any(hop => !world.Vaults.ContainsKey(hop.Vault))) return "NoSuchContract";
        return call.Swap is { Hops.Count: 0 or > 5 } ? "NoSuchPublicFunction" : null;
    }
}
