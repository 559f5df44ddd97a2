using OrderService.Api.Tread;
using OrderService.Api.Wire;

namespace OrderService.Tests.Tread;

public sealed class TreadTimeTests
{
    [Theory]
    [InlineData("2026-12-01T09:00:00.008559Z", "2026-12-01T09:00:00.008559Z")]
    [InlineData("2026-12-01T09:00:00.0085599999Z", "2026-12-01T09:00:00.008559Z")]
    [InlineData("2026-12-01T09:00", "2026-12-01T09:00:00.000000Z")]
    [InlineData("2026-12-01T09:00:30", "2026-12-01T09:00:30.000000Z")]
    [InlineData("2026-12-01T11:00:00+02:00", "2026-12-01T09:00:00.000000Z")]
    [InlineData("2026-12-01T11:00:00 02:00", "2026-12-01T09:00:00.000000Z")]
    [InlineData("2026-12-01T04:30-0430", "2026-12-01T09:00:00.000000Z")]
    [InlineData("1796115600000", "2026-12-01T09:00:00.000000Z")]
    [InlineData("0", "1970-01-01T00:00:00.000000Z")]
    public void Moments_are_read_in_every_spelling_and_written_in_one(string text, string written)
    {
        TreadTime.TryParse(text, out var moment).ShouldBeTrue(text);
        TreadTime.Text(moment).ShouldBe(written);
    }

    [Theory]
    [InlineData("1796115600000")]
    [InlineData("1796115600000.0")]
    [InlineData("1.7961156e12")]
    public void W3_Milliseconds_are_a_number_in_any_spelling(string json)
    {
        TreadTime.TryRead(new WireValue(System.Text.Json.JsonTokenType.Number, json), out var moment).ShouldBeTrue();
        TreadTime.Text(moment).ShouldBe("2026-12-01T09:00:00.000000Z");
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-12-01")]
    [InlineData("2026-13-01T09:00Z")]
    [InlineData("2026-12-01T09:00.5Z")]
    [InlineData("2026-12-01T09:00:00.Z")]
    [InlineData("2026-12-01T09:00:00+25:00")]
    [InlineData("2026-12-01T09:00:00Zulu")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    public void Anything_else_is_no_moment(string text) => TreadTime.TryParse(text, out _).ShouldBeFalse(text);
}
