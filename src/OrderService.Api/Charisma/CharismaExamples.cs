using System.Text.Json.Nodes;

namespace OrderService.Api.Charisma;

/// <summary>Answers as the document shows them.</summary>
internal static class CharismaExamples
{
    public const string TxId = "9f2c4be1d6a07c35e8b1f4a2d3c69078b5e4f1a2c3d4e5f60718293a4b5c6d7e";

    private const string CreatedAt = "2030-01-01T12:00:00.000Z";
    private const string EndedAt = "2030-01-01T12:00:07.000Z";

    /// <summary>A created order as it is answered: without its signature.</summary>
    public static JsonObject Open(JsonObject order, bool isPaused = false)
    {
        var answer = order.DeepClone().AsObject();
        answer.Remove("signature");
        (answer["status"], answer["createdAt"], answer["timeInForce"]) = ("open", CreatedAt, answer.ContainsKey("validTo") ? "gtt" : "gtc");
        if (isPaused) answer["paused"] = true;
        return answer;
    }

    public static JsonObject Confirmed(JsonObject order)
    {
        var answer = Open(order);
        (answer["status"], answer["txid"], answer["blockHeight"], answer["blockTime"]) = ("confirmed", TxId, 1234, 1893499206);
        (answer["confirmedAt"], answer["amountOut"]) = (EndedAt, "1248700");
        answer["trigger"] = new JsonObject
        {
            ["watchedPrice"] = "1000.5", ["basePrice"] = "1", ["priceSources"] = "simulated", ["priceAt"] = CreatedAt,
        };
        answer["attempts"] = new JsonArray(new JsonObject { ["txid"] = TxId, ["kind"] = "swap", ["status"] = "confirmed" });
        return answer;
    }

    public static JsonObject Cancelled(JsonObject order)
    {
        var answer = Open(order);
        (answer["status"], answer["cancelledAt"]) = ("cancelled", EndedAt);
        return answer;
    }

    public static JsonObject Success(JsonNode data) => new() { ["status"] = "success", ["data"] = data };

    public static JsonObject Executed() => new() { ["status"] = "success", ["txid"] = TxId };

    public static JsonObject Page(JsonObject order) => new()
    {
        ["status"] = "success", ["data"] = new JsonArray(order), ["nextCursor"] = null,
    };

    public static JsonNode Tokens() => JsonNode.Parse(
        """
        {"status":"success","data":[
          {"contractId":".stx","symbol":"STX","name":"Stacks","decimals":6,"type":"NATIVE"},
          {"contractId":"ST000000000000000000002AMW42H.token-susdt-subnet-v1","symbol":"sUSDT-subnet","name":"Bridged USDT (subnet)","decimals":6,"type":"SUBNET","base":"ST000000000000000000002AMW42H.token-susdt"}],
         "count":2}
        """)!;

    public static JsonNode Network() => JsonNode.Parse(
        """
        {"status":"success","data":{"service":"127.0.0.1:5080","proofDomain":"127.0.0.1:5080/testnet","venue":"simulated","network":"testnet","chainId":2147483648,"router":"ST000000000000000000002AMW42H.x-multihop-rc9",
         "addressVersions":{"singleSig":26,"multiSig":21},
         "intent":{"domain":{"name":"BLAZE_PROTOCOL","version":"v1.0","chain-id":2147483648},"intent":"TRANSFER_TOKENS","target":"ST000000000000000000002AMW42H.x-multihop-rc9"},
         "terms":{"domain":{"name":"ORDER_SERVICE","version":"2","chain-id":2147483648}}}}
        """)!;

    public static JsonNode Quote() => JsonNode.Parse(
        """
        {"success":true,"data":{
         "path":[{"contractId":"ST000000000000000000002AMW42H.token-susdt","symbol":"sUSDT","name":"Bridged USDT","decimals":6,"type":"SIP10"},{"contractId":".stx","symbol":"STX","name":"Stacks","decimals":6,"type":"NATIVE"}],
         "hops":[{"vault":{"contractId":"ST000000000000000000002AMW42H.pool","contractAddress":"ST000000000000000000002AMW42H","contractName":"pool"},
                  "tokenIn":{"contractId":"ST000000000000000000002AMW42H.token-susdt","symbol":"sUSDT","name":"Bridged USDT","decimals":6,"type":"SIP10"},
                  "tokenOut":{"contractId":".stx","symbol":"STX","name":"Stacks","decimals":6,"type":"NATIVE"},"opcode":0,"quote":{"amountIn":1000000,"amountOut":1248700}}],
         "amountIn":1000000,"amountOut":1248700,"expectedPrice":"1.2487","minimumReceived":1236213,"slippageBps":100,
         "route":{"hops":[{"vault":"ST000000000000000000002AMW42H.pool","opcode":0,"tokenIn":"ST000000000000000000002AMW42H.token-susdt","tokenOut":".stx"}]}}}
        """)!;
}
