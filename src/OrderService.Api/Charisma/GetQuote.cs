using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>GET quote: what a swap would pay now. Where no route exists it says so, rather than offering an empty one.</summary>
internal static class GetQuote
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, TokenRegistry tokens, IOptions<OrdersApiOptions> options, CancellationToken token)
    {
        var query = context.Request.Query;
        foreach (var name in (string[])["tokenIn", "tokenOut", "amount"])
        {
            if (query.Text(name) is null) return CharismaErrors.Sentence(name, $"Missing {name} parameter", ofQuote: true);
        }
        if (!TokenAmount.TryParse(query.Text("amount"), out var amount) || amount == TokenAmount.Zero)
            return CharismaErrors.Sentence("amount", "Invalid amount parameter. Must be a positive integer.", ofQuote: true);
        if (!TryReadSlippage(query.Text("slippageBps"), options.Value, out var slippage))
        {
            return CharismaErrors.Sentence("slippageBps", "Invalid slippageBps parameter. Must be a whole number of 0 to 10000.",
                ofQuote: true);
        }
        if (!tokens.HasLoaded) return CharismaErrors.FromQuote(GetTokens.NotLoaded);
        if (Find(tokens, query.Text("tokenIn")) is not { } sell) return Unknown("tokenIn", query);
        if (Find(tokens, query.Text("tokenOut")) is not { } buy) return Unknown("tokenOut", query);

        var offer = await router.QuoteAsync(sell.Id, buy.Id, amount, token);
        if (offer.IsRejected(out var why, out var quote)) return Refused(why);
        return JsonAnswer.Fresh(context, QuoteJson.Of(quote, slippage, tokens.Find, router.FindVault),
            CharismaJson.Default.QuoteAnswerRecord);
    }

    private static bool TryReadSlippage(string? text, OrdersApiOptions options, out BasisPoints slippage)
    {
        slippage = BasisPoints.Of(options.DefaultSlippageBps);
        if (text is null) return true;
        return WireNumber.TryParse(text, out var number) && number.TryBasisPoints(0, out var bps) && bps >= 0 && bps <= BasisPoints.Max
            && BasisPoints.TryCreate((int)bps, out slippage);
    }

    private static Token? Find(TokenRegistry tokens, string? text) => TokenId.TryParse(text, out var id) ? tokens.Find(id) : null;

    private static IResult Unknown(string name, IQueryCollection query) =>
        CharismaErrors.FromQuote(new OrderError.UnknownToken(name, query.Text(name)!));

    // The sentence of a refused execution speaks of an order; here there is none.
    private static IResult Refused(OrderError why) => why is OrderError.NotExecutable refused
        ? new ErrorAnswer(new ErrorFacts(StatusCodes.Status400BadRequest, refused.Code, refused.Detail), CharismaErrors.WriteOfQuote)
        : CharismaErrors.FromQuote(why);
}
