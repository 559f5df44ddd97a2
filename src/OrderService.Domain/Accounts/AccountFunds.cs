using OrderService.Domain.Amounts;

namespace OrderService.Domain.Accounts;

/// <summary>What an account has of one token: what the chain says it holds, and what of that is set aside.</summary>
public readonly record struct AccountFunds(TokenAmount Balance, TokenAmount Reserved, TokenAmount Withdrawing)
{
    /// <summary>What a new order or withdrawal may take; nothing where more is set aside than there is.</summary>
    public TokenAmount Available
    {
        get
        {
            var rest = Balance >= Reserved ? Balance - Reserved : TokenAmount.Zero;
            return rest >= Withdrawing ? rest - Withdrawing : TokenAmount.Zero;
        }
    }

    /// <summary>Why an amount cannot be set aside, with what is missing, or null.</summary>
    public OrderError.InsufficientBalance? Refusal(TokenAmount required) =>
        required <= Available ? null : new OrderError.InsufficientBalance(Available, required);
}
