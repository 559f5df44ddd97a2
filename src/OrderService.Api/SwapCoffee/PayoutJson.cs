using System.Text.Json;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>A payout that is asked for: amounts of tokens from a strategies wallet to its owner.</summary>
internal sealed record Payout(StacksAddress Wallet, IReadOnlyList<(TokenId Token, TokenAmount Amount)> Entries);

/// <summary>Reads the JSON of a payout.</summary>
internal static class PayoutJson
{
    public const int EntriesMax = 100;

    /// <summary>The payout, or the first field that is not as it must be.</summary>
    public static Result<Payout> Read(ReadOnlyMemory<byte> json) => JsonFields.ReadBody(json, ReadPayout);

    private static Result<Payout> ReadPayout(JsonFields body)
    {
        if (body.Text("address").IsRejected(out var why, out var text)) return why;
        if (!StacksAddress.TryParse(text, out var wallet)) return body.Field("address", "must be a Stacks address: that of the strategies wallet");
        if (body.Any("entries") is not { ValueKind: JsonValueKind.Array } given || given.GetArrayLength() is 0 or > EntriesMax) return body.Field("entries", $"must be a list of 1 to {EntriesMax} entries");
        var entries = new List<(TokenId, TokenAmount)>();
        foreach (var element in given.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object) return body.Field("entries", "must be objects with token and amount");
            var entry = new JsonFields(element, "entries.");
            if (entry.Text("token").IsRejected(out why, out var address)) return why;
            if (!TokenAddress.TryParse(address, out var token)) return entry.Field("token", TokenAddress.Shape);
            if (entry.Amount("amount").IsRejected(out why, out var amount)) return why;
            entries.Add((token, amount));
        }
        return new Payout(wallet, entries);
    }
}
