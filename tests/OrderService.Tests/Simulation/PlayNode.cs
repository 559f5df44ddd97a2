using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulation;

/// <summary>
/// The node and the router in front of a chain in memory, for two engines at once. By the seed it lies as a node can: it is away, loses
/// what it took, takes what it says it did not, does not know what it has mined, and tells of an older chain. What it never does is to make
/// up a block.
/// </summary>
internal sealed class PlayNode(SimulatedWorld world, PlayChain chain, SendJudge judge, Func<DateTimeOffset> now) : ISwapRouter
{
    private static readonly TokenAmount FirstFee = new(3_000);

    private readonly Dictionary<string, PlayCall> _calls = [];

    /// <summary>Chooses the lies of a step.</summary>
    public Lot Lot { get; set; }

    /// <summary>True where it tells the truth.</summary>
    public bool IsHonest { get; set; }

    /// <summary>What a million of the sell token pays.</summary>
    public int Rate { get; set; } = 500_000;

    public VenueTerms Terms { get; } = new("simulated", world.Network, world.Router);

    public IReadOnlyList<StacksAddress> Solvers { get; } = world.Solvers;

    public int InFlightMax => 3;

    public bool Protects(TokenId buyToken) => true;

    public bool TakesCalls => true;

    public bool CanCall(TokenId token) => token == TokenId.Stx;

    public IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken) => [.. world.Tokens.Keys];

    public Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        Answer($"quote/{amountIn}", away: 4);
        if (Lies(4, $"route/{amountIn}")) return Task.FromResult<Result<Quote>>(new OrderError.NotExecutable("no_route", "no route"));
        var paid = new TokenAmount(UInt128.Max(1, amountIn.Units * (UInt128)Rate / 1_000_000));
        return Task.FromResult<Result<Quote>>(new Quote(sellToken, buyToken, amountIn, paid,
            [new Hop(world.Vaults.Keys.First(), 0, sellToken, buyToken, amountIn, paid)], now()));
    }

    public Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token) =>
        Task.FromResult<Price?>(new Price((UInt128)Rate * 1_000_000_000_000));

    // No evidence before it is final: what a reorg may give back is not used.
    public Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token)
    {
        Answer($"spent/{intent.Amount}", away: 3);
        return Task.FromResult(chain.UserOf(intent.Uuid, final: true) is not null && !Lies(20, $"unspent/{intent.Amount}"));
    }

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        Answer("balances", away: 3);
        return Task.FromResult<IReadOnlyDictionary<TokenId, TokenAmount>>(tokens.Distinct()
            .ToDictionary(sold => sold, sold => new TokenAmount(chain.BalanceOf(new HoldKey(holder, sold)))));
    }

    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token) =>
        Task.FromResult<IReadOnlyDictionary<TokenId, TokenAmount>>(new Dictionary<TokenId, TokenAmount>());

    public Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token)
    {
        Answer("fee", away: 2);
        return Task.FromResult(FirstFee);
    }

    public PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee) => call switch
    {
        RouterCall.Swap swap => Made(CallKind.Swap, swap.Intent, swap.Quote.AmountOut, solver, nonce, fee),
        RouterCall.Spend spend => Made(CallKind.Spend, spend.Intent, TokenAmount.Zero, solver, nonce, fee),
        RouterCall.OwnSwap { Origin: { } caller, Quote: var quote } =>
            Kept(CallKind.Swap, $"called-{quote.AmountIn}", new HoldKey(caller.Signer.Account, quote.SellToken), quote.AmountIn.Units,
                quote.AmountOut.Units, solver, nonce, fee, Of(caller)),
        RouterCall.Noop { Origin: { } caller } => Kept(CallKind.Spend, $"noop-{caller.Nonce}", null, 0, 0, solver, nonce, fee, Of(caller)),
        _ => throw new NotSupportedException($"{call.GetType().Name} is none of this world's"),
    };

    public PreparedTransaction? Raise(PreparedTransaction transaction)
    {
        if (transaction.Fee.Units >= FirstFee.Units * 8) return null;
        var call = Call(transaction);
        return Kept(call.Kind, call.Uuid, call.Funds, call.Amount, call.Out, transaction.Solver, transaction.Nonce,
            new TokenAmount(transaction.Fee.Units * 2), transaction.Origin);
    }

    public PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null) =>
        Kept(CallKind.Fill, $"fill-{solver}-{nonce}", null, 0, 0, solver, nonce, FirstFee, call is null ? null : Of(call));

    public Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token)
    {
        var call = Call(transaction);
        var actor = Actor.Current;
        actor?.Alive();
        judge.Sends(call, actor);
        if (Lies(8, $"lost/{call.Label}")) throw new TimeoutException("the node does not answer");
        if (call.Nonce < chain.NextNonce(call.Solver)
            || (call.Origin is { } origin && origin.Nonce < chain.NextNonce(origin.Account.ToString())))
        {
            return Refused("BadNonce", isDefinite: false);
        }
        if (Lies(3, $"payer/{call.Label}") && judge.Refuses(call))
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Refused("NotEnoughFunds", IsDefinite: true) { IsOfPayer = true });
        if (Lies(4, $"busy/{call.Label}")) return Refused("TooMuchChaining", isDefinite: false);
        chain.Take(call);
        if (Lies(4, $"dies/{call.Label}")) actor?.Die();
        if (Lies(8, $"taken/{call.Label}")) throw new TimeoutException("the node took it and did not say so");
        return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted());
    }

    public Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token)
    {
        Answer("status", away: 5);
        var said = new Dictionary<string, TransactionStatus>();
        foreach (var call in transactions.Select(Call))
        {
            if (!Lies(5, $"silent/{call.Label}"))
                said[call.Id] = Lies(8, $"forgets/{call.Label}") ? new TransactionStatus.Unknown() : Truth(call);
        }
        return Task.FromResult<IReadOnlyDictionary<string, TransactionStatus>>(said);
    }

    public Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token)
    {
        Answer("nonce", away: 3);
        return Task.FromResult(chain.NextNonce(solver.ToString(), final: Lies(15, "old")));
    }

    private TransactionStatus Truth(PlayCall call)
    {
        if (chain.Find(call.Id) is var (mined, height))
        {
            return mined.Abort is { } reason
                ? new TransactionStatus.Aborted(reason, mined.UuidUsed, height, now(), chain.IsFinal(height))
                : new TransactionStatus.Succeeded(new TokenAmount(call.Out), height, now(), chain.IsFinal(height));
        }
        if (call.Origin is null
            ? call.Nonce < chain.NextNonce(call.Solver, final: true) && chain.UserOf(call.Uuid) is null : !chain.IsMinable(call))
        {
            return new TransactionStatus.Replaced();
        }
        return chain.Waiting.Any(waiting => waiting.Id == call.Id) ? new TransactionStatus.Pending() : new TransactionStatus.Unknown();
    }

    private static Task<SubmitOutcome> Refused(string reason, bool isDefinite) =>
        Task.FromResult<SubmitOutcome>(new SubmitOutcome.Refused(reason, isDefinite));

    private bool Lies(int ofHundred, string about) => !IsHonest && Lot.Falls(ofHundred, about);

    private void Answer(string about, int away)
    {
        Actor.Current?.Alive();
        if (Lies(away, about)) throw new TimeoutException("the node is away");
    }

    private static TransactionOrigin Of(CallOrigin caller) => new(caller.Signer.Account, caller.Nonce);

    private PlayCall Call(PreparedTransaction transaction) => _calls[transaction.TxId];

    private PreparedTransaction Made(
        CallKind kind, VerifiedIntent intent, TokenAmount paid, StacksAddress solver, ulong nonce, TokenAmount fee) =>
            Kept(kind, intent.Intent.Uuid, new HoldKey(intent.Signer, TokenId.Of(intent.Intent.Token)), intent.Intent.Amount, paid.Units,
                solver, nonce, fee);

    private PreparedTransaction Kept(
        CallKind kind, string uuid, HoldKey? funds, UInt128 amount, UInt128 paid, StacksAddress solver, ulong nonce, TokenAmount fee,
        TransactionOrigin? origin = null)
    {
        var raw = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{kind} {uuid} {amount} {paid} {solver} {nonce} {fee} {origin?.Account} {origin?.Nonce}"));
        var bytes = new PreparedTransaction(Convert.ToHexStringLower(SHA256.HashData(raw)), raw, solver, nonce, fee) { Origin = origin };
        var label = string.Create(CultureInfo.InvariantCulture,
            $"{kind}/{Solvers.ToList().IndexOf(solver)}/{nonce}/{fee}{(origin is { } caller ? $"/{caller.Nonce}" : "")}");
        lock (_calls) _calls[bytes.TxId] = new PlayCall(bytes, kind, uuid, funds, amount, paid) { Label = label };
        return bytes;
    }
}
