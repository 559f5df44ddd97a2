using System.Text.Json.Nodes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>
/// Calls and answers as the document shows them. The calls are those of the published demo wallet, which venues of play money have, and
/// work with an API key of it.
/// </summary>
internal sealed class PanoraExamples(ISwapRouter router, TokenRegistry tokens, IServiceProvider services)
{
    public const string Id = "0x9f2c4be1d6a07c35e8b1f4a2d3c69078b5e4f1a2c3d4e5f60718293a4b5c6d7e";

    private const string TxId = "0x3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b";

    /// <summary>The demo wallet, or another address of this network where there is none.</summary>
    public string Wallet =>
        services.GetService<DemoWallet>()?.Key is { } key
            ? key.PublicKey().ToAddress(router.Terms.Network).ToString() : router.Terms.Router.Issuer.ToString();

    public long ChainId => router.Terms.Network.ChainId;

    private Token Sell =>
        tokens.All.FirstOrDefault(t => t.Symbol == "sUSDT-subnet") ?? tokens.All.FirstOrDefault(t => t.Type == TokenType.Subnet)
            ?? new Token(TokenId.Of(router.Terms.Router), "TOKEN", "Token", 6, TokenType.Subnet);

    private Token Buy => tokens.Find(TokenId.Stx) ?? new Token(TokenId.Stx, "STX", "Stacks", 6, TokenType.Native);

    /// <summary>12 tokens in 12 parts, one a minute.</summary>
    public JsonObject Dca() => new()
    {
        ["chainId"] = ChainId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["toWalletAddress"] = Wallet,
        ["fromTokenAddress"] = Sell.Id.ToString(),
        ["toTokenAddress"] = ".stx",
        ["fromTokenAmount"] = Pair("value", "12", "type", "total"),
        ["interval"] = Span("1", "minute"),
        ["numberOfOrders"] = 12,
    };

    /// <summary>A part a month inside bounds, after a day.</summary>
    public JsonObject DcaInBounds()
    {
        var body = Dca();
        (body["fromTokenAmount"], body["interval"], body["numberOfOrders"]) = (Pair("value", "0.5", "type", "perorder"), Span("1", "month"),
            6);
        (body["minRateToTokenPerFromToken"], body["maxRateToTokenPerFromToken"], body["delay"], body["slippagePercentage"]) = ("0.5",
            "Infinity", Span("1", "day"), "auto");
        return body;
    }

    /// <summary>One token at a rate or better, for a week.</summary>
    public JsonObject Limit() => new()
    {
        ["chainId"] = ChainId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["toWalletAddress"] = Wallet,
        ["fromWalletAddress"] = Wallet,
        ["fromTokenAddress"] = Sell.Id.ToString(),
        ["toTokenAddress"] = ".stx",
        ["fromTokenAmount"] = "1",
        ["rateToTokenPerFromToken"] = "1.5",
        ["slippagePercentage"] = "1",
        ["expiry"] = Span("1", "week"),
    };

    /// <summary>A cancel.</summary>
    public JsonObject Cancel() => new() { ["panoraTxId"] = Id, ["chainId"] = ChainId, ["toWalletAddress"] = Wallet };

    /// <summary>A list as a body.</summary>
    public JsonObject List() => new()
    {
        ["chainId"] = ChainId, ["toWalletAddress"] = Wallet, ["status"] = "active", ["limit"] = 10, ["pageNumber"] = 1,
        ["txDetails"] = true,
    };

    /// <summary>An order after its first part.</summary>
    public JsonObject Order(PanoraProduct product, string status = PanoraStatus.Active, bool withDetails = false)
    {
        var isDca = product == PanoraProduct.Dca;
        var (total, spent) = isDca ? ("12", "1") : ("1", "0");
        var returned = status == PanoraStatus.Cancelled ? (isDca ? "11" : "1") : "0";
        var order = new JsonObject { ["panoraTxId"] = Id, ["chainId"] = ChainId, ["toWalletAddress"] = Wallet };
        if (!isDca) order["fromWalletAddress"] = Wallet;
        (order["fromToken"], order["toToken"], order["feeToken"]) = (TokenOf(Sell), TokenOf(Buy), TokenOf(Sell));
        (order["fromTokenAmountTotal"], order["fromTokenAmountSpent"], order["fromTokenAmountWithdrawn"]) = (total, spent, returned);
        order["fromTokenAmountBalance"] = status == PanoraStatus.Cancelled ? "0" : isDca ? "11" : "1";
        order["toTokenAmountWithdrawn"] = isDca ? "1.248" : "0";
        (order["numberOfOrdersTotal"], order["numberOfOrdersCompleted"], order["fromTokenAmountPerOrder"]) = (isDca ? 12 : 1, isDca ? 1 : 0,
            "1");
        order["numberOfOrdersRemaining"] = status == PanoraStatus.Cancelled ? 0 : isDca ? 11 : 1;
        if (isDca) order["interval"] = Span("1", "minute");
        (order["createdAtTime"], order["nextOrderTime"]) = ("2030-01-01T12:00:00.000Z",
            isDca ? "2030-01-01T12:01:00.000Z" : "2030-01-01T12:00:00.000Z");
        if (isDca) order["estimatedCompletionTime"] = "2030-01-01T12:11:00.000Z";
        else (order["expiry"], order["expiresAtTime"]) = (Span("1", "week"), "2030-01-08T12:00:00.000Z");
        (order["avgPriceFromTokenPerToToken"], order["avgPriceToTokenPerFromToken"]) = isDca
            ? ("0.801282051282051282", "1.248") : ("0", "0");
        if (!isDca) order["rateToTokenPerFromToken"] = "1.5";
        (order["status"], order["platformId"], order["slippagePercentage"]) = (status, "5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f", "1");
        if (withDetails)
        {
            order["txDetails"] = isDca
                ? new JsonArray(Detail(TxHistory.Created, Id, 0, total), Detail(TxHistory.Filled, TxId, 1, "1"))
                : new JsonArray(Detail(TxHistory.Created, Id, 0, total));
        }
        return order;
    }

    /// <summary>A page of one order.</summary>
    public JsonObject Page(PanoraProduct product) => new()
    {
        ["chainId"] = ChainId, ["toWalletAddress"] = Wallet, ["pageNumber"] = 1, ["totalPages"] = 1,
        ["orders"] = new JsonArray(Order(product, withDetails: true)),
    };

    private static JsonObject Detail(string type, string txId, int number, string amount)
    {
        var isFilled = type == TxHistory.Filled;
        var detail = new JsonObject
        {
            ["txId"] = txId, ["onChain"] = isFilled, ["txNumber"] = number, ["type"] = type, ["attemptNumber"] = 1,
            ["fromTokenAmount"] = amount, ["fromTokenAmountUSD"] = amount,
        };
        (detail["toTokenAmount"], detail["toTokenAmountUSD"], detail["feeTokenAmount"],
            detail["feeTokenAmountUSD"]) = (isFilled ? "1.248" : "0", isFilled ? "0.9984" : "0", "0", "0");
        detail["time"] = isFilled ? "2030-01-01T12:00:07.000Z" : "2030-01-01T12:00:00.000Z";
        if (isFilled) (detail["priceFromTokenPerToToken"], detail["priceToTokenPerFromToken"]) = ("0.801282051282051282", "1.248");
        return detail;
    }

    private static JsonObject TokenOf(Token token) => new()
    {
        ["address"] = token.Id.ToString(), ["name"] = token.Name, ["symbol"] = token.Symbol, ["decimals"] = token.Decimals,
    };

    private static JsonObject Span(string value, string unit) => Pair("value", value, "timePeriod", unit);

    private static JsonObject Pair(string name, string value, string other, string otherValue) => new()
    {
        [name] = value, [other] = otherValue,
    };
}
