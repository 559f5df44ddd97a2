using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// GET orders and orders/index: an owner's orders, by page or by cursor. Only the owner may ask, unless the operator lets everyone.
/// </summary>
internal static class GetOrders
{
    public static async Task<IResult> HandleAsync(HttpContext context, ListOrders list, CancellationToken token)
    {
        if ((await list.HandleAsync(ListProof.QueryOf(context), token)).IsRejected(out var why, out var page))
            return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, Of(page), CharismaJson.Default.OrderListRecord);
    }

    // By cursor its end is told as null; a page has a cursor only where it can be walked on from.
    private static OrderListRecord Of(OrderPage page)
    {
        var pagination = page is { Page: { } number, Total: { } total } ? PaginationOf(page, number, total) : null;
        return new OrderListRecord
        {
            Status = Answers.Success, Data = [.. page.Orders.Select(OrderJson.Of)], Pagination = pagination,
            NextCursor = pagination is null || page.NextCursor is not null ? new TextOrNull(page.NextCursor) : null,
        };
    }

    private static PaginationRecord PaginationOf(OrderPage page, int number, long total)
    {
        var pages = (total + page.Limit - 1) / page.Limit;
        return new PaginationRecord
        {
            Total = total, TotalIsExact = page.TotalIsExact, Page = number, Limit = page.Limit, TotalPages = pages,
            HasNextPage = number < pages || !page.TotalIsExact, HasPrevPage = number > 1,
        };
    }
}
