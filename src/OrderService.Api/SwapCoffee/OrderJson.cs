using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>Writes orders as this wire has them.</summary>
internal sealed class OrderJson(Func<TokenId, Token?> find, VenueTerms venue, CloseTimestampUnit closeUnit)
{
    /// <summary>Writes one order object.</summary>
    public void Write(Utf8JsonWriter json, OrderView view)
    {
        var (order, terms) = (view.Order, view.Order.Terms);
        var progress = OrderProgress.Of(view);
        json.WriteStartObject();
        json.WriteNumber("id", PublicNumbers.Of(order.PublicId!));
        json.WriteString("type", StrategyTypes.Of(order).Word());
        json.WriteString("wallet", order.Account.ToString());
        json.WriteString("status", SwapCoffeeStatus.Of(order));
        json.WriteNumber("creation_timestamp", order.CreatedAt.ToUnixTimeSeconds());
        WriteToken(json, "token_from", terms.SellToken);
        WriteToken(json, "token_to", terms.BuyToken);
        json.WriteString("initial_input_amount", terms.AmountIn.ToString());
        json.WriteString("current_input_amount", progress.InputLeft.ToString());
        json.WriteString("current_output_amount", progress.Output.ToString());
        WriteSettings(json, order);
        json.WriteNumber("max_suborders", order.Rules.Parts ?? order.Slices.Count);
        json.WriteNumber("suborders_executed", progress.Suborders);
        json.WriteNumber("max_invocations", order.Rules.AttemptsMax ?? order.Rules.Parts ?? order.Slices.Count);
        json.WriteNumber("invocations_executed", progress.Invocations);
        WriteFraction(json, "slippage", terms.SlippageBps ?? 0);
        json.WriteNumber("max_path_length", NewOrderTerms.PathLengthOf(order, venue));
        json.WriteNumber("active_transactions", progress.InFlight);
        if (order.EndedAt is { } ended) json.WriteNumber("close_timestamp", closeUnit == CloseTimestampUnit.Seconds ? ended.ToUnixTimeSeconds() : ended.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    // A token that the registry dropped since is known by its id alone.
    private void WriteToken(Utf8JsonWriter json, string name, TokenId id)
    {
        var token = find(id);
        json.WriteStartObject(name);
        json.WriteStartObject("address");
        json.WriteString("blockchain", TokenAddress.Blockchain);
        json.WriteString("address", TokenAddress.Of(id));
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteString("name", token?.Name ?? id.ToString());
        json.WriteString("symbol", token?.Symbol ?? id.ToString());
        json.WriteNumber("decimals", token?.Decimals ?? 0);
        if (token?.Image is { } image) json.WriteString("image_url", image);
        json.WriteBoolean("listed", token is not null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The delay in both units: the original takes the one and answers the other.
    private static void WriteSettings(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject("settings");
        if (order.Rules.Interval is { } delay)
        {
            json.WriteNumber("delay", delay.Count);
            json.WriteNumber("delay_millis", delay.Count * 1_000L);
            WritePrice(json, "price_range_from", order.Slices[^1].RateMin);
            WritePrice(json, "price_range_to", order.Slices[^1].RateMax);
        }
        else
        {
            json.WriteString("min_output_amount", order.Terms.MinAmountOut?.ToString());
        }
        json.WriteEndObject();
    }

    // The digits themselves, since a writer of numbers would go through a float; 0 is no bound.
    private static void WritePrice(Utf8JsonWriter json, string name, Price? price)
    {
        json.WritePropertyName(name);
        json.WriteRawValue((price ?? Price.Zero).ToString());
    }

    private static void WriteFraction(Utf8JsonWriter json, string name, int basisPoints) => WritePrice(json, name, new Price((UInt128)basisPoints * (Price.Scale / 10_000)));
}
