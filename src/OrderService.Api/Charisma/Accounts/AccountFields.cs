using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>What a call about accounts asks for, as it came; which members are wanted depends on the route, others are ignored.</summary>
internal sealed record AccountFields(string? Name, string? Token, string? Amount)
{
    private static readonly OrderError.Malformed Malformed = new("Invalid request: the body must be a JSON object whose members name, token and amount are texts");
    private static readonly BodyStyle Style = new(16, _ => Malformed, CharismaErrors.From) { IsStrict = true, NullIsAbsent = true };

    /// <summary>Those that a wallet has signed.</summary>
    public static AccountFields Of(WalletMessage message) => new(message.Name, message.Token, message.Amount);

    /// <summary>Those of the body; a GET has none.</summary>
    public static async Task<Result<AccountFields>> ReadAsync(HttpContext context, CancellationToken token)
    {
        if (HttpMethods.IsGet(context.Request.Method)) return new AccountFields(null, null, null);
        token.ThrowIfCancellationRequested();
        return Of(await RequestBody.ReadAsync(context, DialectLimits.BodyMax, json => BodyReader<AccountCallRecord>.Read(json.Span, Style)));
    }

    /// <summary>The token, or what is wrong with it.</summary>
    public Result<TokenId> ReadToken() => TokenId.TryParse(Token, out var id) && id != TokenId.Usd ? id : new OrderError.Field("token", "must be the contract id of a token, or .stx");

    /// <summary>The amount, or what is wrong with it.</summary>
    public Result<TokenAmount> ReadAmount() =>
        TokenAmount.TryParse(Amount, out var amount) && amount > TokenAmount.Zero ? amount : new OrderError.Field("amount", "must be a positive integer numeric string, in base units");

    private static Result<AccountFields> Of(AccountCallRecord body)
    {
        if (body.Fault is { } fault) return fault;
        var areTexts = Array.TrueForAll([body.Name, body.Token, body.Amount], given => !given.IsGiven || given.IsRead);
        return areTexts ? new AccountFields(body.Name.Value, body.Token.Value, body.Amount.Value) : Malformed;
    }
}
