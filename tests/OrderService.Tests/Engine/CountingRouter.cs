using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>Counts what a venue is asked for, offers and the rates that stand for them, and keeps what is sent to it.</summary>
internal sealed class CountingRouter(ISwapRouter venue) : ISwapRouter
{
    private int _asked;

    /// <summary>How often it was asked since the last call.</summary>
    public int Asked() => Interlocked.Exchange(ref _asked, 0);

    /// <summary>The ids of what was sent, in order.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    /// <summary>Where what is sent is lost on its way.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>What offers wait for.</summary>
    public Task QuotesWait { get; set; } = Task.CompletedTask;

    /// <summary>What sends wait for.</summary>
    public Task SendsWait { get; set; } = Task.CompletedTask;

    /// <summary>Answers in the venue's place where it says something.</summary>
    public Func<PreparedTransaction, SubmitOutcome?> Answers { get; set; } = _ => null;

    /// <summary>What happens between the answer of what an address holds and its arrival.</summary>
    public Func<Task> WhileBalancesTravel { get; set; } = () => Task.CompletedTask;

    /// <summary>What the chain's words become on their way.</summary>
    public Func<TransactionStatus, TransactionStatus> Tells { get; set; } = status => status;

    public VenueTerms Terms => venue.Terms;

    public IReadOnlyList<StacksAddress> Solvers => venue.Solvers;

    public int InFlightMax { get; set; } = venue.InFlightMax;

    public bool TakesCalls => venue.TakesCalls;

    public bool CanCall(TokenId token) => venue.CanCall(token);

    public bool Protects(TokenId buyToken) => venue.Protects(buyToken);

    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) => venue.ReachableFrom(sellToken);

    public async Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        await QuotesWait;
        return await Counted(venue.QuoteAsync(sellToken, buyToken, amountIn, token));
    }

    public Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token) =>
        Counted(venue.RateAsync(sellToken, buyToken, token));

    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token) => venue.IsSpentAsync(intent, token);

    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var balances = await venue.BalancesAsync(holder, tokens, token);
        await WhileBalancesTravel();
        return balances;
    }

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token) =>
        venue.HoldingsAsync(holder, token);

    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token) => venue.FeeAsync(call, token);

    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee) =>
        venue.Prepare(call, solver, nonce, fee);

    public PreparedTransaction? Raise(PreparedTransaction transaction) => venue.Raise(transaction);

    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null) => venue.Fill(solver, nonce, call);

    public async Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token)
    {
        Sent.Enqueue(transaction.TxId);
        await SendsWait;
        if (IsDeaf) throw new TimeoutException("nobody answers");
        return Answers(transaction) ?? await venue.SubmitAsync(transaction, token);
    }

    public async Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token) =>
            (await venue.StatusAsync(transactions, token)).ToDictionary(one => one.Key, one => Tells(one.Value));

    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token) => venue.NextNonceAsync(solver, token);

    private T Counted<T>(T answer)
    {
        Interlocked.Increment(ref _asked);
        return answer;
    }
}

internal static class CountingRouterServices
{
    /// <summary>Puts one over the simulated venue, in its place.</summary>
    public static IServiceCollection AddCountingRouter(this IServiceCollection services) => services
        .AddSingleton(provider => new CountingRouter(ActivatorUtilities.CreateInstance<SimulatedRouter>(provider)))
        .AddSingleton<ISwapRouter>(provider => provider.GetRequiredService<CountingRouter>());
}
