namespace OrderService.Domain.Orders;

/// <summary>What the legs of a group are to each other.</summary>
public enum GroupKind
{
    /// <summary>One cancels the other: of two legs one is swapped at most.</summary>
    Oco,

    /// <summary>One triggers the other: the second leg waits until the first is swapped.</summary>
    Oto,

    /// <summary>An entry, and once that is swapped two exits of which one cancels the other.</summary>
    Bracket,
}

/// <summary>The rules of each kind, by the numbers of its legs from 1.</summary>
public static class GroupKinds
{
    /// <summary>How many legs it has.</summary>
    public static int LegsCount(this GroupKind kind) => kind == GroupKind.Bracket ? 3 : 2;

    /// <summary>The leg that has to be swapped before this one may be; null where there is none.</summary>
    public static int? After(this GroupKind kind, int leg) => kind != GroupKind.Oco && leg > 1 ? 1 : null;

    /// <summary>True for two legs of which one is swapped at most.</summary>
    public static bool AreRivals(this GroupKind kind, int leg, int other) => leg != other && kind switch
    {
        GroupKind.Oco => true,
        GroupKind.Bracket => leg > 1 && other > 1,
        _ => false,
    };
}
