using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Auth;

/// <summary>Section <c>Limits</c>: what one remote address, and one owner, may use up in a minute of one process. 0 is no limit.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>
    /// Requests of one remote address. The operator's own, from this machine and through no proxy, are not counted, here and in the next
    /// three.
    /// </summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinutePerAddress { get; set; } = 6_000;

    /// <summary>Bytes of the bodies of its requests; one of a length that is not told counts as 64 KiB.</summary>
    [Range(0, 1L << 40)]
    public long BodyBytesPerMinutePerAddress { get; set; } = 64L << 20;

    /// <summary>
    /// Orders in the bodies of its calls of the native API, which a batch has many of; each costs a signature to be verified, whatever is
    /// wrong with it.
    /// </summary>
    [Range(0, 10_000_000)]
    public int CreatesPerMinutePerAddress { get; set; } = 12_000;

    /// <summary>Signatures of wallets with which its requests prove who asks, those that do not hold included.</summary>
    [Range(0, 10_000_000)]
    public int ProofsPerMinutePerAddress { get; set; } = 6_000;

    /// <summary>
    /// Keys that nobody has which one remote address, this machine's own too, may send before no further one is looked up.
    /// </summary>
    [Range(0, 10_000_000)]
    public int WrongKeysPerMinutePerAddress { get; set; } = 30;

    /// <summary>Orders that one owner may make, of every API; an order that is stored already is none.</summary>
    [Range(0, 10_000_000)]
    public int CreatesPerMinutePerOwner { get; set; } = 6_000;

    /// <summary>
    /// Other calls of one owner that change something, by a signed message or by any of its keys; and as many that cancel, counted apart.
    /// </summary>
    [Range(0, 10_000_000)]
    public int CallsPerMinutePerOwner { get; set; } = 3_000;

    /// <summary>Proven reads of one owner.</summary>
    [Range(0, 10_000_000)]
    public int ReadsPerMinutePerOwner { get; set; } = 6_000;
}
