using System.Text;

namespace OrderService.Tests.Fuzz;

/// <summary>
/// Makes inputs out of good ones, always the same for a seed: bits flipped, bytes put in, taken out and repeated, pieces of others and
/// words of the formats spliced in, and now and then noise.
/// </summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private const int LengthMax = 64 * 1024; // the largest body that is read

    private static readonly byte[][] Words = [.. new[]
    {
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-", "-0", "1e400", "1e-400", "1E+9", "0x",
        "340282366920938463463374607431768211456", "99999999999999999999.999999999999999999", "9223372036854775808",
        "\\ud800", "\\u0000", "\u0000", "\uFEFF", "٣", "é", "💥", "(", ")", "&&", "||", ":=", ";", "\n", "--", "**", "if",
        "SP000000000000000000002Q6VF78", ".stx", "*", "USD", "T00:00:00Z", "+14:00", "%", "..", "::", " ",
    }.Select(Encoding.UTF8.GetBytes), [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80],
    [0x0b, 0, 0, 0, 1], [0x0c, 0, 0, 0, 1], [0x0a], [0x07]];

    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var changes = 1 + _random.Next(6); changes > 0; changes--) Change(bytes);
        if (bytes.Count > LengthMax) bytes.RemoveRange(LengthMax, bytes.Count - LengthMax);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + _random.Next(_random.Next(8) == 0 ? 200 : 8));
        switch (_random.Next(9))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)_random.Next(256); break;
            case 2: bytes.Insert(at, (byte)_random.Next(256)); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5 when length > 0: Repeat(bytes, at, length); break;
            case 6: bytes.InsertRange(at, Words[_random.Next(Words.Length)]); break;
            case 7: Splice(bytes, at); break;
            case 8 when _random.Next(50) == 0: Noise(bytes); break;
        }
    }

    // Depth and length are what readers are made to choke on.
    private void Repeat(List<byte> bytes, int at, int length)
    {
        var piece = bytes.GetRange(at, length);
        for (var times = _random.Next(20) == 0 ? 500 : _random.Next(4); times > 0 && bytes.Count < LengthMax; times--)
            bytes.InsertRange(at, piece);
    }

    private void Splice(List<byte> bytes, int at)
    {
        var other = corpus[_random.Next(corpus.Count)];
        var from = _random.Next(other.Length + 1);
        bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + _random.Next(40))).ToArray());
    }

    private void Noise(List<byte> bytes)
    {
        var noise = new byte[_random.Next(300)];
        _random.NextBytes(noise);
        bytes.Clear();
        bytes.AddRange(noise);
    }
}
