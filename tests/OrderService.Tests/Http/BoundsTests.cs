using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Charisma;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>
/// What a document says of the fields of a new order is what its reader takes: at each bound it is taken, beyond it the field is refused by
/// its name.
/// </summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task The_native_document_has_the_bounds_of_the_rules()
    {
        var rules = new NewOrderRules();
        (await CheckAsync("charisma", "/api/v1/orders/new", body => rules.FirstRefusal(Samples.Read(Alone(body).ToJsonString())),
            addsAbsent: true)).ShouldBeGreaterThan(20);

        // A target and the two distances stand in each other's place: what the test has put in last is the one that is looked at.
        static JsonObject Alone(JsonObject body)
        {
            var given = body.Select(field => field.Key).Where(name => name is "targetPrice" or "trailingBps" or "trailingAmount").ToList();
            foreach (var other in given.SkipLast(1)) body.Remove(other);
            if (given.Count > 0 && given[^1] != "targetPrice") (body["conditionToken"], body["direction"]) = (".stx", "lt");
            return body;
        }
    }

    [Fact]
    public async Task The_document_of_strategies_has_the_bounds_of_their_reader() =>
        (await CheckAsync("swapcoffee", "/v1/strategies/{address}/order",
            body => Api.SwapCoffee.NewOrderJson.Read(Encoding.UTF8.GetBytes(body.ToJsonString())).Error)).ShouldBeGreaterThan(15);

    [Theory]
    [InlineData("/dca/v1/createOrder", 15)]
    [InlineData("/limit/v1/createOrder", 10)]
    public async Task The_documents_of_Panora_s_orders_have_the_bounds_of_their_rules(string path, int least)
    {
        var (router, tokens) = (new TermsOnlyRouter(Samples.Venue), new TokenRegistry());
        var (dca, limit) = (new NewDcaOrderRules(router, tokens), new NewLimitOrderRules(router, tokens));
        var examples = (await ServedDocuments.GetAsync()).Documents["panora"]["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();
        var sold = TokenId.Parse((string)examples.First().Value!["value"]!["fromTokenAddress"]!);
        tokens.Load([new Token(sold, "A", "A", 6, TokenType.Subnet), new Token(TokenId.Stx, "STX", "Stacks", 6, TokenType.Native)]);
        (await CheckAsync("panora", path, RefusalOf, addsAbsent: true)).ShouldBeGreaterThanOrEqualTo(least);

        OrderError? RefusalOf(JsonObject body) => path.StartsWith("/dca", StringComparison.Ordinal)
            ? dca.FirstRefusal(BodyReader<NewDcaOrderRecord>.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), PanoraBodies.Style))
            : limit.FirstRefusal(BodyReader<NewLimitOrderRecord>.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), PanoraBodies.Style));
    }

    internal static async Task<int> CheckAsync(
        string document, string path, Func<JsonObject, OrderError?> refusalOf, bool addsAbsent = false)
    {
        var documents = await ServedDocuments.GetAsync();
        var content = documents.Documents[document]["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        var looked = 0;
        foreach (var (_, example) in content["examples"]!.AsObject())
        {
            var body = example!["value"]!.DeepClone().AsObject();
            if (body.ContainsKey("max_suborders")) body["max_suborders"] = 1; // max_invocations may not be less
            (refusalOf(body.DeepClone().AsObject()) is OrderError.Field wrong ? wrong.Message : "").ShouldBe("");
            looked += Check(new Looked(documents.Documents[document], body, refusalOf, addsAbsent), content["schema"]!, []);
        }
        return looked;
    }

    private static int Check(Looked at, JsonNode schema, IReadOnlyList<string> path)
    {
        var record = at.Resolve(schema);
        var looked = 0;
        foreach (var (name, field) in record["properties"]!.AsObject())
        {
            IReadOnlyList<string> whole = [.. path, name];
            if (field!["$ref"] is not null && at.Has(whole)) looked += Check(at, field, whole);
            if (!at.Has(whole) && !at.AddsAbsent) continue; // what one kind of order has and another has not
            foreach (var value in Allowed(field)) looked += at.Takes(whole, value);
            foreach (var value in Forbidden(field)) looked += at.Refuses(whole, value);
        }
        return looked;
    }

    private static IEnumerable<JsonNode> Allowed(JsonNode field)
    {
        foreach (var bound in (string[])["minimum", "maximum"])
            if (field[bound] is { } value) yield return value.DeepClone();
        if (field["maxLength"] is { } most) yield return new string('a', (int)most);
    }

    private static IEnumerable<JsonNode> Forbidden(JsonNode field)
    {
        if (field["minimum"] is { } min) yield return Number(min) - 1;
        if (field["maximum"] is { } max) yield return Number(max) + 1;
        if (field["exclusiveMinimum"] is { } above) yield return above.DeepClone();
        if (field["maxLength"] is { } most) yield return new string('a', (int)most + 1);
        if (field["pattern"] is not null || field["enum"] is not null) yield return "!";
    }

    private static decimal Number(JsonNode bound) => decimal.Parse(bound.ToString(), CultureInfo.InvariantCulture);

    private sealed record Looked(JsonObject Document, JsonObject Body, Func<JsonObject, OrderError?> RefusalOf, bool AddsAbsent)
    {
        public JsonNode Resolve(JsonNode schema) =>
            schema["$ref"] is { } reference ? Document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]! : schema;

        public bool Has(IReadOnlyList<string> path) => path.Aggregate((JsonNode?)Body, (node, name) => node?[name]) is not null;

        public int Takes(IReadOnlyList<string> path, JsonNode value)
        {
            Named(path, value).ShouldNotBe(string.Join('.', path), $"{value} is allowed by the document");
            return 1;
        }

        public int Refuses(IReadOnlyList<string> path, JsonNode value)
        {
            Named(path, value).ShouldBe(string.Join('.', path), $"{value} is not allowed by the document");
            return 1;
        }

        // The field that is refused where one of them has this value.
        private string Named(IReadOnlyList<string> path, JsonNode value)
        {
            var changed = Body.DeepClone().AsObject();
            var parent = path.SkipLast(1).Aggregate((JsonNode)changed, (node, name) => node[name]!);
            parent[path[^1]] = value;
            return RefusalOf(changed) is OrderError.Field field ? field.Name : "";
        }
    }
}
