using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Partitions;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Execution;

/// <summary>The venue as a whole, with all accounts that pay.</summary>
internal sealed record WholeVenue(ISwapRouter Router);

/// <summary>
/// The venue as one partition sees it: of the accounts that pay it has its own, each of which is nobody else's, so that its nonces are in
/// one ledger. They are dealt out in the order of the settings.
/// </summary>
internal sealed class PartitionRouter(ISwapRouter whole, PartitionPlace place) : ISwapRouter
{
    private readonly StacksAddress[] _solvers = [.. whole.Solvers.Where((_, number) => number % place.Count == place.Number)];

    public VenueTerms Terms => whole.Terms;

    public IReadOnlyList<StacksAddress> Solvers => _solvers;

    public int SolversOfAll => whole.SolversOfAll;

    public IReadOnlyList<Payer> Payers => [.. whole.Payers.Where(payer => _solvers.Contains(payer.Address))];

    public int InFlightMax => whole.InFlightMax;

    public bool TakesCalls => whole.TakesCalls;

    public bool Protects(TokenId buyToken) => whole.Protects(buyToken);

    public bool CanCall(TokenId token) => whole.CanCall(token);

    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) => whole.ReachableFrom(sellToken);

    public bool IsPartOf(Principal principal) => whole.IsPartOf(principal);

    public VaultFacts? FindVault(ContractId id) => whole.FindVault(id);

    public Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token) =>
        whole.QuoteAsync(sellToken, buyToken, amountIn, token);

    public Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token) =>
        whole.RateAsync(sellToken, buyToken, token);

    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token) => whole.IsSpentAsync(intent, token);

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token) => whole.BalancesAsync(holder, tokens, token);

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token) =>
        whole.HoldingsAsync(holder, token);

    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token) => whole.FeeAsync(call, token);

    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee) =>
        whole.Prepare(call, solver, nonce, fee);

    public PreparedTransaction? Raise(PreparedTransaction transaction) => whole.Raise(transaction);

    public PreparedTransaction Outbid(PreparedTransaction waiting, RouterCall call, TokenAmount fee) => whole.Outbid(waiting, call, fee);

    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null) => whole.Fill(solver, nonce, call);

    public Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token) =>
        whole.SubmitAsync(transaction, token);

    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token) => whole.StatusAsync(transactions, token);

    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token) => whole.NextNonceAsync(solver, token);

    public Task<bool> IsNonceShownAsync(StacksAddress solver, ulong nonce, CancellationToken token) =>
        whole.IsNonceShownAsync(solver, nonce, token);
}
