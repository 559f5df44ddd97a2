using System.Text.Json;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// The quote that an order's latest swap was built on, which this wire has among its metadata as <c>quote</c>. A client's own member of
/// that name stays, and so does metadata that is no object.
/// </summary>
internal sealed class QuotedSwap
{
    public const string Metadata = "metadata";

    private const string Name = "quote";

    private readonly SwapQuoteRecord _quote;

    private QuotedSwap(SwapQuoteRecord quote) => _quote = quote;

    /// <summary>Of an order; null where no swap of it was built.</summary>
    public static QuotedSwap? Of(OrderView view) =>
        view.Attempts.LastOrDefault(a => a.QuotedAmountOut is not null) is not { } attempt ? null : new QuotedSwap(new SwapQuoteRecord
        {
            AmountIn = LooseUnits.Of(view.Order.Find(attempt.SliceNumber).AmountIn),
            AmountOut = LooseUnits.Of(attempt.QuotedAmountOut!.Value),
            Timestamp = IsoTime.Text(attempt.PreparedAt),
            Slippage = view.Order.Terms.SlippageBps is { } bps ? NumberText.OfFraction(bps) : null,
        });

    /// <summary>The client's metadata with it behind, each value as it came; where there is none, it alone.</summary>
    public RawJson Among(RawJson? given)
    {
        var metadata = (given?.Utf8 ?? "{}"u8.ToArray()).Span;
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        if (given is { } kept && (reader.TokenType != JsonTokenType.StartObject || HasOwn(metadata))) return kept;
        var open = metadata[..^1];
        var close = JsonAnswer.Bytes(Write).Span;
        var isEmpty = !reader.Read() || reader.TokenType == JsonTokenType.EndObject;
        var text = new byte[open.Length + (isEmpty ? 0 : 1) + close.Length - 1];
        open.CopyTo(text);
        if (!isEmpty) text[open.Length] = (byte)',';
        close[1..].CopyTo(text.AsSpan(text.Length - close.Length + 1));
        return new RawJson(text);
    }

    private static bool HasOwn(ReadOnlySpan<byte> metadata)
    {
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName(ref reader)) return true;
            reader.Skip();
        }
        return false;
    }

    // JSON can spell half a surrogate pair, which is no text, and so not this one.
    private static bool IsName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals(Name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName(Name);
        JsonSerializer.Serialize(json, _quote, CharismaJson.Default.SwapQuoteRecord);
        json.WriteEndObject();
    }
}
