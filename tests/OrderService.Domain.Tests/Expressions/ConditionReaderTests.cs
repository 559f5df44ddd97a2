using OrderService.Domain.Expressions;

namespace OrderService.Domain.Tests.Expressions;

public sealed class ConditionReaderTests
{
    [Theory]
    [InlineData("CHA-sUSDT@simulated <= 0.05", "CHA-sUSDT@simulated 0.05 <=", "CHA-sUSDT@simulated <= 0.05")]
    [InlineData("CHA-sUSDT@simulated 0.05 <=", "CHA-sUSDT@simulated 0.05 <=", "CHA-sUSDT@simulated <= 0.05")]
    [InlineData("cha-susdt@SIMULATED<=0.050", "CHA-sUSDT@simulated 0.050 <=", "CHA-sUSDT@simulated <= 0.050")]
    [InlineData("TIME>dt2026-12-01T09:00", "TIME dt2026-12-01T09:00 >", "TIME > dt2026-12-01T09:00")]
    [InlineData("time > DT2026-12-01t09:00:30", "TIME dt2026-12-01T09:00:30 >", "TIME > dt2026-12-01T09:00:30")]
    [InlineData("1 + 2 * 3 > 4 and 5 < 6 or 7 == 8", "1 2 3 * + 4 > 5 6 < AND 7 8 == OR", "1 + 2 * 3 > 4 AND 5 < 6 OR 7 == 8")]
    [InlineData("1 > 0 AND (2 > 0 OR 3 > 0)", "1 0 > 2 0 > 3 0 > OR AND", "1 > 0 AND (2 > 0 OR 3 > 0)")]
    [InlineData("(1 - (2 - 3)) - 4 >= -5", "1 2 3 - - 4 - 0 5 - >=", "1 - (2 - 3) - 4 >= -5")]
    [InlineData("0 CHA-sUSDT@simulated - -1 <", "0 CHA-sUSDT@simulated - 1 - 0 <", null)]
    [InlineData("-2 ** 2 < 0", "0 2 2 ** - 0 <", "-2 ** 2 < 0")]
    [InlineData("(-2) ** 2 > 0", "0 2 - 2 ** 0 >", "(-2) ** 2 > 0")]
    [InlineData("2 ** 3 ** 2 > 0", "2 3 2 ** ** 0 >", "2 ** 3 ** 2 > 0")]
    [InlineData("(2 ** 3) ** -2 > 0", "2 3 ** 0 2 - ** 0 >", "(2 ** 3) ** -2 > 0")]
    [InlineData("max(1, 2, min(3, 4)) > 0", "1 2 max 3 4 min max 0 >", "max(1, 2, min(3, 4)) > 0")]
    [InlineData("max(1) > 0", "1 0 >", "1 > 0")]
    [InlineData(":FILLED >= :qty % 2", ":filled :qty 2 % >=", ":filled >= :qty % 2")]
    [InlineData("stSTX-2-sUSDT@simulated > v.1-sUSDT@simulated", "stSTX-2-sUSDT@simulated v.1-sUSDT@simulated >",
        "stSTX-2-sUSDT@simulated > v.1-sUSDT@simulated")]
    [InlineData("TIME - dt2026-12-01T09:00 > 60 OR TIME > dt2026-12-01T09:00 + 60",
        "TIME dt2026-12-01T09:00 - 60 > TIME dt2026-12-01T09:00 60 + > OR",
        "TIME - dt2026-12-01T09:00 > 60 OR TIME > dt2026-12-01T09:00 + 60")]
    [InlineData("x ?= CHA-sUSDT@simulated; CHA-sUSDT@simulated > x*1.1", "x ?= CHA-sUSDT@simulated; CHA-sUSDT@simulated x 1.1 * >",
        "x ?= CHA-sUSDT@simulated; CHA-sUSDT@simulated > x * 1.1")]
    [InlineData("\na:=1\n\nb:=a 1 +;a b <\n", "a := 1; b := a 1 +; a b <", "a := 1; b := a + 1; a < b")]
    public void Both_notations_are_read_and_printed(string text, string rpn, string? infix)
    {
        if (infix is null)
        {
            ConditionReader.TryRead(text, Names.Known, out _, out _).ShouldBeFalse();
            return;
        }
        var condition = Names.Condition(text);
        (condition.ToRpn(), condition.ToInfix()).ShouldBe((rpn, infix));
        Names.Condition(rpn).ShouldBe(condition);
        Names.Condition(infix).ShouldBe(condition);
    }

    [Theory]
    [InlineData("", "unexpected end")]
    [InlineData(" \n ", "unexpected end")]
    [InlineData("abc +", "unknown name abc")]
    [InlineData("1 > 2 +", "unexpected end")]
    [InlineData("1 > 2 3", "unexpected 3")]
    [InlineData("CHA-sUSDT@simulated <", "unexpected end")]
    [InlineData("< 1", "unexpected <")]
    [InlineData("1 2 > >", "unexpected >")]
    [InlineData("1 2 3 >", "unexpected end")]
    [InlineData("1 2 > ( )", "unexpected (")]
    [InlineData("1 < 2 < 3", "unexpected <")]
    [InlineData("(1 < 2", "unexpected end")]
    [InlineData("1 < 2)", "unexpected )")]
    [InlineData("max 1", "unexpected max")]
    [InlineData("max(1, ) > 0", "unexpected )")]
    [InlineData("1 $ 2", "unexpected $")]
    [InlineData("1 > 2 😀", "unexpected 😀")]
    [InlineData("FOO-sUSDT@simulated > 1", "unknown pair FOO-sUSDT")]
    [InlineData("CHA-sUSDT@binance > 1", "unknown exchange binance")]
    [InlineData("CHA-sUSDT > 1", "unknown name CHA")]
    [InlineData(":target > 1", "unknown name :target")]
    [InlineData("dt2026-13-01T09:00 < TIME", "unexpected dt2026-13-01T09:00")]
    [InlineData("CHA-sUSDT@simulated", "must be true or false")]
    [InlineData("TIME", "must be true or false")]
    [InlineData("TIME > 1", "type mismatch at >")]
    [InlineData("1 < 2 AND 3", "type mismatch at AND")]
    [InlineData("TIME + TIME > TIME", "type mismatch at +")]
    [InlineData("1 + TIME > TIME", "type mismatch at +")]
    [InlineData("max(TIME, TIME) > TIME", "type mismatch at max")]
    [InlineData("2 ** 17 > 1", "type mismatch at **")]
    [InlineData("2 ** 0.5 > 1", "type mismatch at **")]
    [InlineData("170141183460469231732 > 1", "too long")]
    [InlineData("1 > 0; 2 > 0", "unexpected ;")]
    [InlineData("1 > 0\n2 > 0", "unexpected 2")]
    [InlineData("1 > 0;", "unexpected ;")]
    [InlineData("x := 1;; 1 > 0", "unexpected ;")]
    [InlineData("x := 1;", "unexpected end")]
    [InlineData("x := 1", "unexpected end")]
    [InlineData("x := 1; x := 2; x > 0", "unexpected x")]
    [InlineData("TIME := 1; 1 > 0", "unexpected TIME")]
    [InlineData("Max := 1; 1 > 0", "unexpected Max")]
    [InlineData("x := y; y := 1; x > y", "unknown name y")]
    public void A_fault_has_its_reason(string text, string reason)
    {
        ConditionReader.TryRead(text, Names.Known, out _, out var fault).ShouldBeFalse(text);
        fault.ShouldBe(reason, text);
    }

    public static TheoryData<string, bool> Sizes() => new()
    {
        { $"{new string(' ', 1995)}1 > 0", true },
        { $"{new string(' ', 1996)}1 > 0", false },
        { $"1{Repeat(" + 1", 63)} > 0", true },
        { $"1{Repeat(" + 1", 64)} > 0", false },
        { $"1 > 0{Repeat(" AND 1 > 0", 31)}", true },
        { $"1 > 0{Repeat(" AND 1 > 0", 32)}", false },
        { $"{Repeat("(", 32)}1{Repeat(")", 32)} > 0", true },
        { $"{Repeat("(", 33)}1{Repeat(")", 33)} > 0", false },
        { $"{Repeat("(", 990)}1", false },
        { $"{Repeat("1 + (", 30)}1{Repeat(")", 30)} > 0", true },
        { $"{Repeat("1 + (", 32)}1{Repeat(")", 32)} > 0", false },
        { $"1{Repeat(" ** 1", 30)} > 0", true },
        { $"1{Repeat(" ** 1", 60)} > 0", false },
        { $"{Repeat("1 ", 33)}{Repeat("+ ", 32)} 0 >", false },
        { $"{string.Join(" AND ", Names.Symbols.Take(8).Select(s => $"{s}-sUSDT@simulated > 0"))}", true },
        { $"{string.Join(" AND ", Names.Symbols.Take(9).Select(s => $"{s}-sUSDT@simulated > 0"))}", false },
        { $"{string.Concat(Enumerable.Range(0, 16).Select(i => $"x{i} := {i};"))} x1 > x0", true },
        { $"{string.Concat(Enumerable.Range(0, 17).Select(i => $"x{i} := {i};"))} x1 > x0", false },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_limits_are_where_they_are_said_to_be(string text, bool isTaken)
    {
        ConditionReader.TryRead(text, Names.Known, out _, out var fault).ShouldBe(isTaken);
        fault.ShouldBe(isTaken ? null : "too long");
    }

    [Fact]
    public void Variables_given_beside_a_condition_come_first_and_in_their_order()
    {
        KeyValuePair<string, string>[] given = [new("low", "CHA-sUSDT@simulated 2 /"), new("half", "low * 2")];
        ConditionReader.TryRead("x ?= half; x > low", given, Names.Known, out var condition, out _).ShouldBeTrue();
        condition.ToRpn().ShouldBe("low := CHA-sUSDT@simulated 2 /; half := low 2 *; x ?= half; x low >");
        ConditionReader.TryReadStored(condition.ToRpn(), Names.Known, out var stored, out _).ShouldBeTrue();
        stored.ShouldBe(condition);
    }

    [Theory]
    [InlineData("1x", "1", "unexpected 1x")]
    [InlineData("", "1", "unexpected ")]
    [InlineData("or", "1", "unexpected or")]
    [InlineData("x", "", "unexpected end")]
    [InlineData("x", "1;2", "unexpected ;")]
    [InlineData("x", "zz", "unknown name zz")]
    public void A_bad_variable_is_a_fault_of_the_condition(string name, string value, string reason)
    {
        ConditionReader.TryRead("1 > 0", [new KeyValuePair<string, string>(name, value)], Names.Known, out _, out var fault)
            .ShouldBeFalse();
        fault.ShouldBe(reason);
    }

    [Theory]
    [InlineData("CHA-sUSDT@simulated + 0.01", null)]
    [InlineData("min(CHA-sUSDT@simulated, 0.05)", null)]
    [InlineData("0.05", null)]
    [InlineData(":qty", null)]
    [InlineData("CHA-sUSDT@simulated > 1", "must be a number")]
    [InlineData("dt2026-12-01T09:00", "must be a number")]
    [InlineData("TIME", "unexpected TIME")]
    [InlineData("x", "unknown name x")]
    [InlineData("x := 1; x", "unknown name x")]
    [InlineData("1; 2", "unexpected ;")]
    [InlineData("abc +", "unknown name abc")]
    public void A_limit_is_a_number_without_variables_and_time(string text, string? reason)
    {
        LimitReader.TryRead(text, Names.Known, out _, out var fault).ShouldBe(reason is null);
        fault.ShouldBe(reason);
    }

    [Fact]
    public void What_is_longer_when_printed_is_read_from_the_store()
    {
        var text = $"CHA-sUSDT@simulated>0.{new string('1', 1978)}";
        text.Length.ShouldBe(2_000);
        var condition = Names.Condition(text);
        ConditionReader.TryRead(condition.ToRpn(), Names.Known, out _, out var fault).ShouldBeFalse();
        fault.ShouldBe("too long");
        ConditionReader.TryReadStored(condition.ToRpn(), Names.Known, out var stored, out _).ShouldBeTrue();
        stored.ShouldBe(condition);
    }

    // A stop price is joined to what a client may send at most: the store takes both.
    [Fact]
    public void A_second_gate_fits_behind_the_largest_condition()
    {
        var largest = Names.Condition(
            $"{string.Join(" AND ", Names.Symbols.Take(8).Select(s => $"{s}-sUSDT@simulated > 0"))} AND 1{Repeat(" + 1", 47)} > 0");
        ConditionReader.TryRead($"{largest.ToRpn()} 1 0 > AND", Names.Known, out _, out var fault).ShouldBeFalse();
        fault.ShouldBe("too long");
        var gated = largest.With(Names.Known.PairOf("F-sUSDT")!, isFloor: true, new NumberLiteral("0.5", Names.Number("0.5")));
        ConditionReader.TryReadStored(gated.ToRpn(), Names.Known, out var stored, out _).ShouldBeTrue();
        stored.ShouldBe(gated);
        stored.ToInfix().ShouldEndWith(" AND F-sUSDT@simulated >= 0.5");
        Condition.Of(Names.Known.PairOf("A-sUSDT")!, isFloor: false, new NumberLiteral("2", Names.Number("2"))).ToInfix()
            .ShouldBe("A-sUSDT@simulated <= 2");
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
