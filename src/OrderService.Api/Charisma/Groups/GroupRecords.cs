using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Groups;

/// <summary>Orders of one wallet that depend on each other, each signed as it is for POST orders/new.</summary>
internal sealed record NewGroupRecord : RequestRecord
{
    /// <summary>
    /// oco: two legs, of which one is swapped at most; when one is, the other is cancelled. oto: the second leg waits until the first is
    /// swapped. bracket: an entry, and once that is swapped two exits (a take-profit and a stop-loss) of which one is swapped at most.
    /// </summary>
    [Words("oco", "oto", "bracket")]
    [ReadBy(typeof(GroupBody))]
    public required Given<GroupKind> Type { get; init; }

    /// <summary>The group's id, a fresh uuid; without it that of the first leg. Whoever signs the terms of a leg signs it too.</summary>
    [Is(Shape.Uuid)]
    public Given<OrderUuid> GroupId { get; init; }

    /// <summary>
    /// The managed account that pays, by its address. Its legs are not signed. Legs that cancel each other sell one token, which is set
    /// aside once for both; what a leg sells that waits for another is set aside when that one is swapped. Needs a key with the permissions
    /// create and trade.
    /// </summary>
    [Is(Shape.Address)]
    public Given<StacksAddress> Account { get; init; }

    /// <summary>
    /// Of an oto or a bracket that an account pays for: the legs after the first sell all that it bought, which it pays to the account;
    /// their amountIn is what is expected, and what they show until then. Without it they sell their amountIn.
    /// </summary>
    /// <example>true</example>
    public Given<bool> SellAll { get; init; }

    /// <summary>The legs in their order, from leg 1: two, or three of a bracket.</summary>
    public required Given<IReadOnlyList<NewOrderRecord>> Legs { get; init; }
}

/// <summary>A group with its legs.</summary>
internal sealed record GroupRecord
{
    internal const string Open = "open";
    internal const string Ended = "ended";

    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string GroupId { get; init; }

    /// <summary>What its legs are to each other.</summary>
    [Words("oco", "oto", "bracket")]
    public required string Type { get; init; }

    /// <summary>open while something of it may still be swapped or is being ended, else ended.</summary>
    [Words(Open, Ended)]
    public required string Status { get; init; }

    /// <summary>
    /// The leg that was sent and is not decided: no other leg is sent meanwhile. Once a leg that cancels another is swapped for good it
    /// stays here.
    /// </summary>
    /// <example>1</example>
    [Bounds(1, 3)]
    public int? ActiveLeg { get; init; }

    /// <summary>The managed account that pays for it.</summary>
    [Is(Shape.Address)]
    public string? Account { get; init; }

    /// <summary>true where the legs after the first sell all that it bought.</summary>
    /// <example>true</example>
    public bool? SellAll { get; init; }

    /// <summary>The legs by number.</summary>
    public required IReadOnlyList<OrderRecord> Legs { get; init; }
}
