namespace OrderService.Client;

/// <summary>Whose client it is, and of which service.</summary>
public sealed record ClientOptions(Uri Url)
{
    /// <summary>Signs what is asked for; without one, and without a key, only what is open to everybody can be asked.</summary>
    public WalletSigner? Signer { get; init; }

    /// <summary>An API key of a wallet's.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The service that messages are signed for, where that is known beforehand: whoever is asked could name another.</summary>
    public string? Service { get; init; }

    /// <summary>How often a call is made again after an outage or a limit.</summary>
    public int RetriesMax { get; init; } = 4;

    /// <summary>The longest wait before such a try.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What sends, instead of sockets of its own.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
