using OrderService.Domain.Amounts;

namespace OrderService.Domain.Orders;

/// <summary>The slot of a group: which of its legs was sent and is not decided. No other one is sent while it has it.</summary>
public sealed class GroupSlot
{
    private GroupSlot()
    {
    }

    /// <summary>The slot of a new group, which no leg has.</summary>
    public GroupSlot(Guid groupId, GroupKind kind, bool sellsAll = false) => (GroupId, Kind, SellsAll) = (groupId, kind, sellsAll);

    /// <summary>The group.</summary>
    public Guid GroupId { get; private set; }

    /// <summary>What its legs are to each other.</summary>
    public GroupKind Kind { get; private set; }

    /// <summary>The leg that has it; null while none does.</summary>
    public int? Leg { get; private set; }

    /// <summary>True where that leg was swapped, and no reorganisation takes it back: its rivals end.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>
    /// True where the legs that come later sell all that the first one bought: what they are said to sell is what is expected.
    /// </summary>
    public bool SellsAll { get; private set; }

    /// <summary>What an account has set aside for the legs that come later; null where that is not done, or not any more.</summary>
    public TokenAmount? Funded { get; private set; }

    /// <summary>When it is to be set aside, since the first leg is swapped; null where it need not be.</summary>
    public DateTimeOffset? FundAt { get; private set; }

    /// <summary>True where another leg has it.</summary>
    public bool IsTakenFrom(int leg) => Leg is { } holder && holder != leg;

    internal void Take(int? leg) => Leg = leg;

    internal void Decide() => IsFinal = true;

    internal void Fund(TokenAmount? amount) => (Funded, FundAt) = (amount, null);

    internal void LookAgain(DateTimeOffset? at) => FundAt = at;
}
