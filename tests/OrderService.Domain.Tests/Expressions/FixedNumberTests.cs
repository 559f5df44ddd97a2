using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Tests.Amounts;

namespace OrderService.Domain.Tests.Expressions;

public sealed class FixedNumberTests
{
    private static readonly BigInteger Scale = BigInteger.Pow(10, 18);
    private static readonly BigInteger Limit = BigInteger.Pow(2, 127);

    [Fact]
    public void Every_operation_agrees_with_BigInteger_rounded_half_to_even()
    {
        var random = new Random(20261127);
        for (var i = 0; i < 200_000; i++)
        {
            var (a, b) = (Draw(random), Draw(random));
            Agrees(Of(a).Plus(Of(b)), Fit(a + b));
            Agrees(Of(a).Minus(Of(b)), Fit(a - b));
            Agrees(Of(a).Times(Of(b)), Fit(HalfEven(a * b, Scale)));
            if (b.IsZero) continue;
            Agrees(Of(a).Over(Of(b)), Fit(HalfEven(a * Scale, b)));
            Agrees(Of(a).Modulo(Of(b)), (a % b + b) % b);
        }
    }

    [Theory]
    [InlineData("2", "10", "1024")]
    [InlineData("2", "-2", "0.25")]
    [InlineData("-3", "3", "-27")]
    [InlineData("0", "0", "1")]
    [InlineData("0", "-1", null)]
    [InlineData("10", "16", "10000000000000000")]
    [InlineData("1000", "16", null)]
    [InlineData("2", "17", null)]
    [InlineData("4", "0.5", null)]
    public void Powers_have_whole_exponents(string number, string exponent, string? power) =>
        Names.Number(number).Power(Names.Number(exponent))?.ToString().ShouldBe(power);

    [Fact]
    public void Nothing_is_divided_by_zero()
    {
        FixedNumber.One.Over(FixedNumber.Zero).ShouldBeNull();
        FixedNumber.One.Modulo(FixedNumber.Zero).ShouldBeNull();
    }

    [Theory]
    [InlineData("007.50", "7.5")]
    [InlineData("0.0000000000000000005", "0")]
    [InlineData("0.0000000000000000015", "0.000000000000000002")]
    [InlineData("0.00000000000000000050000000001", "0.000000000000000001")]
    [InlineData("170141183460469231731.687303715884105727", "170141183460469231731.687303715884105727")]
    [InlineData("170141183460469231731.687303715884105728", null)]
    [InlineData("170141183460469231731.6873037158841057275", null)]
    [InlineData("1.", null)]
    [InlineData(".5", null)]
    [InlineData("1e5", null)]
    public void Text_is_read_to_18_decimals(string text, string? read)
    {
        FixedNumber.TryParse(text, out var number).ShouldBe(read is not null);
        if (read is not null) number.ToString().ShouldBe(read);
    }

    [Fact]
    public void Moments_are_seconds_and_amounts_are_whole_tokens()
    {
        var moment = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567);
        FixedNumber.Of(moment).ToString().ShouldBe("1796115600.1234567");
        FixedNumber.Of(new TokenAmount(1_234_567), 6).ShouldBe(Names.Number("1.234567"));
        FixedNumber.Of(new TokenAmount(UInt128.MaxValue), 0).ShouldBeNull();
        FixedNumber.Of(new TokenAmount(UInt128.MaxValue), 38).ShouldBe(Names.Number("3.402823669209384634"));
        FixedNumber.Of(Price.MaxValue).ToPrice().ShouldBe(Price.MaxValue);
        FixedNumber.Zero.ToPrice().ShouldBeNull();
    }

    private static BigInteger Draw(Random random)
    {
        var size = (BigInteger)WideTests.Draw(random) % Limit >> random.Next(0, 3) * 30;
        return random.Next(2) == 0 ? size : -size;
    }

    private static FixedNumber Of(BigInteger count) => new((Int128)count);

    // Shouldly takes longer than the arithmetic, so it is asked only where they differ.
    private static void Agrees(FixedNumber? number, BigInteger? exact)
    {
        if (Count(number) != exact) Count(number).ShouldBe(exact);
    }

    private static BigInteger? Count(FixedNumber? number) => number is { } known ? (BigInteger)known.Count : null;

    private static BigInteger? Fit(BigInteger count) => BigInteger.Abs(count) < Limit ? count : null;

    private static BigInteger HalfEven(BigInteger dividend, BigInteger divisor)
    {
        var (size, unit) = (BigInteger.Abs(dividend), BigInteger.Abs(divisor));
        var (quotient, rest) = (size / unit, size % unit * 2);
        if (rest > unit || (rest == unit && !quotient.IsEven)) quotient++;
        return dividend.Sign * divisor.Sign < 0 ? -quotient : quotient;
    }
}
