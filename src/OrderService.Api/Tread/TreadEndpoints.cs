using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>The core order API of Tread.fi under <c>/api</c>. Every path is served with and without its last slash.</summary>
internal static class TreadEndpoints
{
    public const string BasePath = "/api";

    /// <summary>Maps its routes.</summary>
    public static void MapTread(this IEndpointRouteBuilder routes)
    {
        var once = new IdempotencyFilter(context => TreadCaller.Of(context).Name, TreadErrors.From, StatusCodes.Status201Created);

        var lists = Group(routes, "Orders", context => context.Request.Query.ContainsKey("custom_order_ids") ? OutageTexts.Usual : OutageTexts.List, tellsWhy: true);
        lists.MapGet("/orders", GetOrders.HandleAsync);
        lists.MapGet("/active_orders", GetActiveOrders.HandleAsync);

        var orders = Group(routes, "Orders", _ => OutageTexts.Usual, tellsWhy: true);
        orders.MapPost("/orders", PostOrder.HandleAsync).AddEndpointFilter(once);
        orders.MapGet("/order_summary/{id?}", GetOrderSummary.HandleAsync);
        orders.MapDelete("/order/{id?}", DeleteOrder.HandleAsync);
        orders.MapPost("/pause_order", PostPauseOrder.HandleAsync);
        Group(routes, "Orders", _ => OutageTexts.Detail, tellsWhy: true).MapGet("/order/{id?}", GetOrder.HandleAsync);
        Group(routes, "Orders", _ => OutageTexts.Resume, tellsWhy: true).MapPost("/resume_order", PostResumeOrder.HandleAsync);
        Group(routes, "Orders", _ => OutageTexts.List, tellsWhy: true).MapPost("/amend_order", PostAmendOrder.HandleAsync);

        var plain = Group(routes, "Orders", _ => OutageTexts.Plain, tellsWhy: true);
        plain.MapGet("/order_errors", GetOrderErrors.HandleAsync);
        plain.MapPost("/order_messages", GetOrderErrors.PostAsync);
        plain.MapGet("/placements", GetPlacements.HandleAsync);
        plain.MapPost("/cancel_all_orders", PostCancelAll.HandleAsync);

        var short401 = Group(routes, "Orders", _ => OutageTexts.Plain, tellsWhy: false);
        short401.MapGet("/orders_with_stats", GetOrdersWithStats.HandleAsync);
        short401.MapPost("/pause_all_orders", PostPauseAll.HandleAsync);
        short401.MapPost("/resume_all_orders", PostResumeAll.HandleAsync);

        var reference = Group(routes, "Reference", _ => OutageTexts.Plain, tellsWhy: true);
        reference.MapGet("/strategies", GetStrategies.Handle);
        reference.MapGet("/get_token_pairs", GetTokenPairs.Handle);
        reference.MapPost("/validate_order_condition", PostValidateCondition.HandleAsync);

        routes.Map(UserOrdersSocket.Path, (HttpContext context, UserOrdersSocket socket) => socket.HandleAsync(context)).ExcludeFromDescription();
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string tag, Func<HttpContext, OutageTexts> textsOf, bool tellsWhy) =>
        routes.MapGroup(BasePath).WithTags(tag).AddEndpointFilter(new OutageFilter(textsOf)).AddEndpointFilter(new TokenFilter(tellsWhy));
}
