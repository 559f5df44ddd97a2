using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Partitions;
using OrderService.Stacks.Addresses;

namespace OrderService.Hosting;

/// <summary>
/// Says which partition a call is for: that which knows the id in its path; else that of the key's wallet, or of the owner whom the path,
/// the query, a header or the body names; else that which <c>X-Partition</c> names, as an operator does who belongs to none; else the
/// first.
/// </summary>
internal sealed class PartitionGuess(AllPartitions partitions, KeyStores keys, WrongKeys wrong)
{
    /// <summary>The header of who belongs to no partition.</summary>
    public const string Header = "X-Partition";

    private static readonly string[] Ids = ["uuid", "groupId", "id"];
    private static readonly string[] Schemes = ["Token ", "Bearer "];
    private static readonly HashSet<string> OwnerFields = new(StringComparer.Ordinal) { "owner", "walletAddress", "wallet_address" };
    private static readonly HashSet<string> AccountFields = new(StringComparer.Ordinal) { "address" };

    /// <summary>The number of the partition.</summary>
    public async Task<int> OfAsync(HttpContext http, byte[]? body)
    {
        var known = await KnowingAsync(http);
        if (known is [var only]) return only;
        var owners = await OfOwnerAsync(http, body);
        if (known.Count == 0) return owners ?? await OfAccountAsync(http, body) ?? Asked(http);
        // The same id is of an order in each: the caller's own comes first, then that which was first there.
        return owners is { } his && known.Contains(his) ? his : known[0];
    }

    // Those that know the id in the path, the oldest order's first.
    private async Task<IReadOnlyList<int>> KnowingAsync(HttpContext http)
    {
        if (IdOf(http) is not { } id) return [];
        var since = await Task.WhenAll(partitions.Each<KnowsId>().Select(knows => knows.SinceAsync(id, http.RequestAborted)));
        return [.. since.Index().Where(one => one.Item is not null).OrderBy(one => one.Item).Select(one => one.Index)];
    }

    private static Guid? IdOf(HttpContext http)
    {
        foreach (var name in Ids)
            if (http.Request.RouteValues[name] is string text && Guid.TryParse(text, out var id)) return id;
        return null;
    }

    private async Task<int?> OfOwnerAsync(HttpContext http, byte[]? body)
    {
        if (ApiKeySecret.TryParse(KeyOf(http), out var secret) && wrong.Refusal(http, secret.Reveal()) is null
            && await keys.FindAsync(secret, http.RequestAborted) is { } key)
        {
            return key.Partition;
        }
        return OwnerOf(http, body) is { } owner ? OwnerPartition.Of(owner, partitions.Count) : null;
    }

    // An operator names a managed account by its address, and not whose it is.
    private async Task<int?> OfAccountAsync(HttpContext http, byte[]? body)
    {
        if (body is not { Length: > 0 } || AddressIn(body, AccountFields) is not { } address) return null;
        var found = await Task.WhenAll(
            partitions.Each<FindAccount>().Select(accounts => accounts.ByAddressAsync(address, http.RequestAborted)));
        return Array.FindIndex(found, one => one.Error is null) is var number and >= 0 ? number : null;
    }

    private static string? KeyOf(HttpContext http)
    {
        if (Authenticator.KeyOf(http) is { Length: > 0 } key) return key;
        var authorization = http.Request.Headers.Authorization.ToString();
        foreach (var scheme in Schemes)
            if (authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return authorization[scheme.Length..].Trim();
        return http.Request.Query["token"];
    }

    private static StacksAddress? OwnerOf(HttpContext http, byte[]? body)
    {
        string?[] named = [http.Request.RouteValues["address"] as string, http.Request.Query["owner"],
            http.Request.Headers["x-wallet-address"]];
        foreach (var text in named) if (StacksAddress.TryParse(text, out var owner)) return owner;
        return body is { Length: > 0 } ? AddressIn(body, OwnerFields) : null;
    }

    // The first that a field names, however deep; who reads the body says whether it is right.
    private static StacksAddress? AddressIn(byte[] body, HashSet<string> fields)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !fields.Contains(reader.GetString()!)) continue;
                if (reader.Read() && reader.TokenType == JsonTokenType.String && StacksAddress.TryParse(reader.GetString(), out var owner))
                    return owner;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Which is said by whoever reads it.
        }
        return null;
    }

    private int Asked(HttpContext http) =>
        int.TryParse(http.Request.Headers[Header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < partitions.Count ? number : 0;
}
