using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.Tread;
using OrderService.Api.Tread.Records;
using OrderService.Domain;

namespace OrderService.Tests.Tread;

/// <summary>
/// What the document says of the fields of a new order is what its rules take, whose list of faults has a sentence about the field.
/// </summary>
public sealed class BoundsTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private static readonly string[] Quantities = ["base_asset_qty", "quote_asset_qty", "sell_token_amount"];

    private static readonly string[] Fields =
    [
        "pair", "side", "accounts", "strategy", "super_strategy", "duration", .. Quantities, "engine_passiveness", "schedule_discretion",
        "alpha_tilt", "pov_limit", "pov_target", "limit_price", "stop_price", "order_slices",
        "max_otc", "exposure_tolerance", "target_asset", "pos_side", "updated_leverage", "custom_order_id", "notes", "chase_decay",
    ];

    [Fact]
    public async Task The_document_has_the_bounds_of_the_rules() =>
        (await Http.BoundsTests.CheckAsync("tread", "/api/orders", RefusalOf, addsAbsent: true)).ShouldBeGreaterThan(40);

    private OrderError.Field? RefusalOf(JsonObject body)
    {
        var sizes = Quantities.Where(body.ContainsKey).ToList();
        // one sizes an order
        foreach (var other in sizes.Except([sizes.Find(name => body[name]!.ToString() == "!") ?? sizes[^1]])) body.Remove(other);
        return service.Judge<NewOrderRecord>(Encoding.UTF8.GetBytes(body.ToJsonString()), TreadBodies.OrderStyle).Fault is not { } fault
            ? null
            : new OrderError.Field(fault.Sentences.Select(FieldOf).FirstOrDefault(name => name.Length > 0) ?? "",
                string.Join("; ", fault.Sentences));
    }

    // "Stop price must be a positive number" is about stop_price.
    private static string FieldOf(string sentence)
    {
        var words = sentence.ToLowerInvariant().Replace(' ', '_').Replace("invalid_leverage", "updated_leverage", StringComparison.Ordinal);
        return Fields.Where(name => words.Contains(name, StringComparison.Ordinal)).OrderByDescending(name => name.Length).FirstOrDefault()
            ?? "";
    }
}
