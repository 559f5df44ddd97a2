using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>Reads orders and answers them in this wire's shape.</summary>
internal sealed class PanoraOrders(
    ListScheduledOrders list, AbsentOrders absent, PastPrices prices, TokenRegistry tokens, ISwapRouter router)
{
    /// <summary>The order with this id, where it is the owner's and of this product.</summary>
    public async Task<ScheduledView?> FindAsync(PanoraProduct product, StacksAddress owner, PanoraTxId id, CancellationToken token) =>
        await list.OneAsync(QueryOf(product, owner, id), token);

    /// <summary>What is said of one that was not found.</summary>
    public async Task<IResult> AbsentAsync(PanoraProduct product, StacksAddress owner, PanoraTxId id, CancellationToken token) =>
        PanoraErrors.From(await absent.WhyAsync(QueryOf(product, owner, id), token));

    /// <summary>The id of the order that a first try of this call has stored, or null.</summary>
    public async Task<PanoraTxId?> FirstTryAsync(PanoraProduct product, StacksAddress owner, Guid uuid, CancellationToken token) =>
        await list.OneAsync(new OrderQuery { Owner = owner, Dialect = product.Dialect, Ids = [uuid] }, token) is { } stored
            && PanoraTxId.TryParse(stored.PublicId, out var id) ? id : null;

    /// <summary>One order, whole.</summary>
    public async Task<IResult> AnswerAsync(
        HttpContext context, PanoraProduct product, Caller caller, PanoraTxId id, CancellationToken token)
    {
        if (await FindAsync(product, caller.Owner, id, token) is not { } order)
            return await AbsentAsync(product, caller.Owner, id, token);
        context.Response.Headers["X-Order-Id"] = id.ToString();
        return product == PanoraProduct.Dca
            ? JsonAnswer.Fresh(context, DcaOf(order, null), PanoraJson.Default.DcaOrderRecord)
            : JsonAnswer.Fresh(context, LimitOf(order, null), PanoraJson.Default.LimitOrderRecord);
    }

    /// <summary>A page of orders, with what happened to them where it was asked for.</summary>
    public async Task<IResult> PageAsync(
        HttpContext context, PanoraProduct product, Caller caller, OrdersQuery query, CancellationToken token)
    {
        var (orders, total) = await ReadAsync(product, caller, query, token);
        var details = query.WithDetails ? await DetailsAsync(orders, token) : null;
        return product == PanoraProduct.Dca
            ? JsonAnswer.Fresh(context, PageOf(query, total, orders.Select(order => DcaOf(order, details))),
                PanoraJson.Default.OrderPageRecordDcaOrderRecord)
            : JsonAnswer.Fresh(context, PageOf(query, total, orders.Select(order => LimitOf(order, details))),
                PanoraJson.Default.OrderPageRecordLimitOrderRecord);
    }

    private static OrderQuery QueryOf(PanoraProduct product, StacksAddress owner, PanoraTxId id) =>
        new() { Owner = owner, Dialect = product.Dialect, PublicId = id.ToString() };

    private OrderPageRecord<T> PageOf<T>(OrdersQuery query, int total, IEnumerable<T> orders) => new()
    {
        ChainId = router.Terms.Network.ChainId, ToWalletAddress = query.ToWallet.ToString(), PageNumber = query.Page,
        TotalPages = (total + query.Limit - 1) / query.Limit, Orders = [.. orders],
    };

    private async Task<(IReadOnlyList<ScheduledView> Orders, int Total)> ReadAsync(
        PanoraProduct product, Caller caller, OrdersQuery query, CancellationToken token)
    {
        var wanted = new OrderQuery
        {
            Owner = caller.Owner, Dialect = product.Dialect, Recipient = Principal.From(query.ToWallet), PublicId = query.Id?.ToString(),
            IsOpen = query.IsOpen, Page = query.Page, Limit = query.Limit,
        };
        var page = await list.HandleAsync(wanted, query.WithDetails, token);
        return (page.Orders, page.Total);
    }

    private async Task<IReadOnlyDictionary<Guid, TxDetails>> DetailsAsync(IReadOnlyList<ScheduledView> orders, CancellationToken token)
    {
        var entries = orders.ToDictionary(o => o.Id, TxHistory.Of);
        var moments = new HashSet<(TokenId, DateTimeOffset)>();
        foreach (var order in orders)
        {
            foreach (var entry in entries[order.Id])
            {
                moments.Add((order.SellToken, entry.At));
                if (entry.AmountOut > TokenAmount.Zero) moments.Add((order.BuyToken, entry.At));
            }
        }
        var usd = await prices.HandleAsync(moments, token);
        return orders.ToDictionary(o => o.Id, o => new TxDetails(entries[o.Id], o.StoryIsCut, usd));
    }

    private DcaOrderRecord DcaOf(ScheduledView order, IReadOnlyDictionary<Guid, TxDetails>? details) =>
        OrderJson.DcaOf(order, router.Terms.Network.ChainId, Known(order.SellToken), Known(order.BuyToken), details?[order.Id]);

    private LimitOrderRecord LimitOf(ScheduledView order, IReadOnlyDictionary<Guid, TxDetails>? details) =>
        OrderJson.LimitOf(order, router.Terms.Network.ChainId, Known(order.SellToken), Known(order.BuyToken), details?[order.Id]);

    // A token that the registry dropped since: its id is all that is known then.
    private Token Known(TokenId id) => tokens.Find(id) ?? Token.Unlisted(id);
}
