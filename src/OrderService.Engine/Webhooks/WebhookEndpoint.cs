using System.Security.Cryptography;
using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Webhooks;

/// <summary>Where a wallet wants to be told what happens. Its secret is no part of it.</summary>
internal sealed record WebhookEndpoint(
    Guid Id, StacksAddress Owner, Uri Url, IReadOnlyList<string>? Kinds, string Status, DateTimeOffset CreatedAt, long Position)
{
    public const string Active = "active";
    public const string Disabled = "disabled";

    public string? DisabledReason { get; init; }

    /// <summary>Since when nothing of it was answered as it should be; null where the last was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the secret before still signs too.</summary>
    public DateTimeOffset? SecretBeforeUntil { get; init; }

    /// <summary>Messages that wait to be sent.</summary>
    public long Pending { get; init; }

    /// <summary>The id on the wire: 32 hex digits.</summary>
    public string WireId => Id.ToString("N");
}

/// <summary>A secret that messages are signed with, as Standard Webhooks has them.</summary>
internal readonly record struct WebhookSecret(byte[] Bytes)
{
    private const string Prefix = "whsec_";
    private const int Size = 32;

    /// <summary>A fresh one.</summary>
    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>The text that its wallet is shown once.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(Bytes);

    /// <inheritdoc/>
    public override string ToString() => Prefix + "…";
}

/// <summary>The addresses that a wallet may name.</summary>
internal static class WebhookUrls
{
    /// <summary>Characters of an address at most.</summary>
    public const int LengthMax = 2_000;

    /// <summary>The address, or why it is none that is sent to. What its name leads to is looked at whenever something is sent.</summary>
    public static Result<Uri> Read(string? text, bool allowsPrivate)
    {
        if (text is not { Length: > 0 and <= LengthMax } || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return new OrderError.Field("url", $"must be an address of at most {LengthMax} characters, such as https://example.com/hook");
        if (url.Scheme != Uri.UriSchemeHttps && !(allowsPrivate && url.Scheme == Uri.UriSchemeHttp))
            return new OrderError.Field("url", "must begin with https://");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return new OrderError.Field("url", "must have no user, password or fragment in it");
        var isName = url.HostNameType == UriHostNameType.Dns;
        var isInner = isName
            ? url.IsLoopback || !url.DnsSafeHost.Contains('.', StringComparison.Ordinal)
            : !System.Net.IPAddress.TryParse(url.DnsSafeHost, out var address) || !Outbound.PublicConnect.IsPublic(address);
        return isInner && !allowsPrivate ? new OrderError.Field("url", "must lead to a public address", "address_not_public") : url;
    }
}
