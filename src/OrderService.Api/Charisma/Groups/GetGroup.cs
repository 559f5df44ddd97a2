using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Groups;

/// <summary>GET orders/groups/{groupId}: a group with its legs as they read now; <see cref="ReadableOrder"/> says to whom.</summary>
internal static class GetGroup
{
    public static async Task<IResult> HandleAsync(
        string groupId, HttpContext context, FindGroup find, ReadableOrder readable, CancellationToken token) =>
            OrderUuid.TryParse(groupId, out var id) && await find.HandleAsync(id.Key, token) is { } group
                && await readable.IsToldAsync(group.Legs[0].Order, context, token)
                ? Told(context, group)
                : CharismaErrors.From(new OrderError.NotFound());

    /// <summary>The answer that tells a group.</summary>
    public static JsonAnswer Told(HttpContext context, GroupView group) =>
        JsonAnswer.Fresh(context, new SuccessRecord<GroupRecord> { Status = Answers.Success, Data = Of(group) },
            CharismaJson.Default.SuccessRecordGroupRecord);

    private static GroupRecord Of(GroupView group) => new()
    {
        GroupId = group.Slot.GroupId.ToString(),
        Type = GroupBody.Text(group.Slot.Kind),
        Status = group.Legs.All(leg => leg.Order.StatusAt(leg.ReadAt).IsTerminal()) ? GroupRecord.Ended : GroupRecord.Open,
        ActiveLeg = group.Slot.Leg,
        Account = group.Legs[0].Order.Account?.ToString(),
        SellAll = group.Slot.SellsAll ? true : null,
        Legs = [.. group.Legs.Select(OrderJson.Of)],
    };
}
