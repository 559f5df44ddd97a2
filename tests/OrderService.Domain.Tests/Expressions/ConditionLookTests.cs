using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;

namespace OrderService.Domain.Tests.Expressions;

public sealed class ConditionLookTests
{
    private static readonly Dictionary<string, FixedNumber> NothingKept = [];

    private static ConditionLook Look(string text, PlayWorld world) => Names.Condition(text).Look(world, NothingKept);

    [Theory]
    [InlineData("CHA-sUSDT@simulated <= 0.05", true)]
    [InlineData("CHA-sUSDT@simulated < 0.05", false)]
    [InlineData("CHA-sUSDT@simulated == 0.050", true)]
    [InlineData("CHA-sUSDT@simulated * 20 == 1 AND :filled < :qty", true)]
    [InlineData(":filled / :qty >= 0.25 OR 1 > 2", true)]
    [InlineData("7 % 3 == 1 AND -7 % 3 == 2 AND 7 % -3 == -2", true)]
    [InlineData("max(1, 3, 2) - min(1, 3, 2) == 2 ** 1", true)]
    [InlineData("TIME - dt2026-12-01T08:59 == 60", true)]
    [InlineData("TIME + 60 <= dt2026-12-01T09:00", false)]
    [InlineData("(1 < 2) == (3 < 4)", true)]
    public void It_holds_where_it_is_true(string text, bool holds)
    {
        var world = new PlayWorld { Prices = { ["CHA-sUSDT@simulated"] = Names.Number("0.05") } };
        (world.Quantities[QuantityWord.Qty], world.Quantities[QuantityWord.Filled]) = (Names.Number("100"), Names.Number("25"));
        var look = Look(text, world);
        (look.Holds, look.IsAnyUnknown).ShouldBe((holds, false));
    }

    // A comparison with a side that is not known is false; AND and OR do not lift it.
    [Theory]
    [InlineData("CHA-sUSDT@simulated > 0", false)]
    [InlineData("CHA-sUSDT@simulated <= 0", false)]
    [InlineData("CHA-sUSDT@simulated != CHA-sUSDT@simulated", false)]
    [InlineData("CHA-sUSDT@simulated > 0 OR 1 < 2", true)]
    [InlineData("1 / (:qty - :qty) > 0", false)]
    [InlineData("99999999999 ** 16 > 0", false)]
    [InlineData("0 * CHA-sUSDT@simulated == 0", false)]
    public void What_is_not_known_makes_its_comparison_false(string text, bool holds)
    {
        var look = Look(text, new PlayWorld { Quantities = { [QuantityWord.Qty] = FixedNumber.One } });
        (look.Holds, look.IsAnyUnknown).ShouldBe((holds, true));
    }

    [Fact]
    public void A_variable_with_a_question_mark_takes_its_value_once_when_it_is_first_known()
    {
        var condition = Names.Condition("start ?= CHA-sUSDT@simulated; now := CHA-sUSDT@simulated; now >= start * 1.1");
        var world = new PlayWorld();
        var first = condition.Look(world, NothingKept);
        (first.Holds, first.IsAnyUnknown, first.Kept.Count).ShouldBe((false, true, 0));
        world.Prices["CHA-sUSDT@simulated"] = Names.Number("2");
        var second = condition.Look(world, first.Kept);
        second.Kept.ShouldBe(new Dictionary<string, FixedNumber> { ["start"] = Names.Number("2") });
        second.Holds.ShouldBeFalse();
        world.Prices["CHA-sUSDT@simulated"] = Names.Number("2.2");
        var third = condition.Look(world, second.Kept);
        (third.Holds, third.IsAnyUnknown).ShouldBe((true, false));
        (third.Values["start"], third.Values["now"]).ShouldBe((Names.Number("2"), Names.Number("2.2")));
    }

    [Fact]
    public void What_was_seen_is_recorded()
    {
        var world = new RecordingWorld(new PlayWorld { Prices = { ["CHA-sUSDT@simulated"] = Names.Number("0.04") } });
        Names.Condition("CHA-sUSDT@simulated <= 0.05 OR A-sUSDT@simulated > :filled").Look(world, NothingKept).Holds.ShouldBeTrue();
        world.Seen.ShouldBe(new Dictionary<string, FixedNumber?> { ["CHA-sUSDT@simulated"] = Names.Number("0.04"),
            ["A-sUSDT@simulated"] = null, [":filled"] = null }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("0.05", "0.05")]
    [InlineData("0.05 * 2", "0.1")]
    [InlineData("1 / 0", null)]
    [InlineData("CHA-sUSDT@simulated", null)]
    public void A_limit_that_reads_nothing_is_one_number(string text, string? value) =>
    Names.Limit(text).Constant()?.ToString().ShouldBe(value);
}
