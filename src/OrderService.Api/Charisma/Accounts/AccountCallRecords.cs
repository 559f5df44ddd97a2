using FluentValidation;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>A call to open an account: what a wallet signed, or the name alone beside an API key.</summary>
internal sealed record NewAccountRecord : ProvenCallRecord
{
    /// <summary>With a key: what the account is called, letters, digits, spaces, hyphens, underscores and dots.</summary>
    /// <example>my account</example>
    public Given<string> Name { get; init; }
}

/// <summary>A call to pay the owner's wallet: what a wallet signed, or token and amount beside an API key.</summary>
internal sealed record NewWithdrawalRecord : ProvenCallRecord
{
    /// <summary>With a key: which token.</summary>
    [Is(Shape.Token)]
    public Given<TokenId> Token { get; init; }

    /// <summary>With a key: how much, in base units, more than 0.</summary>
    [Is(Shape.BaseUnits)]
    public Given<TokenAmount> Amount { get; init; }
}

/// <summary>What a call to open an account must be.</summary>
internal sealed class NewAccountRules : RequestRules<NewAccountRecord>
{
    public NewAccountRules()
    {
        Bound(b => b.Name, new FieldBounds(1, ManagedAccount.NameMax, IsCount: true));
        Must(b => b.Name, (_, name) => name.IsRead && ManagedAccount.IsName(name.Value))
            .Says($"must be 1 to {ManagedAccount.NameMax} letters, digits, spaces, hyphens, underscores and dots");
    }
}

/// <summary>What a call to pay the owner's wallet must be.</summary>
internal sealed class NewWithdrawalRules : RequestRules<NewWithdrawalRecord>
{
    public NewWithdrawalRules()
    {
        Must(b => b.Token, (_, token) => token.IsRead && token.Value != TokenId.Usd).Says("must be the contract id of a token, or .stx");
        Must(b => b.Amount, (_, amount) => amount.IsRead && amount.Value > TokenAmount.Zero)
            .Says("must be a positive integer numeric string, in base units");
    }
}
