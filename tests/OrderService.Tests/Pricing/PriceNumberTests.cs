using System.Globalization;
using System.Numerics;
using System.Text;
using OrderService.Domain.Amounts;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PriceNumberTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0.5", "0.5")]
    [InlineData("1.2e-7", "0.00000012")]
    [InlineData("1.2E+3", "1200")]
    [InlineData("12e0000000000000000000001", "120")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("0.0000000000000000019", "0.000000000000000001")]
    [InlineData("1.9999999999999999999999", "1.999999999999999999")]
    [InlineData("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999")]
    [InlineData("0.00000000000000000000000000000000000001e30", "0.00000001")]
    [InlineData("100000000000000000000000000000e-20", "1000000000")]
    public void A_number_is_read_exactly(string text, string expected)
    {
        PriceNumber.TryRead(text, out var price, out _).ShouldBeTrue();
        price.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("", nameof(RejectionReason.NotANumber))]
    [InlineData("NaN", nameof(RejectionReason.NotANumber))]
    [InlineData("Infinity", nameof(RejectionReason.NotANumber))]
    [InlineData("-Infinity", nameof(RejectionReason.NotANumber))]
    [InlineData("1,5", nameof(RejectionReason.NotANumber))]
    [InlineData("1.", nameof(RejectionReason.NotANumber))]
    [InlineData(".5", nameof(RejectionReason.NotANumber))]
    [InlineData("+1", nameof(RejectionReason.NotANumber))]
    [InlineData("01", nameof(RejectionReason.NotANumber))]
    [InlineData(" 1", nameof(RejectionReason.NotANumber))]
    [InlineData("1 ", nameof(RejectionReason.NotANumber))]
    [InlineData("1e", nameof(RejectionReason.NotANumber))]
    [InlineData("1e+", nameof(RejectionReason.NotANumber))]
    [InlineData("1e1.5", nameof(RejectionReason.NotANumber))]
    [InlineData("0x10", nameof(RejectionReason.NotANumber))]
    [InlineData("\u0661", nameof(RejectionReason.NotANumber))]
    [InlineData("-", nameof(RejectionReason.NotANumber))]
    [InlineData("0", nameof(RejectionReason.NotPositive))]
    [InlineData("-0", nameof(RejectionReason.NotPositive))]
    [InlineData("0.000", nameof(RejectionReason.NotPositive))]
    [InlineData("0e99999999999999999999", nameof(RejectionReason.NotPositive))]
    [InlineData("-1", nameof(RejectionReason.NotPositive))]
    [InlineData("-1e400", nameof(RejectionReason.NotPositive))]
    [InlineData("0.0000000000000000009", nameof(RejectionReason.NotPositive))]
    [InlineData("1e-99999999999999999999", nameof(RejectionReason.NotPositive))]
    [InlineData("100000000000000000000", nameof(RejectionReason.TooLarge))]
    [InlineData("1e400", nameof(RejectionReason.TooLarge))]
    [InlineData("1e99999999999999999999", nameof(RejectionReason.TooLarge))]
    public void What_is_no_price_is_refused_with_its_reason(string text, string expected)
    {
        PriceNumber.TryRead(text, out _, out var why).ShouldBeFalse();
        why.ToString().ShouldBe(expected);
    }

    [Fact]
    public void A_text_without_end_is_refused() => PriceNumber.TryRead(new string('1', 100_000), out _, out _).ShouldBeFalse();

    [Fact]
    public void Any_number_reads_as_integers_say()
    {
        var random = new Random(20260304);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = NextNumber(random, out var digits, out var exponent);
            var count = Shifted(digits, exponent + Price.Decimals);
            var expected = count > 0 && count <= (BigInteger)Price.MaxValue.Count;
            PriceNumber.TryRead(text, out var price, out var why).ShouldBe(expected, text);
            if (expected) ((BigInteger)price.Count).ShouldBe(count, text);
            else why.ShouldBe(count > 0 ? RejectionReason.TooLarge : RejectionReason.NotPositive, text);
            read += expected ? 1 : 0;
        }
        read.ShouldBeGreaterThan(5_000);
    }

    [Fact]
    public void Random_text_never_throws()
    {
        const string alphabet = "0123456789.eE+-N, ";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var isNumber = System.Text.RegularExpressions.Regex.IsMatch(text, @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z");
            var isRead = PriceNumber.TryRead(text, out _, out var why);
            (isRead || why != RejectionReason.NotANumber).ShouldBe(isNumber, text);
        }
    }

    // digits · 10^exponent, as the text says it
    private static string NextNumber(Random random, out BigInteger digits, out int exponent)
    {
        var text = new StringBuilder();
        var whole = random.Next(4) == 0 ? "0" : Digits(random, random.Next(1, 24)).TrimStart('0').PadLeft(1, '7');
        text.Append(whole);
        var fraction = random.Next(3) == 0 ? "" : Digits(random, random.Next(1, 30));
        if (fraction.Length > 0) text.Append('.').Append(fraction);
        digits = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture);
        exponent = -fraction.Length;
        if (random.Next(2) == 0) return text.ToString();
        var power = random.Next(-30, 30);
        exponent += power;
        return text.Append(random.Next(2) == 0 ? 'e' : 'E').Append(power >= 0 && random.Next(2) == 0 ? "+" : "")
            .Append(power.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private static BigInteger Shifted(BigInteger digits, int power) =>
        power >= 0 ? digits * BigInteger.Pow(10, power) : digits / BigInteger.Pow(10, -power);

    private static string Digits(Random random, int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10)))]);
}
