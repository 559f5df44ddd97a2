using System.Globalization;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using static OrderService.Stacks.Clarity.ClarityValue;

namespace OrderService.Stacks.Tests;

public sealed class ClarityTests
{
    private static readonly Principal Contract = Principal.Parse("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x");

    public static TheoryData<string, string> Shapes => new()
    {
        { "00fffffffffffffffffffffffffffffffe", "-2" },
        { "0100000000000000000000000000000001", "u1" },
        { "02000000020aff", "0x0aff" },
        { "0200000000", "0x" },
        { "03", "true" },
        { "04", "false" },
        { "0516bf584905755be35f11b96c2691fd9c3fc64f4b16", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS" },
        { "0616bf584905755be35f11b96c2691fd9c3fc64f4b160178", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x" },
        { "0703", "(ok true)" },
        { "080100000000000000000000000000061e28", "(err u400936)" },
        { "09", "none" },
        { "0a09", "(some none)" },
        { "0b00000000", "(list)" },
        { "0b000000020304", "(list true false)" },
        { "0c00000002016103016209", "{a: true, b: none}" },
        { "0d0000000361220a", "\"a\\\"\\n\"" },
        { "0e00000006c3a9f09f9982", "u\"\\u{E9}\\u{1F642}\"" },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Each_type_is_read_printed_and_written_back(string hex, string repr)
    {
        ClarityReader.TryReadHex("0x" + hex, out var value).ShouldBeTrue();
        value.ToString().ShouldBe(repr);
        Convert.ToHexStringLower(ClarityWriter.ToBytes(value)).ShouldBe(hex);
        ClarityReader.TryReadHex(hex, out var again).ShouldBeTrue();
        again.ShouldBe(value);
        again.GetHashCode().ShouldBe(value.GetHashCode());
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("0f", "unknown type")]
    [InlineData("ff", "unknown type")]
    [InlineData("0300", "trailing byte")]
    [InlineData("01000000000000000000000000000000", "short uint")]
    [InlineData("020000000301", "short buffer")]
    [InlineData("02ffffffff", "negative length")]
    [InlineData("027fffffff", "huge length")]
    [InlineData("0b7fffffff", "huge list")]
    [InlineData("0c7fffffff", "huge tuple")]
    [InlineData("0c00000000", "empty tuple")]
    [InlineData("0c00000002016209016103", "names out of order")]
    [InlineData("0c00000002016109016103", "name twice")]
    [InlineData("0c00000001013109", "name that begins with a digit")]
    [InlineData("0c000000010009", "empty name")]
    [InlineData("0c00000001", "tuple without its entry")]
    [InlineData("0d00000001ff", "not ASCII")]
    [InlineData("0d0000000100", "NUL")]
    [InlineData("0e00000002c328", "not UTF-8")]
    [InlineData("0e00000003eda080", "surrogate in UTF-8")]
    [InlineData("0501bf584905755be35f11b96c2691fd9c3fc64f4b16", "version of no network")]
    [InlineData("0516bf584905755be35f11b96c2691fd9c3fc64f4b", "short principal")]
    [InlineData("0616bf584905755be35f11b96c2691fd9c3fc64f4b1600", "empty contract name")]
    [InlineData("0616bf584905755be35f11b96c2691fd9c3fc64f4b160131", "bad contract name")]
    public void Bad_bytes_are_refused(string hex, string why) =>
        ClarityReader.TryRead(Convert.FromHexString(hex), out _).ShouldBeFalse(why);

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x0a, depth - 1), 0x09];
        ClarityReader.TryRead(Nested(ClarityReader.DepthMax), out _).ShouldBeTrue();
        ClarityReader.TryRead(Nested(ClarityReader.DepthMax + 1), out _).ShouldBeFalse();
        ClarityReader.TryRead(Nested(1_000_000), out _).ShouldBeFalse();

        ClarityReader.TryRead(ClarityWriter.ToBytes(new ClarityValue.Buffer(new byte[ClarityReader.SizeMax - 5])), out _).ShouldBeTrue();
        ClarityReader.TryRead(ClarityWriter.ToBytes(new ClarityValue.Buffer(new byte[ClarityReader.SizeMax - 4])), out _).ShouldBeFalse();
        ClarityReader.TryReadHex(new string('0', 2 * ClarityReader.SizeMax + 2), out _).ShouldBeFalse();
        ClarityReader.TryReadHex("0x0", out _).ShouldBeFalse();
        ClarityReader.TryReadHex(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Tuples_keep_the_order_of_the_chain_and_refuse_what_it_refuses()
    {
        var tuple = new ClarityValue.Tuple(("b", new Bool(true)), ("a", new Int(1)), ("B", new None()));
        tuple.ToString().ShouldBe("{B: none, a: 1, b: true}");
        tuple["a"].ShouldBe(new Int(1));
        tuple["c"].ShouldBeNull();
        tuple.ShouldBe(new ClarityValue.Tuple(("a", new Int(1)), ("B", new None()), ("b", new Bool(true))));
        Should.Throw<ArgumentException>(() => new ClarityValue.Tuple());
        Should.Throw<ArgumentException>(() => new ClarityValue.Tuple(("a", new None()), ("a", new None())));
        Should.Throw<ArgumentException>(() => new ClarityValue.Tuple(("é", new None())));
        Should.Throw<ArgumentException>(() => new StringAscii("é"));
        Should.Throw<ArgumentException>(() => new StringUtf8("\ud800"));
    }

    [Fact]
    public void A_read_may_ask_for_a_type()
    {
        ClarityReader.TryRead<UInt>(ClarityWriter.ToBytes(new UInt(UInt128.MaxValue)), out var number).ShouldBeTrue();
        number.Value.ShouldBe(UInt128.MaxValue);
        ClarityReader.TryRead<Int>(ClarityWriter.ToBytes(new UInt(1)), out _).ShouldBeFalse();
    }

    [Fact]
    public void Random_values_are_read_back_as_they_were_written()
    {
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            var value = Any(random, ClarityReader.DepthMax);
            ClarityReader.TryRead(ClarityWriter.ToBytes(value), out var read).ShouldBeTrue(value.ToString());
            read.ShouldBe(value);
        }
    }

    [Fact]
    public void Random_and_damaged_bytes_never_throw()
    {
        var random = new Random(4);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (bytes.Length > 0) bytes[0] %= 15;
            Check(bytes);

            var damaged = ClarityWriter.ToBytes(Any(random, 5));
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Check(damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]);
        }

        // What is read at all is canonical: it is written back as the same bytes.
        static void Check(byte[] bytes)
        {
            if (ClarityReader.TryRead(bytes, out var value)) ClarityWriter.ToBytes(value).SequenceEqual(bytes).ShouldBeTrue();
        }
    }

    private static ClarityValue Any(Random random, int depth) => random.Next(depth > 1 ? 14 : 8) switch
    {
        0 => new Int(unchecked((Int128)Bits(random))),
        1 => new UInt(Bits(random)),
        2 => new Bool(random.Next(2) == 0),
        3 => new ClarityValue.Buffer(Convert.FromHexString(random.GetHexString(2 * random.Next(20)))),
        4 => new PrincipalValue(random.Next(2) == 0 ? Contract : Principal.From(Contract.Address)),
        5 => new None(),
        6 => new StringAscii(new string(random.GetItems<char>("abc \"\\\n~", random.Next(9)))),
        7 => new StringUtf8(string.Concat(random.GetItems<string>(["a", "é", "中", "🙂", "\0"], random.Next(9)))),
        8 => new Ok(Any(random, depth - 1)),
        9 => new Err(Any(random, depth - 1)),
        10 => new Some(Any(random, depth - 1)),
        11 => new List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => new ClarityValue.Tuple([.. Enumerable.Range(0, 1 + random.Next(3)).Select(i =>
            new TupleEntry("k" + i.ToString(CultureInfo.InvariantCulture), Any(random, depth - 1)))]),
    };

    private static UInt128 Bits(Random random) =>
        new UInt128(unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
            unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue))) >> random.Next(128);
}
