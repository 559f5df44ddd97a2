using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>Makes the records of accounts. Amounts are base units in quotes. No key, encrypted or not, is ever in it.</summary>
internal static class AccountJson
{
    /// <summary>The account alone.</summary>
    public static AccountRecord Of(ManagedAccount account) => new()
    {
        Id = account.WireId(), Owner = account.Owner.ToString(), Name = account.Name, Address = account.Address.ToString(),
        CreatedAt = IsoTime.Text(account.CreatedAt),
    };

    /// <summary>The account with what it has of each token.</summary>
    public static AccountRecord Of(AccountView view, bool withWithdrawals) => Of(view.Account) with
    {
        Balances = [.. view.Funds.Select(Of)],
        Others = view.Others is { } others ? [.. others.Select(Of)] : null,
        Withdrawals = withWithdrawals ? [.. view.Withdrawals.Select(Of)] : null,
    };

    /// <summary>A withdrawal.</summary>
    public static WithdrawalRecord Of(Withdrawal withdrawal) => new()
    {
        Id = withdrawal.Id.ToString("N"),
        Token = withdrawal.Token.ToString(),
        Amount = withdrawal.Amount.ToString(),
        Recipient = withdrawal.Recipient.ToString(),
        Status = withdrawal.Status.ToString().ToLowerInvariant(),
        Reason = withdrawal.Reason,
        Txid = withdrawal.TxId,
        BlockHeight = withdrawal.BlockHeight,
        CreatedAt = IsoTime.Text(withdrawal.CreatedAt),
        EndedAt = withdrawal.EndedAt is { } ended ? IsoTime.Text(ended) : null,
    };

    /// <summary>One line of the ledger.</summary>
    public static EntryRecord Of(AccountEntry entry, IReadOnlyDictionary<Guid, Withdrawal> withdrawals) => new()
    {
        Id = entry.Id.ToString(CultureInfo.InvariantCulture),
        Kind = entry.Kind,
        Token = entry.Token.ToString(),
        Amount = entry.Amount.ToString(),
        At = IsoTime.Text(entry.At),
        Actor = entry.Actor,
        OrderUuid = entry.OrderId?.ToString(),
        Slice = entry.SliceNumber,
        WithdrawalId = entry.WithdrawalId?.ToString("N"),
        Txid = entry.WithdrawalId is { } id ? withdrawals.GetValueOrDefault(id)?.TxId : null,
    };

    private static OtherBalanceRecord Of(OtherFunds of) => new()
    {
        Token = of.Id.ToString(), Symbol = of.Known?.Symbol, Decimals = of.Known?.Decimals, Balance = of.Balance.ToString(),
    };

    private static BalanceRecord Of(TokenFunds of) => new()
    {
        Token = of.Token.Id.ToString(),
        Symbol = of.Token.Symbol,
        Decimals = of.Token.Decimals,
        Balance = of.Funds.Balance.ToString(),
        Reserved = of.Funds.Reserved.ToString(),
        Withdrawing = of.Funds.Withdrawing.ToString(),
        Available = of.Funds.Available.ToString(),
    };
}
