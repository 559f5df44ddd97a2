using System.Text.Json;
using OrderService.Stacks.Clarity;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>What the API's words about a transaction are evidence of: only a canonical block whose receipt can be read is any.</summary>
public sealed class NodeTransactionTests
{
    private const string Id = "ab";
    private const string Block = "\"canonical\":true,\"block_height\":7,\"block_time\":1700000000";
    private const string Okay = "\"tx_result\":{\"hex\":\"0x0703\",\"repr\":\"(ok true)\"}",
        Erred = "\"tx_result\":{\"hex\":\"0x0803\",\"repr\":\"(err true)\"}";

    [Theory]
    [InlineData($"\"tx_status\":\"success\",{Block},{Okay}", true, false, false)]
    [InlineData($"\"tx_status\":\"abort_by_response\",{Block},{Erred}", false, true, false)]
    [InlineData($"\"tx_status\":\"abort_by_post_condition\",{Block},{Okay}", false, true, false)]
    [InlineData("\"tx_status\":\"pending\"", false, false, true)]
    [InlineData("\"tx_status\":\"dropped_replace_by_fee\"", false, false, false)]
    [InlineData("\"tx_status\":\"dropped_replace_across_fork\"", false, false, false)]
    [InlineData("\"tx_status\":\"dropped_too_expensive\"", false, false, false)]
    [InlineData("\"tx_status\":\"dropped_stale_garbage_collect\"", false, false, false)]
    [InlineData("\"tx_status\":\"dropped_problematic\"", false, false, false)]
    [InlineData("\"tx_status\":\"success\",\"canonical\":false,\"block_height\":7", false, false, false)]
    [InlineData("\"tx_status\":\"abort_by_response\",\"canonical\":false,\"block_height\":7", false, false, false)]
    public void A_status_is_read(string fields, bool isSuccess, bool isAborted, bool isPending)
    {
        var read = Read(fields);
        (read.IsSuccess, read.IsAborted, read.IsPending).ShouldBe((isSuccess, isAborted, isPending));
    }

    [Fact]
    public void The_block_the_result_and_the_transfers_are_read()
    {
        var read = Read($$$"""
            "tx_status":"success",{{{Block}}},{{{Okay}}},"events":[
                {"event_type":"smart_contract_log"},
                {"event_type":"stx_asset","asset":{"asset_event_type":"transfer","recipient":"SP1","amount":"5"}},
                {"event_type":"fungible_token_asset","asset":{"asset_event_type":"transfer","asset_id":"SP2.a::b","recipient":"SP3","amount":"340282366920938463463374607431768211455"}},
                {"event_type":"fungible_token_asset","asset":{"asset_event_type":"mint","asset_id":"SP2.a::b","recipient":"SP3","amount":"1"}}]
            """);
        read.Block.ShouldBe(new NodeBlock(7, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));
        read.Result.ShouldBe(new ClarityValue.Ok(new ClarityValue.Bool(true)));
        read.Transfers.ShouldBe([new NodeTransfer(null, "SP1", 5), new NodeTransfer("SP2.a::b", "SP3", UInt128.MaxValue)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"tx_status\":7")]
    [InlineData("\"tx_status\":null")]
    [InlineData("\"tx_status\":\"a_word_of_next_year\"")]
    [InlineData("\"tx_status\":\"abort_by_\\\"quote\"")]
    [InlineData($"\"tx_status\":\"success\",{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":\"true\",\"block_height\":7,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"block_height\":7,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":0,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":-1,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":\"7\",\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":1.5,\"block_time\":1,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":7,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":7,\"block_time\":0,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",\"canonical\":true,\"block_height\":7,\"block_time\":9223372036854775807,{Okay}")]
    [InlineData($"\"tx_status\":\"success\",{Block}")]
    [InlineData($"\"tx_status\":\"abort_by_response\",{Block}")]
    [InlineData($"\"tx_status\":\"success\",{Block},{Erred}")]
    [InlineData($"\"tx_status\":\"abort_by_response\",{Block},{Okay}")]
    [InlineData($"\"tx_status\":\"success\",{Block},\"tx_result\":{{\"hex\":\"0x07\"}}")]
    [InlineData($"\"tx_status\":\"success\",{Block},\"tx_result\":{{\"hex\":null}}")]
    [InlineData($"\"tx_status\":\"success\",{Block},\"tx_result\":\"0x0703\"")]
    [InlineData($"\"tx_status\":\"success\",{Block},\"tx_result\":null")]
    [InlineData($"\"tx_status\":\"success\",{Block},{Okay},\"events\":7")]
    [InlineData($"\"tx_status\":\"success\",{Block},{Okay},\"events\":[{{\"event_type\":\"stx_asset\",\"asset\":{{\"asset_event_type\":\"transfer\",\"recipient\":\"SP1\",\"amount\":\"-5\"}}}}]")]
    public void M6_What_cannot_be_read_throws_what_the_node_turns_into_an_outage(string fields) =>
    ShouldBeNoAnswer(() => Read(fields), fields);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"success\"")]
    [InlineData("{\"tx_id\":\"0xac\",\"tx_status\":\"pending\"}")]
    [InlineData("{\"tx_status\":\"pending\"}")]
    public void M6_What_is_about_something_else_is_no_answer(string json) => ShouldBeNoAnswer(() => Parse(json), json);

    private static void ShouldBeNoAnswer(Func<NodeTransaction> read, string what) =>
        Should.Throw<Exception>(() => read(), what).GetType().ShouldBeOneOf(
            typeof(KeyNotFoundException), typeof(InvalidOperationException), typeof(FormatException), typeof(OverflowException),
            typeof(ArgumentOutOfRangeException));

    private static NodeTransaction Read(string fields) =>
        Parse(fields.Length == 0 ? $$"""{"tx_id":"0x{{Id}}"}""" : $$"""{"tx_id":"0x{{Id}}",{{fields}}}""");

    private static NodeTransaction Parse(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return NodeTransaction.Of(parsed.RootElement, Id);
    }
}
