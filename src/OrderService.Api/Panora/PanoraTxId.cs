using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OrderService.Domain.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// What this wire calls an order: <c>0x</c> and 64 hex digits. The first 16 bytes are the order's random uuid here; the other 16 are random
/// too. The whole stands on the order as its public id.
/// </summary>
internal readonly record struct PanoraTxId
{
    private const int Size = 32;

    private readonly string? _hex;

    private PanoraTxId(string hex) => _hex = hex;

    /// <summary>The uuid of the order.</summary>
    public OrderUuid Uuid => OrderUuid.Parse($"{_hex![..8]}-{_hex[8..12]}-{_hex[12..16]}-{_hex[16..20]}-{_hex[20..32]}");

    /// <summary>A new one for an order with this uuid.</summary>
    public static PanoraTxId Of(Guid uuid) => new(uuid.ToString("N") + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size / 2)));

    /// <summary>Reads <c>0x</c> and 64 hex digits of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PanoraTxId id)
    {
        var isId = text is { Length: 2 + 2 * Size } && text.StartsWith("0x", StringComparison.Ordinal)
            && text.AsSpan(2).IndexOfAnyExcept(Digits) < 0;
        id = isId ? new PanoraTxId(text![2..].ToLowerInvariant()) : default;
        return isId;
    }

    /// <summary>The wire text, in lower case.</summary>
    public override string ToString() => "0x" + _hex;

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
