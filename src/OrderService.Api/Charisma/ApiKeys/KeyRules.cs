using System.Net;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>What a message that asks for a key must say.</summary>
internal sealed class KeyAskedRules : RequestRules<KeyAskedRecord>
{
    private const int PermissionsMax = 10;
    private static readonly KeyLimitsAskedRules Limits = new();

    public KeyAskedRules()
    {
        Must(b => b.KeyName, (_, name) => name.IsRead && ApiKey.IsName(name.Value))
            .Says($"must be 1 to {ApiKey.NameMax} letters, digits, spaces, hyphens and underscores");
        Must(b => b.Permissions, (_, names) => names is { IsRead: true, Value.Count: > 0 and <= PermissionsMax })
            .Says($"must name some of {ApiKeyPermissions.All}");
        Must(b => b.Permissions, (body, _) => body.Permissions.Value!.All(IsPermission)).Says($"must name only {ApiKeyPermissions.All}");
        Must(b => b.Limits, (_, limits) => limits.IsAbsentOrRead).Says("must be an object of limits");
        Refuse(body => body.Limits.IsRead && Limits.FirstRefusal(body.Limits.Value!) is OrderError.Field wrong
            ? new OrderError.Field($"limits.{wrong.Name}", wrong.Problem) : null);
        Must(b => b.ExpiresAt, (_, end) => end.IsAbsentOrRead).Says("must be a date and time in ISO 8601 that ends in Z");
    }

    private static bool IsPermission(string? name) => ApiKeyPermissions.TryParse(name, out _);
}

/// <summary>What limits must be. One that is not known is refused, not ignored: who misspelt it would believe in it.</summary>
internal sealed class KeyLimitsAskedRules : BulkRules<KeyLimitsAskedRecord>
{
    public KeyLimitsAskedRules()
    {
        NoOthers("is not known here");
        Must(b => b.MaxSlippageBps, (_, share) => share.IsAbsentOrRead).Says("must be 0 to 10000");
        Must(b => b.MaxUsdPerDay, (_, usd) => !usd.IsGiven || (usd.IsRead && usd.Value > Price.Zero))
            .Says("must be dollars as a decimal text, more than 0");
        Must(b => b.Tokens, (_, tokens) => KeyEntries.AreAll<TokenId>(tokens, TokenId.TryParse))
            .Says($"must be 1 to {KeyLimits.EntriesMax} tokens: contract ids or .stx");
        Must(b => b.Ips, (_, networks) => KeyEntries.AreAll<IPNetwork>(networks, KeyEntries.TryReadNetwork))
            .Says($"must be 1 to {KeyLimits.EntriesMax} networks in CIDR, like 203.0.113.0/24");
    }
}

/// <summary>The lists of a key's limits.</summary>
internal static class KeyEntries
{
    /// <summary>True where there are none, or as many as may be that all read.</summary>
    public static bool AreAll<T>(Given<IReadOnlyList<string?>> given, TryRead<T> read) =>
        !given.IsGiven
            || (given is { IsRead: true, Value: { Count: > 0 and <= KeyLimits.EntriesMax } texts } && texts.All(text => read(text, out _)));

    /// <summary>All of them; null where none are given.</summary>
    public static IReadOnlyList<T>? All<T>(Given<IReadOnlyList<string?>> given, TryRead<T> read) =>
        given.Value?.Select(
            text => read(text, out var item) ? item : throw new InvalidOperationException("rules let pass what does not read")).ToList();

    /// <summary>A network; a single address is one of itself alone.</summary>
    public static bool TryReadNetwork(string? text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address) && text.Contains('/', StringComparison.Ordinal) is false)
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }
}
