using System.Net;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>The limits of a key, from the message that asks for it.</summary>
internal static class KeyLimitsFields
{
    /// <summary>Reads them; the first that is wrong is named.</summary>
    public static Result<KeyLimits> Read(WalletMessageLimits? given)
    {
        if (given is null) return new KeyLimits();
        var slippage = given.MaxSlippageBps ?? KeyLimits.DefaultSlippageBps;
        if (slippage is < BasisPoints.Min or > BasisPoints.Max) return new OrderError.Field("limits.maxSlippageBps", "must be 0 to 10000");
        Price? usd = null;
        if (given.MaxUsdPerDay is { } text)
        {
            if (!Price.TryParse(text, out var read) || read == Price.Zero) return new OrderError.Field("limits.maxUsdPerDay", "must be dollars as a decimal text, more than 0");
            usd = read;
        }
        if (List<TokenId>(given.Tokens, "limits.tokens", "tokens: contract ids or .stx", TokenId.TryParse).IsRejected(out var why, out var tokens)) return why;
        if (List<IPNetwork>(given.Ips, "limits.ips", "networks in CIDR, like 203.0.113.0/24", TryNetwork).IsRejected(out why, out var ips)) return why;
        return new KeyLimits { MaxSlippageBps = slippage, MaxUsdPerDay = usd, Tokens = tokens.Items, Ips = ips.Items };
    }

    private static Result<Listed<T>> List<T>(IReadOnlyList<string?>? given, string name, string what, TryRead<T> tryRead)
    {
        if (given is null) return new Listed<T>(null);
        if (given.Count is 0 or > KeyLimits.EntriesMax) return new OrderError.Field(name, $"must be 1 to {KeyLimits.EntriesMax} {what}");
        var read = new List<T>(given.Count);
        foreach (var text in given)
        {
            if (!tryRead(text, out var item)) return new OrderError.Field(name, $"must be 1 to {KeyLimits.EntriesMax} {what}");
            read.Add(item);
        }
        return new Listed<T>(read);
    }

    // A single address is a network of one.
    private static bool TryNetwork(string? text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address) && text.Contains('/', StringComparison.Ordinal) is false)
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }

    private sealed record Listed<T>(IReadOnlyList<T>? Items);
}
