using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.Ground;

/// <summary>A venue that says what to sign and does nothing else.</summary>
internal sealed class TermsOnlyRouter(VenueTerms terms) : ISwapRouter
{
    public VenueTerms Terms => terms;

    public IReadOnlyList<StacksAddress> Solvers => [];

    public int InFlightMax => int.MaxValue;

    public bool Protects(TokenId buyToken) => true;

    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) => [];

    public Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token) =>
        throw new NotSupportedException();

    public Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token) => throw new NotSupportedException();

    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token) =>
        throw new NotSupportedException();

    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token) => throw new NotSupportedException();

    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee) =>
        throw new NotSupportedException();

    public PreparedTransaction? Raise(PreparedTransaction transaction) => throw new NotSupportedException();

    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null) => throw new NotSupportedException();

    public Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token) => throw new NotSupportedException();

    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token) => throw new NotSupportedException();
}
