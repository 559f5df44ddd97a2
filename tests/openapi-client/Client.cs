// A client whose types NSwag generates from the documents: in each dialect it places an order, lists it and cancels it. The tests compile
// it together with them. What needs a wallet's key was signed by whoever calls it, and comes as JSON; so does what it saw.
#nullable enable
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Generated;

public static class Client
{
    public static async Task<string> RunAsync(string json)
    {
        var given = JsonNode.Parse(json)!;
        return new JsonObject { ["native"] = await NativeAsync(given), ["panora"] = await PanoraAsync(given),
            ["swapcoffee"] = await SwapCoffeeAsync(given), ["tread"] = await TreadAsync(given) }.ToJsonString();
    }

    private static async Task<JsonArray> NativeAsync(JsonNode given)
    {
        var order = given["order"]!;
        using var open = Http(given);
        var body = new Charisma.NewOrder
        {
            Owner = Text(order, "owner"), InputToken = Text(order, "inputToken"), OutputToken = ".stx", AmountIn = "1000000",
            Recipient = Text(order, "owner"), Uuid = Text(order, "uuid"),
            Signature = Text(order, "signature"), SlippageBps = 100,
        };
        var placed = await new Charisma.Api(open) { BaseUrl = Text(given, "url") }.CreateOrderAsync(body: body);
        using var lists = Http(given, ("x-message", Text(given["list"]!, "message")), ("x-signature", Text(given["list"]!, "signature")));
        var listed = await new Charisma.Api(lists) { BaseUrl = Text(given, "url") }.ListOrdersAsync(owner: body.Owner);
        using var cancels =
            Http(given, ("x-message", Text(given["cancel"]!, "message")), ("x-signature", Text(given["cancel"]!, "signature")));
        var cancelled = await new Charisma.Api(cancels) { BaseUrl = Text(given, "url") }.CancelOrderAsync(uuid: body.Uuid);
        return [Word(placed.Result.Data.Status), listed.Result.Data.Count(o => o.Uuid == body.Uuid), Word(cancelled.Result.Data.Status)];
    }

    private static async Task<JsonArray> PanoraAsync(JsonNode given)
    {
        using var http = Http(given);
        var (client, key) = (new Panora.Api(http) { BaseUrl = Text(given, "url") }, Text(given, "key"));
        var body = new Panora.NewDcaOrder
        {
            ChainId = (long)given["chainId"]!, ToWalletAddress = Text(given, "wallet"),
            FromTokenAddress = Text(given["order"]!, "inputToken"), ToTokenAddress = ".stx",
            FromTokenAmount = new Panora.PartsAmount { Value = 0.1, Type = Panora.PartsAmountType.Total }, NumberOfOrders = 2,
            Interval = new Panora.Span { Value = 1, TimePeriod = Panora.SpanTimePeriod.Day }, Delay = new Panora.Span
            {
                Value = 1, TimePeriod = Panora.SpanTimePeriod.Day,
            },
        };
        var placed = (await client.CreateDcaOrderAsync(x_api_key: key, body: body)).Result;
        // The first word of the status is active.
        var listed = (await client.ListDcaOrdersAsync(x_api_key: key, chainId: (long)given["chainId"]!,
            toWalletAddress: body.ToWalletAddress, status: default, limit: 10, pageNumber: 1)).Result;
        var cancelled =
            (await client.CancelDcaOrderAsync(x_api_key: key, body: new Panora.Cancel { PanoraTxId = placed.PanoraTxId })).Result;
        return [Word(placed.Status), listed.Orders.Count(o => o.PanoraTxId == placed.PanoraTxId), Word(cancelled.Status)];
    }

    private static async Task<JsonArray> SwapCoffeeAsync(JsonNode given)
    {
        using var http = Http(given);
        var (client, address, proof) = (new Swapcoffee.Api(http) { BaseUrl = Text(given, "url") }, Text(given, "wallet"),
            Text(given, "proof"));
        var body = new Swapcoffee.NewStrategy
        {
            Type = Swapcoffee.NewStrategyType.Dca, Input_amount = 1000, Max_suborders = 2, Max_invocations = 4, Slippage = 0.01,
            Token_from = new Swapcoffee.TokenAddress { Blockchain = default, Address = Text(given["order"]!, "inputToken") },
            Token_to = new Swapcoffee.TokenAddress { Blockchain = default, Address = "native" },
            Settings = new Swapcoffee.NewSettings { Delay = 3600, Price_range_from = 1_000_000 },
        };
        var placed = await client.CreateOrderAsync(address: address, x_verify: proof, body: body);
        var id = int.Parse(placed.Headers["X-Order-Id"].Single(), CultureInfo.InvariantCulture);
        var listed = await client.ListOrdersAsync(address: address, x_verify: proof);
        var cancelled = await client.CancelOrderAsync(address: address, x_verify: proof, id: id);
        return [placed.Result.Value, listed.Result.Count(o => o.Id == id), cancelled.Result.Value];
    }

    private static async Task<JsonArray> TreadAsync(JsonNode given)
    {
        using var http = Http(given, ("Authorization", $"Token {Text(given, "key")}"));
        var client = new Tread.Api(http) { BaseUrl = Text(given, "url") };
        var body = new Tread.NewOrder
        {
            Pair = Text(given, "pair"), Side = Tread.NewOrderSide.Sell, Accounts = new List<string> { Text(given, "account") },
            Strategy = "TWAP", Duration = 3600, Base_asset_qty = 1, Limit_price = 1_000_000,
        };
        var placed = (await client.CreateOrderAsync(body: body)).Result;
        var listed = (await client.ListOrdersAsync()).Result;
        var cancelled = (await client.CancelOrderAsync(id: placed.Id)).Result;
        return [Word(placed.Status), listed.Orders.Count(o => o.Id == placed.Id), cancelled];
    }

    private static HttpClient Http(JsonNode given, params (string Name, string Value)[] headers)
    {
        var http = new HttpClient { BaseAddress = new Uri(Text(given, "url")) };
        foreach (var (name, value) in headers) http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return http;
    }

    private static string Text(JsonNode of, string name) => (string)of[name]!;

    // An enum's name is the word of the wire with a great first letter.
    private static string Word<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();
}
