using System.Text.Json;
using OrderService.Stacks.Clarity;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>What the API's words about a transaction are evidence of: only a canonical block is any.</summary>
public sealed class NodeTransactionTests
{
    private const string Block = "\"canonical\":true,\"block_height\":7,\"block_time\":1700000000";

    [Theory]
    [InlineData($$"""{"tx_status":"success",{{Block}}}""", true, false, false)]
    [InlineData($$"""{"tx_status":"abort_by_response",{{Block}}}""", false, true, false)]
    [InlineData($$"""{"tx_status":"abort_by_post_condition",{{Block}}}""", false, true, false)]
    [InlineData("""{"tx_status":"pending"}""", false, false, true)]
    [InlineData("""{"tx_status":"dropped_replace_by_fee"}""", false, false, false)]
    [InlineData("""{"tx_status":"dropped_replace_across_fork"}""", false, false, false)]
    [InlineData("""{"tx_status":"dropped_too_expensive"}""", false, false, false)]
    [InlineData("""{"tx_status":"dropped_stale_garbage_collect"}""", false, false, false)]
    [InlineData("""{"tx_status":"dropped_problematic"}""", false, false, false)]
    [InlineData("""{"tx_status":"a_word_of_next_year"}""", false, false, false)]
    [InlineData("""{"tx_status":null}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":false,"block_height":7}""", false, false, false)]
    [InlineData("""{"tx_status":"abort_by_response","canonical":false,"block_height":7}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":"true","block_height":7}""", false, false, false)]
    [InlineData("""{"tx_status":"success","block_height":7}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":true}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":0}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":-1}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":"7"}""", false, false, false)]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":7}""", true, false, false)]
    public void A_status_is_read(string json, bool isSuccess, bool isAborted, bool isPending)
    {
        var read = Read(json);
        (read.IsSuccess, read.IsAborted, read.IsPending).ShouldBe((isSuccess, isAborted, isPending));
    }

    [Fact]
    public void The_block_and_the_result_are_read()
    {
        var read = Read("{\"tx_status\":\"success\"," + Block + ",\"tx_result\":{\"hex\":\"0x0703\",\"repr\":\"(ok true)\"}}");
        read.Block.ShouldBe(new NodeBlock(7, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));
        read.Result.ShouldBe(new ClarityValue.Ok(new ClarityValue.Bool(true)));
    }

    [Theory]
    [InlineData("\"tx_result\":{\"hex\":\"0x07\"}")]
    [InlineData("\"tx_result\":{\"hex\":null}")]
    [InlineData("\"tx_result\":\"0x0703\"")]
    [InlineData("\"tx_result\":null")]
    public void A_result_that_is_no_value_is_none(string result) => Read($$"""{"tx_status":"success",{{Block}},{{result}}}""").Result.ShouldBeNull();

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"success\"")]
    [InlineData("""{"tx_status":7}""")]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":1.5}""")]
    [InlineData("""{"tx_status":"success","canonical":true,"block_height":7,"block_time":9223372036854775807}""")]
    [InlineData("""{"tx_status":"success","tx_result":{}}""")]
    public void What_is_no_answer_throws_what_the_node_turns_into_an_outage(string json) =>
        Should.Throw<Exception>(() => Read(json)).ShouldBeAssignableTo<Exception>(json)!.GetType().ShouldBeOneOf(
            typeof(KeyNotFoundException), typeof(InvalidOperationException), typeof(FormatException), typeof(ArgumentOutOfRangeException));

    private static NodeTransaction Read(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return NodeTransaction.Of(parsed.RootElement);
    }
}
