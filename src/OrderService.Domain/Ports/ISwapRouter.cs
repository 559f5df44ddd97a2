using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Ports;

/// <summary>The venue: quotes, builds, sends and follows the swaps of one router contract on one network.</summary>
public interface ISwapRouter
{
    /// <summary>Everything a client needs to sign for this venue.</summary>
    VenueTerms Terms { get; }

    /// <summary>The accounts that pay for transactions, in the order they are preferred.</summary>
    IReadOnlyList<StacksAddress> Solvers { get; }

    /// <summary>How many accounts pay for the whole service, where these are those of one of its partitions.</summary>
    int SolversOfAll => Solvers.Count;

    /// <summary>The <see cref="Solvers"/> with what the chain was last seen to say of each.</summary>
    IReadOnlyList<Payer> Payers => [.. Solvers.Select(solver => new Payer(solver))];

    /// <summary>How many transactions of one account may wait to be mined at once; a node refuses more.</summary>
    int InFlightMax { get; }

    /// <summary>
    /// True where the chain itself enforces the min amount out of this token. Where it is false, only the last quote before the send stands
    /// between the owner and a worse price.
    /// </summary>
    bool Protects(TokenId buyToken);

    /// <summary>
    /// True where managed accounts can call for themselves; where it is false, they move only what their signed intents do.
    /// </summary>
    bool TakesCalls => false;

    /// <summary>True for a token that they can sell and send by such calls, as far as it is known now.</summary>
    bool CanCall(TokenId token) => false;

    /// <summary>
    /// Every token that some route leads to from this one, whatever it would pay now; none while the venue does not know its vaults.
    /// </summary>
    IReadOnlyCollection<TokenId> ReachableFrom(TokenId sellToken);

    /// <summary>
    /// True for a contract that a swap itself runs through, the router or a vault: what is paid to one of these nobody can take out again.
    /// </summary>
    bool IsPartOf(Principal principal) => principal == Principal.From(Terms.Router);

    /// <summary>What is known of a vault that its routes lead through; null where it is none of them now.</summary>
    VaultFacts? FindVault(ContractId id) => null;

    /// <summary>An offer now for the exact amount in; refused with <c>no_route</c> where nothing can be offered.</summary>
    Task<Result<Quote>> QuoteAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token);

    /// <summary>
    /// What the best route pays now at no depth, its fees taken off: whole buy tokens for one whole sell token, rounded up, so that no
    /// amount is offered more. Null where there is no route. Throws what its transport throws.
    /// </summary>
    Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token);

    /// <summary>True where the chain shows the intent's uuid as used: no bytes that carry it can do anything any more.</summary>
    Task<bool> IsSpentAsync(TransferIntent intent, CancellationToken token);

    /// <summary>
    /// What an address holds of each of these tokens, as the chain has it now; a token it never held is zero. Throws what its transport
    /// throws.
    /// </summary>
    Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token);

    /// <summary>
    /// All that the chain itself counts of an address, STX and fungible tokens, whoever knows them; not what a subnet's ledger has of it.
    /// Throws what its transport throws.
    /// </summary>
    Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress holder, CancellationToken token);

    /// <summary>What such a call should pay now, base units of STX.</summary>
    Task<TokenAmount> FeeAsync(RouterCall call, CancellationToken token);

    /// <summary>The signed bytes and id of one call. Deterministic: equal arguments give equal bytes.</summary>
    PreparedTransaction Prepare(RouterCall call, StacksAddress solver, ulong nonce, TokenAmount fee);

    /// <summary>
    /// The same transaction on the same nonce with a higher fee, so that only one of the two can be mined; null where the fee may not rise
    /// further.
    /// </summary>
    PreparedTransaction? Raise(PreparedTransaction transaction);

    /// <summary>
    /// Another call on the nonce of a transaction that waits, at a higher fee than its and at least this one, so that only one of the two
    /// can be mined.
    /// </summary>
    PreparedTransaction Outbid(PreparedTransaction waiting, RouterCall call, TokenAmount fee) =>
        Prepare(call, waiting.Solver, waiting.Nonce, TokenAmount.Max(fee, waiting.Fee + new TokenAmount(1))) with
        {
            SeenHeight = waiting.SeenHeight,
        };

    /// <summary>
    /// A transaction that does nothing but use a nonce, so that those behind it can be mined; with a call it uses the account's nonce up
    /// too.
    /// </summary>
    PreparedTransaction Fill(StacksAddress solver, ulong nonce, CallOrigin? call = null);

    /// <summary>
    /// Sends bytes. Sending the same bytes again is harmless. Throws what its transport throws when the outcome is unknown.
    /// </summary>
    Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction, CancellationToken token);

    /// <summary>
    /// What the chain says of each transaction, by its id; one it does not know is <see cref="TransactionStatus.Unknown"/>, one that it
    /// could not be asked about is left out.
    /// </summary>
    Task<IReadOnlyDictionary<string, TransactionStatus>> StatusAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token);

    /// <summary>The next nonce that the chain itself would accept of an account, one that pays or one that calls.</summary>
    Task<ulong> NextNonceAsync(StacksAddress solver, CancellationToken token);

    /// <summary>
    /// True where the chain shows a transaction that used this nonce, signed by the account itself: nobody without its key can make one up.
    /// </summary>
    Task<bool> IsNonceShownAsync(StacksAddress solver, ulong nonce, CancellationToken token) => Task.FromResult(true);
}

/// <summary>
/// An account that pays: base units of STX that it held when its transactions below <paramref name="NextNonce"/> were mined, and what one
/// more costs at most as fees are now. A null balance is not known, and holds nothing up: a node that is away is no reason to stand still.
/// </summary>
public sealed record Payer(StacksAddress Address, TokenAmount? Balance = null, ulong NextNonce = 0, TokenAmount Fee = default);

/// <summary>
/// The venue's name (<c>simulated</c>, <c>stacks</c>), its network and the router contract that an intent must name as its target.
/// </summary>
public sealed record VenueTerms(string Venue, StacksNetwork Network, ContractId Router)
{
    /// <summary>The hops of the longest route that it takes.</summary>
    public int HopsMax { get; init; } = 1;

    /// <summary>True where nothing of value moves.</summary>
    public bool IsPlay => Venue == "simulated";
}

/// <summary>One step of a route: a vault swaps one token into another.</summary>
public sealed record Hop(ContractId Vault, byte Opcode, TokenId TokenIn, TokenId TokenOut, TokenAmount AmountIn, TokenAmount AmountOut);

/// <summary>An offer: the amount out that the route would give now.</summary>
public sealed record Quote(
    TokenId SellToken, TokenId BuyToken, TokenAmount AmountIn, TokenAmount AmountOut, IReadOnlyList<Hop> Hops, DateTimeOffset At);

/// <summary>
/// What a transaction does: swap a slice, make sure that nothing that was sent of it can still swap, or transfer to an owner. What funds it
/// is an intent, whose uuid the chain takes once, or a call of the account's own, whose nonce it takes once.
/// </summary>
public abstract record RouterCall
{
    /// <summary>
    /// Who calls, where the account that holds the funds calls itself and a payer only sponsors it; null where an intent moves them.
    /// </summary>
    public CallOrigin? Origin { get; init; }

    /// <summary>Swaps along the quote's route and pays the recipient at least the min amount out, or aborts.</summary>
    public abstract record Swapping(Principal Recipient, Quote Quote, TokenAmount MinAmountOut) : RouterCall;

    /// <summary>Such a swap by an intent.</summary>
    public sealed record Swap(VerifiedIntent Intent, Principal Recipient, Quote Quote, TokenAmount MinAmountOut)
        : Swapping(Recipient, Quote, MinAmountOut);

    /// <summary>Such a swap by the account's own call.</summary>
    public sealed record OwnSwap(Principal Recipient, Quote Quote, TokenAmount MinAmountOut) : Swapping(Recipient, Quote, MinAmountOut);

    /// <summary>Marks the uuid as used through the verifier's public function; moves no funds.</summary>
    public sealed record Spend(VerifiedIntent Intent) : RouterCall;

    /// <summary>Uses up the account's nonce; moves no funds.</summary>
    public sealed record Noop : RouterCall;

    /// <summary>
    /// Transfers the intent's amount to its target by the token contract itself. Whoever sends these bytes, nobody but the target is paid.
    /// </summary>
    public sealed record Transfer(VerifiedIntent Intent) : RouterCall;

    /// <summary>Transfers so much of a token of the account's to its owner.</summary>
    public sealed record OwnTransfer(TokenId Token, TokenAmount Amount, StacksAddress Recipient) : RouterCall;
}

/// <summary>An account that calls itself: who signs for it, and the nonce of its own that the chain takes once.</summary>
public sealed record CallOrigin(IAccountSigner Signer, ulong Nonce);

/// <summary>Whose nonce a transaction uses up beside its payer's.</summary>
public readonly record struct TransactionOrigin(StacksAddress Account, ulong Nonce);

/// <summary>
/// Signed bytes, their id (64 lower-case hex digits without 0x), who pays and with which nonce and fee (base units of STX).
/// </summary>
public sealed record PreparedTransaction(string TxId, byte[] Raw, StacksAddress Solver, ulong Nonce, TokenAmount Fee)
{
    /// <summary>The account that calls, where another one pays; null where the payer calls.</summary>
    public TransactionOrigin? Origin { get; init; }

    /// <summary>
    /// The chain's height as it was last seen before these bytes, or those that they outbid, were first sent: no block before it holds
    /// them. Null where it was not known.
    /// </summary>
    public long? SeenHeight { get; init; }

    /// <summary>What a swap was built to pay; null for all else.</summary>
    public ExpectedPay? Expected { get; init; }
}

/// <summary>The quote that a swap was built on, and the least that it must pay.</summary>
public sealed record ExpectedPay(TokenAmount Quoted, TokenAmount Least);

/// <summary>What a node answered to bytes.</summary>
public abstract record SubmitOutcome
{
    /// <summary>Taken into the mempool, or known already.</summary>
    public sealed record Accepted : SubmitOutcome;

    /// <summary>
    /// Refused. <paramref name="IsDefinite"/> is true only for the closed list of refusals after which these bytes can never be mined, and
    /// counts only on their first send.
    /// </summary>
    public sealed record Refused(string Reason, bool IsDefinite) : SubmitOutcome
    {
        /// <summary>
        /// True where the trouble is the payer's and not the call's: what it holds, or what it offers. Another account, or the same one
        /// later, may send the same call.
        /// </summary>
        public bool IsOfPayer { get; init; }
    }
}

/// <summary>What the chain says of a transaction.</summary>
public abstract record TransactionStatus
{
    /// <summary>The chain does not know the id. No evidence of anything.</summary>
    public sealed record Unknown : TransactionStatus;

    /// <summary>Waiting in a mempool.</summary>
    public sealed record Pending : TransactionStatus;

    /// <summary>
    /// Mined and successful. <paramref name="IsFinal"/> is true at the configured depth; until then a reorg may take it back.
    /// </summary>
    public sealed record Succeeded(TokenAmount AmountOut, long BlockHeight, DateTimeOffset BlockTime, bool IsFinal) : TransactionStatus
    {
        /// <summary>True where it pays what could not be expected, and all that could be asked agrees that it does.</summary>
        public bool IsUnexpected { get; init; }
    }

    /// <summary>Mined and aborted: nothing moved, the uuid is still unspent unless <paramref name="UuidUsed"/>.</summary>
    public sealed record Aborted(string Reason, bool UuidUsed, long BlockHeight, DateTimeOffset BlockTime, bool IsFinal)
        : TransactionStatus;

    /// <summary>
    /// Its nonce, the payer's or the account's, was used by another transaction, for good, and its uuid was not: it can never be mined.
    /// </summary>
    public sealed record Replaced : TransactionStatus;
}
