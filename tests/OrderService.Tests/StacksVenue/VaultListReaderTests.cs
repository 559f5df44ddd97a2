using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class VaultListReaderTests
{
    private const string Deployer = "SP000000000000000000002Q6VF78";
    private static readonly ContractId Wrapped = ContractId.Parse("SP1Y5YSTAHZ88XYK1VPDH24GY0HPX5J4JECTMY4A1.wstx");
    private static readonly VaultListReader Reader = new(new TokenNames(Wrapped));

    [Fact]
    public void A_pool_is_read_whole()
    {
        var listing = Read($"[{Entry()}]");
        var vault = listing.Vaults.ShouldHaveSingleItem();
        vault.ShouldBe(new ListedVault(ContractId.Parse($"{Deployer}.pool"), VaultKind.Pool, TokenId.Parse($"{Deployer}.a"), TokenId.Stx,
            3_000, new(1_000_000), new(2_000_000), null, HasQuote: true) { Labels = new VaultLabels("P", null, null, null) });
        listing.Tokens.ShouldBe([new StacksToken(new Token(TokenId.Parse($"{Deployer}.a"), "A", "Token A", 6,
            TokenType.Sip10) { Identifier = "asset-a" }, "asset-a"), StacksToken.Stx]);
        (listing.OtherKinds, listing.Bad).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("tokenB", """{"contractId":"SP1Y5YSTAHZ88XYK1VPDH24GY0HPX5J4JECTMY4A1.wstx","decimals":8}""")]
    [InlineData("tokenB", """{"contractId":".stx"}""")]
    public void Wrapped_stx_is_stx_under_another_name(string field, string value) =>
        Read($"[{Entry((field, value))}]").Vaults.ShouldHaveSingleItem().TokenB.ShouldBe(TokenId.Stx);

    // field, its JSON, and what it is read as: "reserveA/fee/external"
    [Theory]
    [InlineData("reservesA", "5", "5/3000/")]
    [InlineData("reservesA", "\"5\"", "5/3000/")]
    [InlineData("reservesA", "\"340282366920938463463374607431768211455\"", "340282366920938463463374607431768211455/3000/")]
    [InlineData("reservesA", "9007199254740993", "9007199254740993/3000/")]
    [InlineData("reservesA", "1.5e+21", "1500000000000000000000/3000/")]
    [InlineData("reservesA", "12.0", "12/3000/")]
    [InlineData("reservesA", "0", "0/3000/")]
    [InlineData("reservesA", "null", "/3000/")]
    [InlineData("fee", "null", "1000000/0/")]
    [InlineData("fee", "\"1000000\"", "1000000/1000000/")]
    [InlineData("externalPoolId", "\"\"", "1000000/3000/")]
    [InlineData("externalPoolId", "null", "1000000/3000/")]
    [InlineData("externalPoolId", "\"SP1Y5YSTAHZ88XYK1VPDH24GY0HPX5J4JECTMY4A1.pool\"",
        "1000000/3000/SP1Y5YSTAHZ88XYK1VPDH24GY0HPX5J4JECTMY4A1.pool")]
    [InlineData("type", "\"pool\"", "1000000/3000/")]
    [InlineData("whatever", "{\"deep\":[1,2,3]}", "1000000/3000/")]
    public void Good_entries(string field, string value, string expected)
    {
        var vault = Read($"[{Entry((field, value))}]").Vaults.ShouldHaveSingleItem();
        $"{vault.ReserveA}/{vault.FeePpm}/{vault.ExternalPool}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("contractId", "\"pool\"")]
    [InlineData("contractId", "null")]
    [InlineData("contractId", "7")]
    [InlineData("contractId", "\"SP000000000000000000002Q6VF79.pool\"")]
    [InlineData("tokenA", "null")]
    [InlineData("tokenA", "\"SP000000000000000000002Q6VF78.a\"")]
    [InlineData("tokenA", """{"contractId":"USD","decimals":6}""")]
    [InlineData("tokenA", """{"contractId":"SP000000000000000000002Q6VF78.a"}""")]
    [InlineData("tokenA", """{"contractId":"SP000000000000000000002Q6VF78.a","decimals":39}""")]
    [InlineData("tokenA", """{"contractId":"SP000000000000000000002Q6VF78.a","decimals":-1}""")]
    [InlineData("fee", "1000001")]
    [InlineData("fee", "-1")]
    [InlineData("fee", "0.5")]
    [InlineData("fee", "\"free\"")]
    [InlineData("reservesA", "-1")]
    [InlineData("reservesA", "0.5")]
    [InlineData("reservesB", "\"\"")]
    [InlineData("reservesB", "{}")]
    [InlineData("reservesB", "\"0x10\"")]
    [InlineData("reservesB", "1e999999999")]
    [InlineData("reservesB", "\"340282366920938463463374607431768211456\"")]
    [InlineData("externalPoolId", "\"nobody\"")]
    [InlineData("externalPoolId", "7")]
    [InlineData("contractId", "\"\\ud800\"")]
    public void A_bad_entry_is_counted_and_costs_only_itself(string field, string value)
    {
        var listing = Read($"[{Entry((field, value))},{Entry()}]");
        (listing.Vaults.Count, listing.Bad, listing.OtherKinds).ShouldBe((1, 1, 0));
    }

    [Theory]
    [InlineData("\"ENERGY\"")]
    [InlineData("\"SOMETHING\"")]
    [InlineData("null")]
    [InlineData("7")]
    public void Other_kinds_are_counted(string type)
    {
        var listing = Read($"[{Entry(("type", type))},{Entry()}]");
        (listing.Vaults.Count, listing.Bad, listing.OtherKinds).ShouldBe((1, 0, 1));
    }

    [Theory]
    [InlineData("7", 1)]
    [InlineData("null", 1)]
    [InlineData("[]", 1)]
    [InlineData("{}", 0)]
    public void What_is_no_entry_is_counted(string entry, int bad) => Read($"[{entry}]").Bad.ShouldBe(bad);

    [Theory]
    [InlineData("""{"status":"success","data":[],"count":0}""", true)]
    [InlineData("""{"data":[]}""", true)]
    [InlineData("[]", true)]
    [InlineData("""{"status":"error","message":"down","data":[]}""", false)]
    [InlineData("""{"status":7,"data":[]}""", false)]
    [InlineData("""{"status":"success"}""", false)]
    [InlineData("""{"status":"success","data":{}}""", false)]
    [InlineData("7", false)]
    public void The_envelope(string body, bool isList) => (Reader.Read(JsonDocument.Parse(body).RootElement) is not null).ShouldBe(isList);

    [Theory]
    [InlineData("asset-a", "asset-a")]
    [InlineData("SP000000000000000000002Q6VF78.a::asset-a", "asset-a")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("1st", null)]
    [InlineData("with space", null)]
    public void The_asset_name_is_a_clarity_name(string? identifier, string? expected) => TokenNames.AssetOf(identifier).ShouldBe(expected);

    [Fact]
    public void W8_How_vaults_and_tokens_are_shown_is_carried_from_the_list()
    {
        var listing = Read($"[{Entry(("image", "\"https://pictures.example/p.png\""), ("symbol", "\"LP\""), ("identifier", "\"lp\""), ("tokenB", """{"contractId":".stx","image":"ipfs://stx"}"""))}]");
        listing.Vaults.ShouldHaveSingleItem().Labels.ShouldBe(new VaultLabels("P", "LP", "lp", "https://pictures.example/p.png"));
        listing.Tokens.Select(t => (t.Token.Identifier, t.Token.Image)).ShouldBe([("asset-a", null), (null, "ipfs://stx")]);
    }

    [Theory]
    [InlineData("https://pictures.example/a.png", true)]
    [InlineData("ipfs://bafy", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:image/svg+xml,<svg onload=alert(1)>", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/a.png", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_picture_is_an_address_on_the_web(string? text, bool isOne) => TokenNames.ImageOf(text).ShouldBe(isOne ? text : null);

    /// <summary>A good entry with one thing changed.</summary>
    internal static string Entry(params (string Field, string Json)[] changes)
    {
        var entry = $$$"""
            {"type":"POOL","protocol":"CHARISMA","contractId":"{{{Deployer}}}.pool","name":"P","fee":3000,"reservesA":1000000,"reservesB":"2000000","externalPoolId":"",
             "tokenA":{"type":"SIP10","contractId":"{{{Deployer}}}.a","name":"Token A","symbol":"A","decimals":6,"identifier":"asset-a"},
             "tokenB":{"type":"NATIVE","contractId":".stx","decimals":6}}
            """;
        var node = JsonNode.Parse(entry)!.AsObject();
        foreach (var (field, _) in changes) node.Remove(field);
        var text = node.ToJsonString();
        return changes.Length == 0
            ? text : text[..^1] + "," + string.Join(',', changes.Select(change => $"\"{change.Field}\":{change.Json}")) + "}";
    }

    private static VaultListing Read(string data) =>
        Reader.Read(JsonDocument.Parse($$$"""{"status":"success","data":{{{data}}},"count":1}""").RootElement)!;
}
