using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>Answers as the document shows them.</summary>
internal static class SwapCoffeeExamples
{
    /// <summary>A transaction as it is answered; <paramref name="wallet"/> stands for the strategies wallet's address.</summary>
    public static JsonNode Transaction(string kind, StacksAddress wallet, int? number = null) =>
        JsonSerializer.SerializeToNode(TransactionBoc.Of(kind, wallet, number,
            number is null ? null : OrderUuid.Parse("7d5b3c1e-8f2a-4b6d-9c0e-1a2b3c4d5e6f")), SwapCoffeeJson.Default.TransactionRecord)!;

    /// <summary>The order that a body makes, after its first part.</summary>
    public static JsonObject Order(JsonObject body, string sellToken, StacksAddress wallet)
    {
        var order = JsonNode.Parse(
            """
            {"id":1,"type":"","wallet":"","status":"active","creation_timestamp":1893499200,"token_from":null,"token_to":null,
             "initial_input_amount":"1000000","current_input_amount":"500000","current_output_amount":"624350","settings":{},
             "max_suborders":2,"suborders_executed":1,"max_invocations":4,"invocations_executed":1,"slippage":0.01,"max_path_length":4,"active_transactions":0}
            """)!.AsObject();
        (order["type"], order["wallet"]) = ((string)body["type"]!, wallet.ToString());
        order["token_from"] = Token(sellToken, "Bridged USDT (subnet)", "sUSDT-subnet");
        order["token_to"] = Token(TokenAddress.Native, "Stacks", "STX");
        order["settings"] = JsonNode.Parse("""{"delay":60,"delay_millis":60000,"price_range_from":0,"price_range_to":0}""");
        return order;
    }

    private static JsonObject Token(string address, string name, string symbol) => new()
    {
        ["address"] = new JsonObject { ["blockchain"] = TokenAddress.Blockchain, ["address"] = address },
        ["metadata"] = new JsonObject { ["name"] = name, ["symbol"] = symbol, ["decimals"] = 6, ["listed"] = true },
    };
}
