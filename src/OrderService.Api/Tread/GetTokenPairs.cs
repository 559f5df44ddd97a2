using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;

namespace OrderService.Api.Tread;

/// <summary>GET get_token_pairs: every pair that can be traded either way.</summary>
internal static class GetTokenPairs
{
    public static IResult Handle(HttpContext context, TradeAssets assets, ISwapRouter router)
    {
        var all = assets.All;
        var reach = all.ToDictionary(a => a.Symbol, a => a.Sellable(router).SelectMany(sold => router.ReachableFrom(sold.Id)).ToHashSet());
        var pairs =
            all.SelectMany(of => all.Where(by => by != of && (Reaches(of, by) || Reaches(by, of))).Select(by => Of(of, by, assets.Venue)));
        return JsonAnswer.Fresh(context, new PairListRecord { Pairs = [.. pairs] }, TreadJson.Default.PairListRecord);

        bool Reaches(TradeAsset of, TradeAsset by) => of.Tokens.Any(t => reach[by.Symbol].Contains(t.Id));
    }

    private static PairRecord Of(TradeAsset of, TradeAsset by, string venue) => new()
    {
        Name = new TradePair(of, by).Name, Base = of.Symbol, Quote = by.Symbol, Exchanges = [venue], IsContract = false, IsInverse = false,
        MarketType = "spot", BaseImage = of.Image, QuoteImage = by.Image,
    };
}
