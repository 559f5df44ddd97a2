using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// Reads the JSON of a vault list. An entry that cannot be used costs only itself; fields that are not known are not looked at.
/// </summary>
internal sealed class VaultListReader(TokenNames names)
{
    /// <summary>The most entries that are read of one list.</summary>
    public const int EntriesMax = 10_000;

    private enum Outcome
    {
        Read,
        OtherKind,
        Bad,
    }

    /// <summary>
    /// The vaults of <c>{status, data: […]}</c> or of a bare array, and their tokens; null where there is no array, or where its status is
    /// not <c>success</c>.
    /// </summary>
    public VaultListing? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("status", out var status)
                && !(status.ValueKind == JsonValueKind.String && status.ValueEquals("success")))
            {
                return null;
            }
            if (!root.TryGetProperty("data", out root)) return null;
        }
        if (root.ValueKind != JsonValueKind.Array) return null;

        var (vaults, tokens, counts) = (new List<ListedVault>(), new List<StacksToken>(), new int[3]);
        foreach (var entry in root.EnumerateArray()) counts[(int)ReadEntry(entry, vaults, tokens)]++;
        return new VaultListing(vaults, tokens, counts[(int)Outcome.OtherKind], counts[(int)Outcome.Bad]);
    }

    private Outcome ReadEntry(JsonElement entry, List<ListedVault> vaults, List<StacksToken> tokens)
    {
        try
        {
            if (entry.ValueKind != JsonValueKind.Object || vaults.Count >= EntriesMax) return Outcome.Bad;
            if (KindOf(Text(entry, "type")) is not { } kind) return Outcome.OtherKind;
            if (!entry.TryGetProperty("tokenA", out var left) || ReadToken(left) is not { } a) return Outcome.Bad;
            if (!entry.TryGetProperty("tokenB", out var right) || ReadToken(right) is not { } b) return Outcome.Bad;
            if (ReadVault(entry, kind, a.Id, b.Id) is not { } vault) return Outcome.Bad;
            vaults.Add(vault);
            tokens.AddRange([a, b]);
            return Outcome.Read;
        }
        catch (InvalidOperationException) // text that is no Unicode is found only when it is read
        {
            return Outcome.Bad;
        }
    }

    private static ListedVault? ReadVault(JsonElement entry, VaultKind kind, TokenId a, TokenId b)
    {
        if (!ContractId.TryParse(Text(entry, "contractId"), out var id)) return null;
        var fee = 0;
        if (IsGiven(entry, "fee", out var given) && !WireNumber.TryReadWhole(given, VaultArithmetic.Million, out fee)) return null;
        if (!TryReadReserve(entry, "reservesA", out var reserveA) || !TryReadReserve(entry, "reservesB", out var reserveB)) return null;
        Principal? external = null;
        if (IsGiven(entry, "externalPoolId", out var pool) && !(pool.ValueKind == JsonValueKind.String && pool.ValueEquals("")))
        {
            if (!Principal.TryParse(Text(entry, "externalPoolId"), out var sender)) return null;
            external = sender;
        }
        return new ListedVault(id, kind, a, b, fee, reserveA, reserveB, external, HasQuote: true)
        {
            Labels = new VaultLabels(TokenNames.Short(Text(entry, "name")), TokenNames.Short(Text(entry, "symbol")),
                TokenNames.AssetOf(Text(entry, "identifier")), TokenNames.ImageOf(Text(entry, "image"))),
        };
    }

    private StacksToken? ReadToken(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !names.TryRead(Text(entry, "contractId"), out var id)) return null;
        var image = TokenNames.ImageOf(Text(entry, "image"));
        if (id == TokenId.Stx) return StacksToken.Stx with { Token = StacksToken.Stx.Token with { Image = image } };
        if (!entry.TryGetProperty("decimals", out var number) || !WireNumber.TryReadWhole(number, TokenNames.DecimalsMax, out var decimals))
            return null;
        var isSubnet = string.Equals(Text(entry, "type"), "SUBNET", StringComparison.OrdinalIgnoreCase);
        TokenId? wrapped = isSubnet && names.TryRead(Text(entry, "base"), out var held) && held != id ? held : null;
        var symbol = TokenNames.Short(Text(entry, "symbol")) ?? (id.IsContract(out var contract) ? contract.Value.Name : "");
        var token = new Token(id, symbol, TokenNames.Short(Text(entry, "name")) ?? symbol, decimals,
            isSubnet ? TokenType.Subnet : TokenType.Sip10, wrapped)
            {
                Identifier = TokenNames.AssetOf(Text(entry, "identifier")), Image = image,
            };
        return new StacksToken(token, isSubnet ? null : token.Identifier);
    }

    private static VaultKind? KindOf(string? type) => type?.ToUpperInvariant() switch
    {
        "POOL" => VaultKind.Pool,
        "SUBLINK" => VaultKind.Sublink,
        _ => null,
    };

    private static bool TryReadReserve(JsonElement entry, string name, out TokenAmount? reserve)
    {
        reserve = null;
        if (!IsGiven(entry, name, out var given)) return true;
        if (!WireNumber.TryReadAmount(given, out var amount)) return false;
        reserve = amount;
        return true;
    }

    private static bool IsGiven(JsonElement entry, string name, out JsonElement value) =>
        entry.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
