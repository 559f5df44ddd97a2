using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>Writes prices as this wire has them: a JSON number with all its digits, and beside it the same digits as text for clients whose numbers are floats.</summary>
internal static class PriceJson
{
    /// <summary>Writes one price object. All that is shown passed the gate, so the confidence is 1; the fields of pools are those of a token that is none.</summary>
    public static void Write(Utf8JsonWriter json, PriceView view, bool details = false)
    {
        var (price, token) = (view.Price, view.Token);
        json.WriteStartObject();
        json.WriteString("tokenId", price.Token.ToString());
        json.WriteString("symbol", token?.Symbol);
        json.WriteString("name", token?.Name);
        if (token is null) json.WriteNull("decimals");
        else json.WriteNumber("decimals", token.Decimals);
        json.WriteNull("image");
        WritePrice(json, "usdPrice", price.Usd);
        json.WriteString("usdPriceExact", price.Usd.ToString());
        WritePrice(json, "sbtcRatio", view.SbtcRatio);
        json.WriteNumber("confidence", 1);
        json.WriteNumber("lastUpdated", price.At.ToUnixTimeMilliseconds());
        json.WriteNumber("totalLiquidity", 0);
        json.WriteBoolean("isLpToken", false);
        json.WriteNull("intrinsicValue");
        WritePrice(json, "marketPrice", price.Usd);
        if (details)
        {
            json.WriteStartObject("calculationDetails");
            json.WriteString("priceSource", price.Sources);
            json.WriteNumber("iterationsToConverge", 1);
            json.WriteNumber("finalConvergencePercent", 0);
            json.WriteString("calculatedAt", IsoTime.Text(price.At));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes one candle.</summary>
    public static void Write(Utf8JsonWriter json, PriceCandle candle)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", IsoTime.Text(candle.At));
        foreach (var (name, price) in ((string, Price)[])[("open", candle.Open), ("high", candle.High), ("low", candle.Low), ("close", candle.Close)])
        {
            WritePrice(json, name, price);
            json.WriteString($"{name}Exact", price.ToString());
        }
        json.WriteNumber("points", candle.Points);
        json.WriteEndObject();
    }

    // The digits themselves: a writer of numbers would go through a float.
    private static void WritePrice(Utf8JsonWriter json, string name, Price? price)
    {
        json.WritePropertyName(name);
        if (price is { } value) json.WriteRawValue(value.ToString());
        else json.WriteNullValue();
    }
}
