using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Accounts;

/// <summary>One line of an account's ledger, appended in the transaction in which it became true.</summary>
public sealed class AccountEntry
{
    private AccountEntry() => (Kind, Actor) = ("", Actors.System);

    /// <summary>States that something happened to a withdrawal.</summary>
    public AccountEntry(Withdrawal withdrawal, string kind, DateTimeOffset at, string actor = Actors.System) =>
        (AccountId, Token, WithdrawalId, Kind, Amount, At, Actor) = (withdrawal.AccountId, withdrawal.Token, withdrawal.Id, kind,
            withdrawal.Amount, at, actor);

    /// <summary>Position in the store's order of appending; has gaps.</summary>
    public long Id { get; private set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; private set; }

    /// <summary>The token.</summary>
    public TokenId Token { get; private set; }

    /// <summary>The order, where it is about one.</summary>
    public Guid? OrderId { get; private set; }

    /// <summary>Its slice, where it is about one.</summary>
    public int? SliceNumber { get; private set; }

    /// <summary>The withdrawal, where it is about one.</summary>
    public Guid? WithdrawalId { get; private set; }

    /// <summary>A word of <see cref="AccountEntryKinds"/>.</summary>
    public string Kind { get; private set; }

    /// <summary>Base units.</summary>
    public TokenAmount Amount { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Whose doing it was: see <see cref="Actors"/>.</summary>
    public string Actor { get; private set; }
}

/// <summary>The closed list of an account's entries.</summary>
public static class AccountEntryKinds
{
    /// <summary>An order was made and its whole amount set aside.</summary>
    public const string Reserved = "reserved";

    /// <summary>An order was changed and more set aside for it.</summary>
    public const string ToppedUp = "topped_up";

    /// <summary>A slice's amount went into a swap.</summary>
    public const string Started = "started";

    /// <summary>The swap failed: the amount is only reserved again.</summary>
    public const string GivenBack = "given_back";

    /// <summary>The swap succeeded.</summary>
    public const string Spent = "spent";

    /// <summary>The chain took the evidence of a swap back, which is in flight again.</summary>
    public const string TakenBack = "taken_back";

    /// <summary>The slice ended without a swap: its amount is the account's again.</summary>
    public const string Returned = "returned";

    /// <summary>A withdrawal was asked for and its amount set aside.</summary>
    public const string Withdrawing = "withdrawing";

    /// <summary>The owner's wallet was paid.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The chain took the evidence of a withdrawal back, which is under way again.</summary>
    public const string WithdrawalTakenBack = "withdrawal_taken_back";

    /// <summary>The withdrawal can never happen: its amount is the account's again.</summary>
    public const string WithdrawalReturned = "withdrawal_returned";
}
