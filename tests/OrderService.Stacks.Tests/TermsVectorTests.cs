using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Messages;

namespace OrderService.Stacks.Tests;

/// <summary>The terms of orders, as the documented form of both versions has them to the byte.</summary>
public sealed class TermsVectorTests
{
    public static TheoryData<string> Ids => Vectors.Ids(Vectors.Terms.Of("terms"));

    [Theory, MemberData(nameof(Ids))]
    public void Terms_have_the_bytes_and_the_hash_of_the_vector(string id)
    {
        var vector = Vectors.Terms.Of("terms").ById(id);
        var terms = Read(vector.Of("fields"));
        Convert.ToHexStringLower(ClarityWriter.ToBytes(terms.Domain)).ShouldBe(vector.Text("domainConsensusHex"));
        Convert.ToHexStringLower(ClarityWriter.ToBytes(terms.Message)).ShouldBe(vector.Text("messageConsensusHex"));
        var hash = new byte[32];
        terms.Hash(hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("hash"));
    }

    [Fact]
    public void No_field_of_version_2_is_open_in_it_and_each_of_them_is_in_version_1()
    {
        var terms = Read(Vectors.Terms.Of("terms").ById("stop-limit").Of("fields"));
        foreach (var other in (OrderTermsMessage[])[
            terms with { MaxDeviationBps = 301 }, terms with { AcceptsUnprotectedOutput = true }, terms with { LimitPrice = 1 }, terms with
            {
                TimeInForce = "ioc",
            },
            terms with { TrailingBps = 1 }, terms with { TrailingAmount = 1 }, terms with { GroupId = "a" }, terms with { Leg = 0 }])
        {
            HashOf(other).ShouldNotBe(HashOf(terms), other.ToString());
            HashOf(other with { Version = 1 }).ShouldBe(HashOf(terms with { Version = 1 }), other.ToString());
        }
    }

    private static string HashOf(OrderTermsMessage terms)
    {
        var hash = new byte[32];
        terms.Hash(hash);
        return Convert.ToHexStringLower(hash);
    }

    private static OrderTermsMessage Read(JsonNode fields) => new()
    {
        Version = fields.Of("version").GetValue<int>(),
        Uuid = fields.Text("uuid"), Owner = fields.Text("owner"), InputToken = fields.Text("inputToken"),
        OutputToken = fields.Text("outputToken"), Recipient = fields.Text("recipient"), Router = fields.Text("router"),
        ConditionToken = fields.Text("conditionToken"), BaseAsset = fields.Text("baseAsset"), Direction = fields.Text("direction"),
        AmountIn = Number(fields, "amountIn")!.Value, MinAmountOut = Number(fields, "minAmountOut"),
        SlippageBps = fields["slippageBps"]?.GetValue<uint>(), TargetPrice = Number(fields, "targetPrice"),
        ValidFrom = fields["validFrom"]?.GetValue<ulong>(), ValidTo = fields["validTo"]?.GetValue<ulong>(),
        MaxDeviationBps = fields["maxDeviationBps"]?.GetValue<uint>(),
        AcceptsUnprotectedOutput = fields.Of("acceptUnprotectedOutput").GetValue<bool>(), LimitPrice = Number(fields, "limitPrice"),
        TimeInForce = fields.Text("timeInForce"), TrailingBps = fields["trailingBps"]?.GetValue<uint>(),
        TrailingAmount = Number(fields, "trailingAmount"), GroupId = fields.Text("groupId"),
        Leg = fields["leg"]?.GetValue<uint>(), ChainId = fields.Of("chainId").GetValue<uint>(),
    };

    private static UInt128? Number(JsonNode fields, string name) =>
        fields.TextOrNull(name) is { } text ? UInt128.Parse(text, CultureInfo.InvariantCulture) : null;
}
