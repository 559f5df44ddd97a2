using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Groups;

/// <summary>The body of POST orders/groups as it came: what its legs are to each other, the group's id, and the legs, each as the body of one order is read.</summary>
internal sealed record GroupBody(GroupKind Kind, Guid Id, IReadOnlyList<NewOrderRecord> Legs, StacksAddress Owner)
{
    /// <summary>The largest body of such a call, in bytes.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>The words for what the legs are to each other.</summary>
    public static string Words { get; } = string.Join(", ", Enum.GetValues<GroupKind>().Select(Text));

    /// <summary>The word for it.</summary>
    public static string Text(GroupKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Reads the body of a request.</summary>
    public static Task<Result<GroupBody>> ReadAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value;
        return RequestBody.ReadAsync(context, BytesMax, json => Read(json, options));
    }

    /// <summary>Reads UTF-8 that is known to be valid. What is wrong with one leg is that leg's own fault.</summary>
    public static Result<GroupBody> Read(ReadOnlyMemory<byte> json, OrdersApiOptions options)
    {
        if (BatchBody.TryParse(json, out var document) is { } fault) return fault;
        using (document) return Read(document!.RootElement, options);
    }

    private static Result<GroupBody> Read(JsonElement body, OrdersApiOptions options)
    {
        (JsonElement? Type, JsonElement? GroupId, JsonElement? Legs) given = default;
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "type" when given.Type is null: given.Type = field.Value; break;
                case "groupId" when given.GroupId is null: given.GroupId = field.Value; break;
                case "legs" when given.Legs is null: given.Legs = field.Value; break;
                case "type" or "groupId" or "legs": return BatchBody.Malformed($"the field {field.Name} is given twice");
                default: return new OrderError.Field(field.Name, "is not a field of a group: say type, groupId and legs");
            }
        }
        var word = given.Type is { ValueKind: JsonValueKind.String } type ? type.GetString() : null;
        if (Array.Find(Enum.GetValues<GroupKind>(), one => Text(one) == word) is var kind && Text(kind) != word) return new OrderError.Field("type", $"must be one of {Words}");
        if (given.Legs is not { ValueKind: JsonValueKind.Array } legs || legs.GetArrayLength() != kind.LegsCount()) return new OrderError.Field("legs", $"must be a list of {kind.LegsCount()} orders: a group of type {word} has as many legs");
        var read = legs.EnumerateArray().Select(leg => BatchBody.ReadOrder(leg, options)).ToArray();
        if (OwnerOf(read).IsRejected(out var why, out var owner) || IdOf(given.GroupId, read[0]).IsRejected(out why, out var id)) return why;
        return new GroupBody(kind, id, read, owner);
    }

    private static Result<StacksAddress> OwnerOf(NewOrderRecord[] legs)
    {
        for (var at = 0; at < legs.Length; at++)
        {
            if (!legs[at].Owner.IsRead) return new OrderError.Field($"legs[{at}].owner", "must be a Stacks address", "invalid_principal");
            if (legs[at].Owner.Value != legs[0].Owner.Value) return new OrderError.Field($"legs[{at}].owner", "must be the owner of the other legs too: a group is of one wallet");
        }
        return legs[0].Owner.Value;
    }

    // A wallet that signs the terms of a leg has to know the id before.
    private static Result<Guid> IdOf(JsonElement? given, NewOrderRecord first)
    {
        if (given is null) return first.Uuid.IsRead ? first.Uuid.Value.Key : new OrderError.Field("legs[0].uuid", "must be a uuid");
        return given is { ValueKind: JsonValueKind.String } text && OrderUuid.TryParse(text.GetString(), out var id) ? id.Key : new OrderError.Field("groupId", "must be a uuid");
    }
}
