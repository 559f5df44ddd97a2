using System.Globalization;
using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Tests.Amounts;

public sealed class TextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("0.30", "0.3")]
    [InlineData("007.5", "7.5")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999")]
    [InlineData("000000000000000000000000000001", "1")]
    public void A_price_is_read_exactly_and_printed_shortest(string text, string printed) =>
        Price.Parse(text).ToString().ShouldBe(printed);

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("1,5")]
    [InlineData("١")]
    [InlineData("NaN")]
    [InlineData("1.0000000000000000000")]
    [InlineData("100000000000000000000")]
    [InlineData("1.2.3")]
    public void Text_that_is_no_price_is_refused(string text) => Price.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("340282366920938463463374607431768211455", true)]
    [InlineData("340282366920938463463374607431768211456", false)]
    [InlineData("0001", true)]
    [InlineData("1_000", false)]
    [InlineData("0x10", false)]
    [InlineData("١٢", false)]
    [InlineData("1\n", false)]
    [InlineData("", false)]
    public void An_amount_is_decimal_digits_up_to_2_128_minus_1(string text, bool accepted) =>
        TokenAmount.TryParse(text, out _).ShouldBe(accepted);

    [Fact]
    public void Every_count_survives_its_text()
    {
        var random = new Random(5);
        for (var i = 0; i < 50_000; i++)
        {
            var price = new Price(WideTests.Draw(random) % (Price.MaxValue.Count + 1));
            Price.Parse(price.ToString()).ShouldBe(price);
            var amount = new TokenAmount(WideTests.Draw(random));
            TokenAmount.Parse(amount.ToString()).ShouldBe(amount);
            BigInteger.Parse(amount.ToString(), CultureInfo.InvariantCulture).ShouldBe((BigInteger)amount.Units);
        }
    }
}
