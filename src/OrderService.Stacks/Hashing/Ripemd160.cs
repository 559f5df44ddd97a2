using System.Buffers.Binary;
using System.Numerics;

namespace OrderService.Stacks.Hashing;

// .NET dropped RIPEMD-160; a second native library for one hash of 32 bytes would cost more than these tables.
internal static class Ripemd160
{
    private static ReadOnlySpan<byte> LeftWords =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    private static ReadOnlySpan<byte> RightWords =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    private static ReadOnlySpan<byte> LeftShifts =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static ReadOnlySpan<byte> RightShifts =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    // Arrays, because spans of wider numbers than bytes allocate in code that is not optimized yet.
    private static readonly uint[] LeftConstants = [0x00000000, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];

    private static readonly uint[] RightConstants = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0x00000000];

    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < 20) throw new ArgumentException("RIPEMD-160 needs 20 bytes.", nameof(destination));

        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        var rest = source;
        for (; rest.Length >= 64; rest = rest[64..]) Block(state, rest[..64]);

        Span<byte> tail = stackalloc byte[128];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        tail = tail[..(rest.Length < 56 ? 64 : 128)];
        BinaryPrimitives.WriteUInt64LittleEndian(tail[^8..], (ulong)source.Length * 8);
        for (; tail.Length > 0; tail = tail[64..]) Block(state, tail[..64]);

        for (var i = 0; i < 5; i++) BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 * i)..], state[i]);
    }

    private static void Block(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (var i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        var left = (A: state[0], B: state[1], C: state[2], D: state[3], E: state[4]);
        var right = left;
        unchecked
        {
            for (var i = 0; i < 80; i++)
            {
                var round = i / 16;
                var l = left.A + Mix(round, left.B, left.C, left.D) + words[LeftWords[i]] + LeftConstants[round];
                left = (left.E, BitOperations.RotateLeft(l, LeftShifts[i]) + left.E, left.B, BitOperations.RotateLeft(left.C, 10), left.D);
                var r = right.A + Mix(4 - round, right.B, right.C, right.D) + words[RightWords[i]] + RightConstants[round];
                right = (right.E, BitOperations.RotateLeft(r, RightShifts[i]) + right.E, right.B, BitOperations.RotateLeft(right.C, 10),
                    right.D);
            }
            (state[0], state[1], state[2], state[3], state[4]) = (
                state[1] + left.C + right.D,
                state[2] + left.D + right.E,
                state[3] + left.E + right.A,
                state[4] + left.A + right.B,
                state[0] + left.B + right.C);
        }
    }

    private static uint Mix(int round, uint x, uint y, uint z) => round switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
