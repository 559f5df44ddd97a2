using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders;

/// <summary>A sale that is allowed, with what is to be counted where the key has a limit a day.</summary>
internal readonly record struct AllowedSale(KeySale? Counted);

/// <summary>
/// Says whether whoever asks may sell an account's funds on these terms. A wallet may; an API key needs the permission, and stays within
/// its limits.
/// </summary>
internal sealed class JudgeKeySale(
    TokenRegistry tokens, PriceBoard prices, NpgsqlDataSource source, IOptions<OrdersOptions> options, TimeProvider time)
{
    public Result<AllowedSale> Judge(Caller by, OrderTerms terms)
    {
        if (by.Key is not { } key) return new AllowedSale(null);
        if (key.RefusesSale(terms, options.Value.DefaultSlippageBps) is { } refused) return refused;
        if (key.MaxUsdPerDay is not { } limit) return new AllowedSale(null);
        var now = time.GetUtcNow();
        if (UsdOf(terms, now) is not { } usd)
        {
            return new OrderError.Unavailable("no_believed_price",
                $"This API key may sell for {limit} dollars a day, and what this order is worth is not known now", TimeSpan.FromSeconds(5));
        }
        return new AllowedSale(new KeySale(key.Id, DateOnly.FromDateTime(now.UtcDateTime), usd, limit));
    }

    /// <summary>
    /// Why an order of these terms would be refused now, what the key has sold today taken into account; null where it would not be.
    /// Nothing is counted.
    /// </summary>
    public async Task<OrderError?> RefusalNowAsync(Caller by, OrderTerms terms, CancellationToken token)
    {
        if (Judge(by, terms).IsRejected(out var why, out var sale)) return why;
        return sale.Counted is { } counted && !await KeySales.HasRoomAsync(source, counted, token) ? KeySales.Refusal(counted) : null;
    }

    // Rounded up; what is worth more than a price can say is more than any limit.
    private Price? UsdOf(OrderTerms terms, DateTimeOffset now)
    {
        var id = terms.SellToken;
        if (tokens.Find(id) is not { } token || !prices.TryRead(id, now, out var price)) return null;
        var whole = UInt128.Parse($"1{new string('0', token.Decimals)}", null);
        var count = Wide.MulDivCeiling(terms.AmountIn.Units, price.Usd.Count, whole) ?? UInt128.MaxValue;
        return count > Price.MaxValue.Count ? Price.MaxValue : new Price(count);
    }
}
