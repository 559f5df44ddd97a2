namespace OrderService.Stacks.Crypto;

/// <summary>Why bytes or text are not a signature that this service accepts.</summary>
public enum SignatureFault
{
    /// <summary>There is no fault.</summary>
    None,

    /// <summary>Not 65 bytes, or not 130 hex digits; a 0x prefix counts as too long.</summary>
    Length,

    /// <summary>A character is not a hex digit.</summary>
    NotHex,

    /// <summary>The recovery id is not 0..3; 27 and above are of another chain.</summary>
    RecoveryId,

    /// <summary>s is above n/2: the same signature in its malleable form.</summary>
    HighS,

    /// <summary>r or s is zero, or not below the curve's order.</summary>
    OutOfRange,
}
