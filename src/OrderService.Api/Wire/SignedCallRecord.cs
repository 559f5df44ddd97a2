namespace OrderService.Api.Wire;

/// <summary>What a wallet signed. Each part may stand in a header instead.</summary>
internal record SignedCallRecord : RequestRecord
{
    /// <summary>
    /// The exact text that was signed: JSON with action, timestamp, service, chainId, address, and all that is asked for.
    /// </summary>
    /// <example>{"action":"cancel_orders","uuids":["550e8400-e29b-41d4-a716-446655440000"]}</example>
    public Given<string> Message { get; init; }

    /// <summary>The wallet's signature over it (r, s, v in hex).</summary>
    [Is(Shape.Signature)]
    public Given<string> Signature { get; init; }

    /// <summary>The wallet that signed.</summary>
    [Is(Shape.Address)]
    public Given<string> WalletAddress { get; init; }

    /// <summary>Its public key; recovered from the signature where it is missing.</summary>
    /// <example>02a1633cafcc01ebfb6d78e39f687a1f0995c62fc95f51ead10a02ee0be551b5dc</example>
    public Given<string> PublicKey { get; init; }
}
