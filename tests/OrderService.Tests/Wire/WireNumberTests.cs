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
    [InlineData("0.006999999999999999", "70")]
    [InlineData("0.011000000000000001", "110")]
    [InlineData("0.022000000000000002", "220")]
    [InlineData("0.007000000999999999", "70")]
    [InlineData("0.007000001", "70")]
    [InlineData("-0.0069999999999", "-70")]
    [InlineData("0.0070000011", null)]
    [InlineData("0.00695", null)]
    public void W1_A_number_a_billionth_beside_its_basis_points_is_those(string text, string? bps)
    {
        WireNumber.TryParse(text, out var number).ShouldBeTrue();
        (number.TryBasisPoints(4, out var read) ? read.ToString(System.Globalization.CultureInfo.InvariantCulture) : null).ShouldBe(bps);
    }

    [Theory]
    [InlineData("229999999.99999997", 0, "230000000")]
    [InlineData("16100000.000000002", 0, "16100000")]
    [InlineData("1e+21", 0, "1000000000000000000000")]
    [InlineData("16100000.0000011", 0, null)]
    [InlineData("0.30000000000000004", 6, "300000")]
    [InlineData("0.3000001", 6, null)]
    public void W2_A_number_a_millionth_of_a_base_unit_beside_a_whole_one_is_that(string text, int decimals, string? units)
    {
        WireNumber.TryParse(text, out var number).ShouldBeTrue();
        (number.TryBaseUnits(decimals, out var read)
            ? read.ToString(System.Globalization.CultureInfo.InvariantCulture) : null).ShouldBe(units);
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
