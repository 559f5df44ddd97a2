using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>What a call about accounts asks for, as it came; which members are wanted depends on the route, others are ignored.</summary>
internal sealed record AccountFields(string? Name, string? Token, string? Amount)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = false, AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Those that a wallet has signed.</summary>
    public static AccountFields Of(WalletMessage message) => new(message.Name, message.Token, message.Amount);

    /// <summary>Those of the body; a GET has none.</summary>
    public static async Task<Result<AccountFields>> ReadAsync(HttpContext context, CancellationToken token)
    {
        if (HttpMethods.IsGet(context.Request.Method)) return new AccountFields(null, null, null);
        token.ThrowIfCancellationRequested();
        return await RequestBody.ReadAsync(context, DialectLimits.BodyMax, Parse);
    }

    /// <summary>The token, or what is wrong with it.</summary>
    public Result<TokenId> ReadToken() => TokenId.TryParse(Token, out var id) && id != TokenId.Usd ? id : new OrderError.Field("token", "must be the contract id of a token, or .stx");

    /// <summary>The amount, or what is wrong with it.</summary>
    public Result<TokenAmount> ReadAmount() =>
        TokenAmount.TryParse(Amount, out var amount) && amount > TokenAmount.Zero ? amount : new OrderError.Field("amount", "must be a positive integer numeric string, in base units");

    private static Result<AccountFields> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<AccountFields>(body.Span, Options) ?? Malformed();
        }
        catch (Exception unread) when (unread is JsonException or ArgumentException or InvalidOperationException)
        {
            return Malformed();
        }
    }

    private static Result<AccountFields> Malformed() => new OrderError.Malformed("Invalid request: the body must be a JSON object whose members name, token and amount are texts");
}
