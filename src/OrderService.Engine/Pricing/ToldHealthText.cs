using System.Text.Json;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>The health of prices as it stands in the store.</summary>
internal static class ToldHealthText
{
    private const int RejectedMax = 2_000;

    private sealed record Row(SourceHealth[] Sources, Refused[] Rejected);

    private sealed record Refused(string Token, string? Source, string Reason, string Detail);

    public static string Of(ToldHealth health) => JsonSerializer.Serialize(new Row(
        [.. health.Sources],
        [.. health.Rejected.Take(RejectedMax)
            .Select(one => new Refused(one.Token.ToString(), one.Source, one.Reason.Name(), one.Detail))]));

    /// <summary>Reads it; a reason that this version does not know is left out.</summary>
    public static ToldHealth Read(string text)
    {
        var row = JsonSerializer.Deserialize<Row>(text) ?? new Row([], []);
        var rejected = new List<PriceRejection>();
        foreach (var one in row.Rejected)
        {
            if (TokenId.TryParse(one.Token, out var id) && RejectionReasons.TryRead(one.Reason, out var reason))
                rejected.Add(new PriceRejection(id, one.Source, reason, one.Detail));
        }
        return new ToldHealth(row.Sources, rejected);
    }
}
