using System.Numerics;
using OrderService.Api.Wire;

namespace OrderService.Tests.Wire;

public class WireNumberTests
{
    [Theory]
    [InlineData("0.01", 4, "100")]
    [InlineData("1e-2", 4, "100")]
    [InlineData("1E-02", 4, "100")]
    [InlineData("1", 4, "10000")]
    [InlineData("1.0000", 4, "10000")]
    [InlineData("0.00010", 4, "1")]
    [InlineData("123.456e3", 0, "123456")]
    [InlineData("0", 18, "0")]
    [InlineData("-5", 0, "-5")]
    [InlineData("340282366920938463463374607431768211456", 0, "340282366920938463463374607431768211456")]
    public void A_number_is_read_exactly(string text, int decimals, string scaled)
    {
        WireNumber.TryParse(text, out var number).ShouldBeTrue();
        number.TryScale(decimals, out var exact).ShouldBeTrue();
        exact.ShouldBe(BigInteger.Parse(scaled, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0.00015", 4, "1", "2")]
    [InlineData("1.1234567890123456789", 18, "1123456789012345678", "1123456789012345679")]
    [InlineData("1e-30", 18, "0", "1")]
    public void What_has_more_digits_is_rounded_to_a_named_side(string text, int decimals, string floor, string ceiling)
    {
        WireNumber.TryParse(text, out var number).ShouldBeTrue();
        number.TryScale(decimals, out _).ShouldBeFalse();
        number.ScaleFloor(decimals).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(floor);
        number.ScaleCeiling(decimals).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(ceiling);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1e100")]
    [InlineData("1e-100")]
    [InlineData("1e99999999999")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1 ")]
    [InlineData("٣")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000001")]
    public void Anything_else_is_no_number(string? text) => WireNumber.TryParse(text, out _).ShouldBeFalse();
}
