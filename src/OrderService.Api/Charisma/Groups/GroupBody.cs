using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Groups;

/// <summary>A new group: what its legs are to each other, its id, and the legs, each as the body of one order is read.</summary>
internal sealed record GroupBody(GroupKind Kind, Guid Id, IReadOnlyList<NewOrderRecord> Legs, StacksAddress Owner)
{
    /// <summary>The managed account that pays; null where the wallet does.</summary>
    public StacksAddress? Account { get; init; }

    /// <summary>True where the legs that come later sell all that the first one bought.</summary>
    public bool SellsAll { get; init; }

    /// <summary>The largest body of such a call, in bytes.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>The words for what the legs are to each other.</summary>
    public static string Words { get; } = string.Join(", ", Enum.GetValues<GroupKind>().Select(Text));

    /// <summary>The word for it.</summary>
    public static string Text(GroupKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Reads exactly the words.</summary>
    public static bool TryParse(string? word, out GroupKind kind)
    {
        kind = Array.Find(Enum.GetValues<GroupKind>(), one => Text(one) == word);
        return Text(kind) == word;
    }

    /// <summary>The group of a body that its rules let pass.</summary>
    public static Result<GroupBody> Of(NewGroupRecord body)
    {
        var legs = body.Legs.Value!;
        if (OwnerOf(legs).IsRejected(out var why, out var owner) || IdOf(body.GroupId, legs[0]).IsRejected(out why, out var id)) return why;
        var group = new GroupBody(body.Type.Value, id, legs, owner);
        if (body.SellAll.IsGiven && !body.SellAll.IsRead) return new OrderError.Field("sellAll", "must be true or false");
        if (!body.Account.IsGiven)
        {
            return body.SellAll is { IsRead: true, Value: true }
                ? new OrderError.Field("sellAll", "is for legs that an account pays for: what a wallet sells is fixed when it is signed")
                : group;
        }
        return body.Account.IsRead
            ? OfAccount(group with { Account = body.Account.Value, SellsAll = body.SellAll is { IsRead: true, Value: true } })
            : new OrderError.Field("account", "must be the address of an account", "invalid_principal");
    }

    // What is set aside goes by the id of the first leg, once for legs of which one is swapped at most.
    private static Result<GroupBody> OfAccount(GroupBody group)
    {
        var (first, rivals) = (group.Legs[0], group.Kind == GroupKind.Oco ? 0 : 1);
        if (!first.Uuid.IsRead || group.Id != first.Uuid.Value.Key)
            return new OrderError.Field("groupId", "must be the uuid of the first leg where an account pays, or left out");
        if (group.Legs.Any(leg => leg.Signature.IsGiven || leg.TermsSignature.IsGiven))
            return new OrderError.Field("account", "pays for legs that no wallet signs: leave out their signatures");
        if (group.SellsAll && group.Kind == GroupKind.Oco)
            return new OrderError.Field("sellAll", "is for legs that wait for another: an oco has none");
        return group.Legs.Skip(rivals)
            .All(leg => leg.InputToken.IsRead && group.Legs[^1].InputToken.IsRead
                && leg.InputToken.Value == group.Legs[^1].InputToken.Value)
            ? group
            : new OrderError.Field($"legs[{rivals + 1}].inputToken",
                "must be what the leg before it sells where an account pays: it is set aside once for both");
    }

    private static Result<StacksAddress> OwnerOf(IReadOnlyList<NewOrderRecord> legs)
    {
        for (var at = 0; at < legs.Count; at++)
        {
            if (!legs[at].Owner.IsRead) return new OrderError.Field($"legs[{at}].owner", "must be a Stacks address", "invalid_principal");
            if (legs[at].Owner.Value != legs[0].Owner.Value)
                return new OrderError.Field($"legs[{at}].owner", "must be the owner of the other legs too: a group is of one wallet");
        }
        return legs[0].Owner.Value;
    }

    // A wallet that signs the terms of a leg has to know the id before.
    private static Result<Guid> IdOf(Given<OrderUuid> given, NewOrderRecord first)
    {
        if (!given.IsGiven) return first.Uuid.IsRead ? first.Uuid.Value.Key : new OrderError.Field("legs[0].uuid", "must be a uuid");
        return given.IsRead ? given.Value.Key : new OrderError.Field("groupId", "must be a uuid");
    }
}
