using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Accounts;

/// <summary>An account with what it has of each token that it can send on, and its latest withdrawals, newest first.</summary>
internal sealed record AccountView(ManagedAccount Account, IReadOnlyList<TokenFunds> Funds, IReadOnlyList<Withdrawal> Withdrawals)
{
    /// <summary>What else lies on it; null where nobody asked, or the venue does not tell.</summary>
    public IReadOnlyList<OtherFunds>? Others { get; init; }
}

/// <summary>
/// What an account has of a token that it cannot send on; <paramref name="Known"/> is null for one that the venue does not know.
/// </summary>
internal sealed record OtherFunds(TokenId Id, Token? Known, TokenAmount Balance);

/// <summary>What an account has of one token.</summary>
internal sealed record TokenFunds(Token Token, AccountFunds Funds);
