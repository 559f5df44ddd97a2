namespace OrderService.Domain.Orders;

/// <summary>The slot of a group: which of its legs was sent and is not decided. No other one is sent while it has it.</summary>
public sealed class GroupSlot
{
    private GroupSlot()
    {
    }

    /// <summary>The slot of a new group, which no leg has.</summary>
    public GroupSlot(Guid groupId, GroupKind kind) => (GroupId, Kind) = (groupId, kind);

    /// <summary>The group.</summary>
    public Guid GroupId { get; private set; }

    /// <summary>What its legs are to each other.</summary>
    public GroupKind Kind { get; private set; }

    /// <summary>The leg that has it; null while none does.</summary>
    public int? Leg { get; private set; }

    /// <summary>True where that leg was swapped, and no reorganisation takes it back: its rivals end.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>True where another leg has it.</summary>
    public bool IsTakenFrom(int leg) => Leg is { } holder && holder != leg;

    internal void Take(int? leg) => Leg = leg;

    internal void Decide() => IsFinal = true;
}
