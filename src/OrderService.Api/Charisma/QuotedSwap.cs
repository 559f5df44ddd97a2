using System.Text;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>The quote that an order's latest swap was built on, which this wire has among its metadata as <c>quote</c>. A client's own member of that name stays, and so does metadata that is no object.</summary>
internal sealed class QuotedSwap
{
    public const string Metadata = "metadata";

    private const string Name = "quote";

    private readonly TokenAmount _in;
    private readonly TokenAmount _out;
    private readonly DateTimeOffset _at;
    private readonly int? _slippageBps;

    private QuotedSwap(TokenAmount amountIn, TokenAmount amountOut, DateTimeOffset at, int? slippageBps) => (_in, _out, _at, _slippageBps) = (amountIn, amountOut, at, slippageBps);

    /// <summary>True once it was written, or left to the client's own.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Of an order; null where no swap of it was built.</summary>
    public static QuotedSwap? Of(OrderView view) => view.Attempts.LastOrDefault(a => a.QuotedAmountOut is not null) is not { } attempt ? null
        : new QuotedSwap(view.Order.Find(attempt.SliceNumber).AmountIn, attempt.QuotedAmountOut!.Value, attempt.PreparedAt, view.Order.Terms.SlippageBps);

    /// <summary>Writes metadata that has it alone.</summary>
    public void WriteAlone(Utf8JsonWriter json)
    {
        json.WriteStartObject(Metadata);
        Write(json);
        json.WriteEndObject();
    }

    /// <summary>Writes the client's metadata with it behind, each value as it came.</summary>
    public void WriteWithin(Utf8JsonWriter json, ReadOnlySpan<byte> metadata)
    {
        IsWritten = true;
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject || HasOwn(metadata))
        {
            json.WriteRawValue(metadata, skipInputValidation: true);
            return;
        }
        var open = metadata[..^1];
        var close = JsonAnswer.Bytes(WriteObject).Span;
        var isEmpty = !reader.Read() || reader.TokenType == JsonTokenType.EndObject;
        var text = new byte[open.Length + (isEmpty ? 0 : 1) + close.Length - 1];
        open.CopyTo(text);
        if (!isEmpty) text[open.Length] = (byte)',';
        close[1..].CopyTo(text.AsSpan(text.Length - close.Length + 1));
        json.WriteRawValue(text, skipInputValidation: true);
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

    private void WriteObject(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json)
    {
        IsWritten = true;
        json.WriteStartObject(Name);
        json.Amount("amountIn", _in.Units);
        json.Amount("amountOut", _out.Units);
        json.WriteString("timestamp", IsoTime.Text(_at));
        if (_slippageBps is { } bps)
        {
            json.WritePropertyName("slippage"); // a fraction, digit by digit: a writer of numbers would go through a float
            json.WriteRawValue(new Price((UInt128)bps * (Price.Scale / 10_000)).ToString());
        }
        json.WriteEndObject();
    }
}
