using OrderService.Domain.Accounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Accounts;

/// <summary>An account with what it has of each token that it can send on, and its latest withdrawals, newest first.</summary>
internal sealed record AccountView(ManagedAccount Account, IReadOnlyList<TokenFunds> Funds, IReadOnlyList<Withdrawal> Withdrawals);

/// <summary>What an account has of one token.</summary>
internal sealed record TokenFunds(Token Token, AccountFunds Funds);
