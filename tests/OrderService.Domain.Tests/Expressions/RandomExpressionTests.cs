using System.Text;
using OrderService.Domain.Expressions;

namespace OrderService.Domain.Tests.Expressions;

public sealed class RandomExpressionTests
{
    // Whatever tree is read, printing it and reading that back gives the same tree, in both notations.
    [Fact]
    public void Printing_and_reading_is_the_identity_in_both_notations()
    {
        var random = new Random(20261127);
        var (taken, operators) = (0, 0);
        while (taken < 120_000)
        {
            var text = Statements(random, out var names) + Truth(random, random.Next(0, 7), names);
            if (!ConditionReader.TryRead(text, Names.Known, out var condition, out var fault))
            {
                fault.ShouldBe("too long", text);
                continue;
            }
            taken++;
            operators += condition.ToRpn().Count(c => c == ' ');
            var infix = condition.ToInfix();
            var again = Stored(infix);
            if (Stored(condition.ToRpn()) == condition && again == condition && again.ToInfix() == infix) continue;
            again.ToInfix().ShouldBe(infix, text);
            Stored(condition.ToRpn()).ToRpn().ShouldBe(again.ToRpn(), text);
            Assert.Fail(text);
        }
        operators.ShouldBeGreaterThan(taken); // not all of them trivial
    }

    [Fact]
    public void Random_text_never_crashes_a_reader()
    {
        var random = new Random(7);
        string[] pieces =
        [
            "(", ")", ",", "+", "-", "*", "**", "/", "%", "<", "<=", ">", ">=", "==", "!=", "AND", "or", "max", "MIN", "TIME", ":qty",
            ":filled", ":", ":=", "?=", ";", "\n", " ", "x", "y1", "_",
            "0", "1.5", "007", "99999999999999999999", ".", "@", "CHA-sUSDT@simulated", "A-sUSDT@x", "@simulated", "dt2026-12-01T09:00",
            "dt2026-99-01T09:00:00", "é", "\u0000", "\ud800", "😀",
        ];
        var taken = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = new StringBuilder();
            for (var left = random.Next(0, 24); left > 0; left--)
            {
                text.Append(random.Next(12) == 0 ? ((char)random.Next(0x10000)).ToString() : pieces[random.Next(pieces.Length)]);
                if (random.Next(2) == 0) text.Append(' ');
            }
            if (i % 2 == 0)
            {
                text.Clear().Append(Truth(random, random.Next(0, 4), []))
                    .Insert(random.Next(text.Length), pieces[random.Next(pieces.Length)]);
            }
            if (ConditionReader.TryRead(text.ToString(), Names.Known, out var condition, out var fault))
                taken += condition.ToRpn().Length > 0 ? 1 : 0;
            else fault.ShouldNotBeNullOrEmpty();
            LimitReader.TryRead(text.ToString(), Names.Known, out _, out _);
        }
        taken.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void A_truth_is_always_known_and_a_look_never_fails()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Statements(random, out var names) + Truth(random, random.Next(0, 6), names);
            if (!ConditionReader.TryRead(text, Names.Known, out var condition, out _)) continue;
            var world = new PlayWorld();
            foreach (var pair in condition.Pairs().Where(_ => random.Next(3) > 0))
                world.Prices[pair.Name] = Names.Number($"{random.Next(0, 1000)}.{random.Next(1000)}");
            if (random.Next(2) == 0) world.Quantities[QuantityWord.Qty] = Names.Number("100");
            condition.Test.Kind.ShouldBe(ExpressionKind.Truth);
            var look = condition.Look(world, new Dictionary<string, FixedNumber>());
            if (condition.Pairs().Any(p => !world.Prices.ContainsKey(p.Name))) look.IsAnyUnknown.ShouldBeTrue(text);
        }
    }

    private static Condition Stored(string text) =>
        ConditionReader.TryReadStored(text, Names.Known, out var condition, out var fault)
            ? condition : throw new InvalidOperationException($"{fault}: {text}");

    private static string Statements(Random random, out List<string> names)
    {
        (names, var text) = ([], new StringBuilder());
        for (var left = random.Next(4) == 0 ? random.Next(1, 4) : 0; left > 0; left--)
        {
            text.Append($"v{left} {(random.Next(2) == 0 ? "?=" : ":=")} {Number(random, random.Next(0, 3), names)}{(random.Next(2) == 0 ? ";" : "\n")}");
            names.Add($"v{left}");
        }
        return text.ToString();
    }

    private static string Truth(Random random, int depth, List<string> names)
    {
        if (depth > 1 && random.Next(3) > 0)
            return $"{Wrapped(random, Truth(random, depth - 1, names))} {(random.Next(2) == 0 ? "AND" : "or")} {Wrapped(random, Truth(random, depth - 2, names))}";
        string[] signs = ["<=", ">=", "<", ">", "==", "!="];
        var sign = signs[random.Next(signs.Length)];
        return random.Next(4) == 0
            ? $"{Moment(random, names)} {sign} {Moment(random, names)}"
            : $"{Number(random, depth, names)}{Gap(random)}{sign}{Gap(random)}{Number(random, depth, names)}";
    }

    private static string Moment(Random random, List<string> names) => random.Next(4) switch
    {
        0 => "TIME",
        1 => $"dt20{random.Next(10, 99)}-0{random.Next(1, 10)}-1{random.Next(0, 10)}T1{random.Next(0, 10)}:{random.Next(10, 60)}{(random.Next(2) == 0 ? ":07" : "")}",
        2 => $"(TIME + {Number(random, 1, names)})",
        _ => $"TIME - {Number(random, 0, names)}",
    };

    private static string Number(Random random, int depth, List<string> names)
    {
        if (depth == 0)
        {
            return random.Next(6) switch
            {
                0 => $"{Names.Symbols[random.Next(Names.Symbols.Length)]}-sUSDT@simulated",
                1 => new[] { ":qty", ":filled", ":current_target" }[random.Next(3)],
                2 when names.Count > 0 => names[random.Next(names.Count)],
                3 => $"{random.Next(0, 3)}",
                _ => $"{random.Next(0, 100)}.{random.Next(0, 1000)}",
            };
        }
        var (left, right) = (Number(random, random.Next(depth), names), Number(random, depth - 1, names));
        return random.Next(10) switch
        {
            0 => $"-{Wrapped(random, left, 1)}",
            1 => $"max({left},{right})",
            2 => $"min({left}, {right}, {Number(random, 0, names)})",
            3 => $"({left}) ** {random.Next(0, 17)}",
            4 => $"({left}) ** -{random.Next(0, 17)}",
            _ => $"{Wrapped(random, left)} {"+-*/%"[random.Next(5)]} {Wrapped(random, right)}",
        };
    }

    private static string Wrapped(Random random, string text, int always = 0) => always > 0 || random.Next(2) == 0 ? $"({text})" : text;

    private static string Gap(Random random) => random.Next(2) == 0 ? " " : "";
}
