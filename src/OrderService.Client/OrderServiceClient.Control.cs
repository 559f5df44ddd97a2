using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderService.Client;

// Groups, and what changes an order or puts another in its place.
public sealed partial class OrderServiceClient
{
    /// <summary>
    /// Signs orders that depend on each other and places them together or not at all. The id makes it one group, as an order's uuid makes
    /// it one order: give it, and the uuids of the legs, where the program may be started again between its decision and the answer.
    /// </summary>
    public async Task<OrderGroup> PlaceGroupAsync(
        GroupType type, IReadOnlyList<NewOrder> legs, string? groupId = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(legs);
        var signed = new List<object>(legs.Count);
        foreach (var leg in legs) signed.Add(await SignAsync(leg, token));
        var body = new { type = Word(type), groupId = groupId ?? Guid.NewGuid().ToString(), legs = signed };
        return (await _http.ReadAsync<DataAnswer<OrderGroup>>(() => Request(HttpMethod.Post, "orders/groups", body), token)).Data;
    }

    /// <summary>
    /// What a group would be, with all that is wrong with it and each leg; nothing is stored, and nothing needs a signature.
    /// </summary>
    public async Task<GroupPreview> PreviewGroupAsync(GroupType type, IReadOnlyList<NewOrder> legs, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(legs);
        var owner = await AddressAsync(token);
        var body = new { type = Word(type), legs = legs.Select(leg => leg.Body(owner, null)).ToArray() };
        return (await _http.ReadAsync<DataAnswer<GroupPreview>>(() => Request(HttpMethod.Post, "orders/groups/preview", body), token)).Data;
    }

    /// <summary>A group with its legs, as anyone sees it who knows its id.</summary>
    public Task<OrderGroup> GroupAsync(string groupId, CancellationToken token = default) =>
        GetAsync<OrderGroup>($"orders/groups/{groupId}", token);

    /// <summary>Cancels all legs of a group; what became of each. One that is in flight says so, with its transaction.</summary>
    public async Task<IReadOnlyList<CancelledOrder>> CancelGroupAsync(string groupId, CancellationToken token = default)
    {
        var filter = new JsonObject { ["groupId"] = groupId };
        var body = options.ApiKey is null ? null : new { filter }; // what a wallet signs stands in the message alone
        return (await SignedAsync<DataAnswer<IReadOnlyList<CancelledOrder>>>(HttpMethod.Post, "orders/cancel-all", "cancel_all", body,
            token, ("filter", filter))).Data;
    }

    /// <summary>One order with its revision, which <see cref="AmendAsync"/> wants.</summary>
    public async Task<RevisedOrder> RevisedAsync(string uuid, CancellationToken token = default)
    {
        var (order, revision) = await ReadRevisedAsync<PlacedOrder>(uuid, token);
        return new RevisedOrder(order, revision);
    }

    /// <summary>
    /// Changes an order that has not ended, in the revision that was read: another's change in between is refused
    /// (<c>revision_mismatch</c>) and not written over. An order whose terms are signed as a whole (<c>termsBound</c>) is changed by the
    /// TypeScript client.
    /// </summary>
    public async Task<PlacedOrder> AmendAsync(RevisedOrder order, OrderChanges changes, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(changes);
        var (uuid, asked) = (order.Order.Uuid, changes.Body());
        if (options.Signer is not null) await NetworkAsync(token);
        var body = options.ApiKey is null ? null : new { changes = asked };
        try
        {
            return (await _http.ReadAsync<DataAnswer<PlacedOrder>>(
                () => Request(HttpMethod.Patch, $"orders/{uuid}", body,
                    [.. Proof("amend_order", [("uuid", uuid), ("changes", asked)]), ("If-Match", Tag(order.Revision))]),
                token)).Data;
        }
        catch (ServiceRefusedException refused) when (refused.Code == "revision_mismatch")
        {
            // It may be one's own change whose answer was lost.
            var (now, revision) = await ReadRevisedAsync<JsonObject>(uuid, token);
            if (revision != order.Revision + 1 || !changes.AreIn(now)) throw;
            return await OrderAsync(uuid, token);
        }
    }

    /// <summary>
    /// Signs an order and puts it in the place of another, which is cancelled: both or neither. A leg of a group cannot be replaced.
    /// </summary>
    public async Task<PlacedOrder> ReplaceAsync(string uuid, NewOrder order, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var body = new { order = await SignAsync(order, token) };
        return (await SignedAsync<DataAnswer<PlacedOrder>>(HttpMethod.Post, $"orders/{uuid}/replace", "replace_order", body, token,
            ("uuid", uuid), ("newUuid", order.Uuid))).Data;
    }

    private async Task<(T Order, int Revision)> ReadRevisedAsync<T>(string uuid, CancellationToken token)
    {
        var (answer, tag) = await _http.ReadTaggedAsync<DataAnswer<T>>(() => Request(HttpMethod.Get, $"orders/{uuid}", null), token);
        return (answer.Data, int.TryParse(tag?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1);
    }

    private static string Tag(int revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    private static string Word(GroupType type) => type.ToString().ToLowerInvariant();
}
