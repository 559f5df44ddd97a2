using OrderService.Domain.Amounts;

namespace OrderService.Domain;

/// <summary>Every expected refusal. Each dialect maps every case to its own status and body in one exhaustive switch.</summary>
public abstract record OrderError(string Code, string Message)
{
    /// <summary>A field is missing or malformed; the message names it.</summary>
    public sealed record Field(string Name, string Problem, string Code = "invalid_field") : OrderError(Code, $"{Name} {Problem}");

    /// <summary>The body as a whole cannot be read.</summary>
    public sealed record Malformed(string Problem) : OrderError("invalid_request", Problem);

    /// <summary>Neither the registry nor a price source knows the token.</summary>
    public sealed record UnknownToken(string Name, string Token)
        : OrderError("unknown_token", $"{Name} is not a token this service knows: {Token}");

    /// <summary>The signature does not authorise this.</summary>
    public sealed record BadSignature(string Problem) : OrderError("invalid_signature", $"signature verification failed: {Problem}");

    /// <summary>The intent was signed for another network.</summary>
    public sealed record WrongNetwork(string Expected, uint ChainId)
        : OrderError("wrong_network", $"signature is for another network: this service is on {Expected}, chain-id {ChainId}");

    /// <summary>The intent was signed for another router.</summary>
    public sealed record WrongRouter(string Expected)
        : OrderError("wrong_router", $"signature names another router as its target: this service uses {Expected}");

    /// <summary>The uuid is known with other terms.</summary>
    public sealed record Exists(string Name) : OrderError("order_exists", $"an order with this uuid exists with another {Name}");

    /// <summary>No such order.</summary>
    public sealed record NotFound() : OrderError("not_found", "Not found");

    /// <summary>The order has ended long ago, and what was kept of it is its end: as what, why and when.</summary>
    public sealed record Gone(string Status, string? Reason, DateTimeOffset EndedAt)
        : OrderError("order_gone", $"The order ended at {EndedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} and is no longer kept");

    /// <summary>The order has ended, or is in a state that the call does not apply to.</summary>
    public sealed record NotOpen(string Status) : OrderError("order_not_open", $"Order not open: it is {Status}");

    /// <summary>A transaction decides; its id where there is one.</summary>
    public sealed record InFlight(string? TxId)
        : OrderError("order_in_flight", TxId is null ? "Order is being executed" : $"Order is in flight in transaction {TxId}");

    /// <summary>Execution was tried and could not be; nothing was sent.</summary>
    public sealed record NotExecutable(string Reason, string Detail) : OrderError(Reason, $"Order execution failed: {Detail}");

    /// <summary>The quote is below what the order must receive.</summary>
    public sealed record BelowMin(TokenAmount Quoted, TokenAmount Min)
        : OrderError("min_amount_out", $"Order execution failed: the quote of {Quoted} is below the min amount out of {Min}");

    /// <summary>The quote is further below what the believed prices say than the order allows.</summary>
    public sealed record PriceImpact(TokenAmount Quoted, TokenAmount Believed, TokenAmount Min, int MaxDeviationBps)
        : OrderError("price_impact",
            $"Order execution failed: the quote of {Quoted} is more than {MaxDeviationBps} basis points below {Believed}, which is what the believed prices say")
    {
        /// <summary>The believed price of what is sold.</summary>
        public Price SellUsd { get; init; }

        /// <summary>The believed price of what is bought.</summary>
        public Price BuyUsd { get; init; }
    }

    /// <summary>Nobody proved who is asking, or the proof is wrong.</summary>
    public sealed record Unauthenticated(string Reason, string Problem) : OrderError(Reason, Problem);

    /// <summary>Who is asking may not do this.</summary>
    public sealed record Forbidden(string Reason, string Problem) : OrderError(Reason, Problem);

    /// <summary>A limit of this service was reached: open orders of an owner, pairs in use, rates.</summary>
    public sealed record TooMany(string Reason, string Problem, TimeSpan RetryAfter) : OrderError(Reason, Problem);

    /// <summary>Ours, and passing: try again.</summary>
    public sealed record Unavailable(string Reason, string Problem, TimeSpan RetryAfter) : OrderError(Reason, Problem);

    /// <summary>A managed account has less of the token than is to be set aside.</summary>
    public sealed record InsufficientBalance(TokenAmount Available, TokenAmount Required)
        : OrderError("insufficient_balance",
            $"Not enough balance: {Required} is needed, {Available} is available, {Required - Available} is missing")
    {
        /// <summary>What has to be added.</summary>
        public TokenAmount Missing => Required - Available;
    }

    /// <summary>Well formed, and yet not to be done.</summary>
    public sealed record Unprocessable(string Reason, string Problem) : OrderError(Reason, Problem);

    /// <summary>Another record with the same name or key stands in the way.</summary>
    public sealed record Conflict(string Reason, string Problem) : OrderError(Reason, Problem);
}
