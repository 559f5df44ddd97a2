using System.Text;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Tread;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Tests.Charisma;

namespace OrderService.Tests.Wire;

/// <summary>What the reader of bodies makes of orders inside a body, of null, and of members that nobody knows.</summary>
public class BodyReaderTests
{
    private static readonly BodyStyle Batch = CharismaBodies.BatchStyle with { OthersBytesMax = 100, EntryBytesMax = 1_000 };

    [Fact]
    public void An_order_inside_a_body_is_read_as_one_alone_with_faults_of_its_own()
    {
        var order = Samples.Body(("note", "mine")).ToJsonString();
        var deep = $"{{\"note\":{new string('[', 40)}{new string(']', 40)}}}";
        var read = Read<NewBatchRecord>($"{{\"atomic\":true,\"orders\":[{order},7,{{\"owner\":1,\"owner\":2}},{{\"note\":\"{new string('x', 1_000)}\"}},{{\"note\":\"{new string('x', 100)}\"}},{deep}]}}", Batch);
        (read.Fault, read.Stranger, read.Atomic.Value).ShouldBe((null, null, true));
        var orders = read.Orders.Value!;
        (orders[0].Fault, orders[0].ClientFields, orders[0].Owner.IsRead).ShouldBe((null, "{\"note\":\"mine\"}", true));
        orders.Skip(1).SkipLast(1).Select(one => one.Fault!.Message).ShouldBe(
        [
            "Invalid request: the body must be a JSON object", "Invalid request: the field owner is given twice",
            "Invalid request: an order is larger than 1000 bytes",
            new OrderError.Field("metadata", "and the order's other own fields may take 100 bytes of JSON together",
                "metadata_too_large").Message,
        ]);
        orders[^1].Fault!.Message.ShouldStartWith("Invalid request: the body is not JSON of at most 32 levels");
    }

    [Fact]
    public void The_first_member_that_is_not_known_is_kept_by_its_name_and_a_name_that_is_given_twice_is_not_read_over()
    {
        Read<NewBatchRecord>("""{"orders":[],"x":1,"y":2}""", Batch).Stranger.ShouldBe("x");
        Read<NewBatchRecord>("""{"orders":[],"orders":[]}""",
            Batch).Fault!.Message.ShouldBe("Invalid request: the field orders is given twice");
        var all = Read<CancelAllRecord>("""{"filter":{"token":".stx","tokens":1}}""", CharismaBodies.CallStyle);
        (all.Stranger, all.Filter.Value!.Stranger, all.Filter.Value.Token.IsRead).ShouldBe((null, "tokens", true));
        Read<CancelAllRecord>("""{"filter":{"token":".stx","token":".stx"}}""", CharismaBodies.CallStyle).Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Null_is_absence_where_the_style_says_so_and_a_value_of_the_records_that_tell_it()
    {
        Read<ManyRecord>("""{"uuids":null}""", CharismaBodies.CallStyle).Uuids.IsGiven.ShouldBeFalse();
        var amend =
            Read<Api.Tread.Records.AmendRecord>("""{"order_id":null,"changes":{"limit_price":null,"duration":null}}""", TreadBodies.Style);
        var changes = amend.Changes.Value!;
        (amend.OrderId.IsGiven, changes.IsNone, changes.LimitPrice.IsRead, changes.Duration.IsGiven, changes.Duration.IsRead,
            changes.PovTarget.IsGiven).ShouldBe((false, false, true, true, false, false));
    }

    [Fact]
    public void An_entry_that_is_no_text_is_none_of_a_list_of_texts() =>
        Read<ManyRecord>("""{"uuids":["a",1,null,{"b":2},"\ud800"]}""",
            CharismaBodies.CallStyle).Uuids.Value.ShouldBe(["a", null, null, null, null]);

    private static T Read<T>(string json, BodyStyle style) where T : RequestRecord =>
        BodyReader<T>.Read(Encoding.UTF8.GetBytes(json), style);
}
