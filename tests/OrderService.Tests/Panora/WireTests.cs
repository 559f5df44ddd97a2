using OrderService.Api.Panora;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;

namespace OrderService.Tests.Panora;

/// <summary>The values of this wire, each way.</summary>
public class WireTests
{
    [Theory]
    [InlineData("12", 6, "12000000")]
    [InlineData("0.000001", 6, "1")]
    [InlineData("1.50", 6, "1500000")]
    [InlineData("1.00000000000", 6, "1000000")]
    [InlineData("007.5", 1, "75")]
    [InlineData("5", 0, "5")]
    [InlineData("340282366920938463463374607431768.211455", 6, "340282366920938463463374607431768211455")]
    public void An_amount_is_exact(string text, int decimals, string units)
    {
        HumanAmount.Read(text, decimals, out var amount).ShouldBe(HumanAmountFault.None);
        amount.ToString().ShouldBe(units);
        amount.ToWhole(decimals)
            .ShouldBe(text.TrimStart('0') is var t && t.StartsWith('.')
                ? text : t.Contains('.', StringComparison.Ordinal) ? t.TrimEnd('0').TrimEnd('.') : t);
    }

    [Theory]
    [InlineData("1e3", 6, "1000000000")]
    [InlineData("6e1", 0, "60")]
    [InlineData("1e-6", 6, "1")]
    [InlineData("0.30000000000000004", 6, "300000")]
    public void W3_An_amount_is_one_in_any_spelling(string text, int decimals, string units)
    {
        HumanAmount.Read(text, decimals, out var amount).ShouldBe(HumanAmountFault.None);
        amount.ToString().ShouldBe(units);
    }

    [Theory]
    [InlineData(null, HumanAmountFault.Shape)]
    [InlineData("", HumanAmountFault.Shape)]
    [InlineData(".5", HumanAmountFault.Shape)]
    [InlineData("5.", HumanAmountFault.Shape)]
    [InlineData("-1", HumanAmountFault.Shape)]
    [InlineData("+1", HumanAmountFault.Shape)]
    [InlineData("1,5", HumanAmountFault.Shape)]
    [InlineData(" 1", HumanAmountFault.Shape)]
    [InlineData("1.2.3", HumanAmountFault.Shape)]
    [InlineData("١", HumanAmountFault.Shape)]
    [InlineData("Infinity", HumanAmountFault.Shape)]
    [InlineData("0.0000001", HumanAmountFault.TooFine)]
    [InlineData("340282366920938463463374607431768.211456", HumanAmountFault.TooLarge)]
    public void What_is_no_amount_says_why(string? text, object fault) => HumanAmount.Read(text, 6, out _).ShouldBe(fault);

    [Fact]
    public void Amounts_survive_the_way_there_and_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var (amount,
                decimals) = (new TokenAmount(((UInt128)(ulong)random.NextInt64() << random.Next(0, 64)) + (ulong)random.NextInt64()),
                    random.Next(0, 39));
            HumanAmount.Read(amount.ToWhole(decimals), decimals, out var back).ShouldBe(HumanAmountFault.None);
            back.ShouldBe(amount);
        }
    }

    [Fact]
    public void A_rate_is_told_in_both_directions_without_rounding_up()
    {
        var (usdt, sbtc) = (Token("usdt", 6), Token("sbtc", 8));
        WireNumbers.Rate(new TokenAmount(3_000_000), usdt, new TokenAmount(100_000_000), sbtc).ShouldBe("3");
        WireNumbers.Rate(new TokenAmount(100_000_000), sbtc, new TokenAmount(3_000_000), usdt).ShouldBe("0.333333333333333333");
        // 18 digits after the zeros
        WireNumbers.Rate(new TokenAmount(1), sbtc, new TokenAmount(3_000_000_000_000), usdt).ShouldBe("0.00000000000000333333333333333333");
        WireNumbers.Rate(new TokenAmount(10_000_000), usdt, new TokenAmount(300_000_000), sbtc).ShouldBe("3.333333333333333333");
        WireNumbers.Rate(TokenAmount.Zero, usdt, TokenAmount.Zero, sbtc).ShouldBe("0");
    }

    [Theory]
    [InlineData("1500000", "2", "3")]
    [InlineData("1", "0.5", "0")]
    [InlineData("1234567", "1.000001", "1.234568")]
    [InlineData("1000000", null, null)]
    [InlineData("0", null, "0")]
    public void An_amount_in_dollars_has_six_decimals_and_is_told_from_none_where_no_price_is_known(
        string units, string? usd, string? text) =>
            WireNumbers.Usd(TokenAmount.Parse(units), Token("usdt", 6), usd is null ? null : Price.Parse(usd)).ShouldBe(text);

    [Fact]
    public void An_id_has_the_uuid_in_its_first_half_and_chance_in_its_second()
    {
        var uuid = Guid.NewGuid();
        var (one, other) = (PanoraTxId.Of(uuid), PanoraTxId.Of(uuid));
        one.ShouldNotBe(other);
        one.ToString().ShouldMatch("^0x[0-9a-f]{64}$");
        (one.Uuid.Key, one.Uuid.ToString()).ShouldBe((uuid, uuid.ToString("D")));
        PanoraTxId.TryParse(one.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(one);
        PanoraTxId.TryParse("0x" + one.ToString()[2..].ToUpperInvariant(), out read).ShouldBeTrue();
        read.ShouldBe(one);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x12")]
    [InlineData("9f2c4be1d6a07c35e8b1f4a2d3c69078b5e4f1a2c3d4e5f60718293a4b5c6d7e9f")]
    [InlineData("0x9f2c4be1d6a07c35e8b1f4a2d3c69078b5e4f1a2c3d4e5f60718293a4b5c6dzz")]
    public void What_is_no_id_is_refused(string? text) => PanoraTxId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_status_has_its_word()
    {
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            PanoraStatus.Of(status, isSwapped: false).ShouldBe(status switch
            {
                OrderStatus.Open or OrderStatus.Paused or OrderStatus.Cancelling => "active",
                OrderStatus.Cancelled => "cancelled",
                _ => "refunded",
            });
        }
        PanoraStatus.Of(OrderStatus.Completed, isSwapped: true).ShouldBe("filled");
    }

    private static Token Token(string name, int decimals) =>
        new(TokenId.Parse($"ST000000000000000000002AMW42H.{name}"), name, name, decimals, TokenType.Sip10);
}
