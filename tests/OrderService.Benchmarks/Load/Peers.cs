using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// What the create route is held against: the same request parsed and validated and no more, and the same order stored with one SaveChanges
/// a request.
/// </summary>
internal static class Peers
{
    public const string ParseOnly = "/bench/parse";
    public const string SaveChanges = "/bench/savechanges";

    public static void Map(WebApplication app)
    {
        app.MapPost(ParseOnly, Parse).Takes<NewOrderRecord>(CharismaBodies.Style);
        app.MapPost(SaveChanges, SaveAsync).Takes<NewOrderRecord>(CharismaBodies.Style);
    }

    private static IResult Parse(HttpContext context, ISwapRouter router) =>
        BodyFilter<NewOrderRecord>.BodyOf(context).ToOrder(router.Terms).IsRejected(out var why, out _)
            ? CharismaErrors.From(why) : Results.Ok();

    private static async Task<IResult> SaveAsync(
        HttpContext context, ISwapRouter router, PairDirectory pairs, IDbContextFactory<OrdersDb> databases, TimeProvider time,
        CancellationToken token)
    {
        if (BodyFilter<NewOrderRecord>.BodyOf(context).ToOrder(router.Terms).IsRejected(out var why, out var wanted))
            return CharismaErrors.From(why);
        var order = Create(wanted, time.GetUtcNow());
        int? pairId = (await pairs.IdOfAsync(wanted.Terms.ConditionToken!.Value, wanted.Terms.BaseAsset ?? TokenId.Usd,
            wanted.Terms.Owner.ToString(), new PairLimits(1_000, 1_000), token)).Value;
        await using var db = await databases.CreateDbContextAsync(token);
        db.Orders.Add(order);
        foreach (var slice in order.Slices) db.Entry(slice).Property(s => s.PairId).CurrentValue = pairId;
        db.AddRange(order.TakeNews());
        await db.SaveChangesAsync(token);
        return Answers.Order(context, new OrderView(order, [], time.GetUtcNow()));
    }

    /// <summary>The order of really signed terms.</summary>
    public static Order Create(NewOrder wanted, DateTimeOffset now)
    {
        var terms = wanted.Terms;
        var intent = new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId);
        if (!VerifiedIntent.TryVerify(intent, SignedOrders.SignatureOf(wanted), terms.Owner, out var verified))
            throw new InvalidOperationException("a signature of our own was refused");
        var order = Order.Create(verified, terms, wanted.Dialect, null, wanted.ClientFields, 3, now).Value;
        // of the size of a sealed one: nothing here opens it
        order.KeepSealed(new byte[OrderService.Engine.Sealing.SignatureSeal.Size], null);
        return order;
    }
}
