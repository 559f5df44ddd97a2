using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma;

/// <summary>
/// Reads the JSON of a new order. Fields that the service does not know are kept as they came. A name given twice is refused: two readers
/// of one body must not see two orders.
/// </summary>
internal static class NewOrderJson
{
    /// <summary>Characters of a strategy's id that lists can be asked for.</summary>
    public const int StrategyIdMax = 200;

    private const int DepthMax = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = DepthMax };

    /// <summary>Reads UTF-8 that is known to be valid.</summary>
    public static NewOrderBody Read(ReadOnlySpan<byte> json, int clientFieldsBytesMax)
    {
        if (json.IsEmpty) return Malformed("the body is empty");
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                ? ReadObject(ref reader, json, clientFieldsBytesMax)
                : Malformed("the body must be a JSON object");
        }
        catch (JsonException fault)
        {
            return Malformed($"the body is not JSON of at most {DepthMax} levels (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
        }
    }

    private static NewOrderBody ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int clientFieldsBytesMax)
    {
        var body = new NewOrderBody();
        var names = new HashSet<string>(StringComparer.Ordinal);
        StringBuilder? kept = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            if (!TryReadText(ref reader, out var name)) return Malformed("a field's name is not valid text");
            if (!names.Add(name)) return Malformed($"the field {name} is given twice");
            reader.Read();
            if (ReadField(ref reader, body, name))
            {
                if (!Spelling.IsOwn(body, name)) continue;
            }
            else
            {
                if (name == "strategyId" && reader.TokenType == JsonTokenType.String) body.StrategyId = StrategyOf(ref reader);
                reader.Skip();
                if (Misnamed.Of(name) is { } right) return new NewOrderBody { Fault = new OrderError.Field(name, $"is not a field of an order and protects nothing: say {right}", "misnamed_field") };
                if (OrderFields.IsOwn(name)) continue;
            }
            (kept is null ? kept = new StringBuilder("{") : kept.Append(',')).Append(Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]));
            if (kept.Length > clientFieldsBytesMax) return TooMuch(clientFieldsBytesMax);
        }
        reader.Read(); // what follows the object is refused here
        body.ClientFields = kept?.Append('}').ToString();
        return body.ClientFields is { } fields && Encoding.UTF8.GetByteCount(fields) > clientFieldsBytesMax ? TooMuch(clientFieldsBytesMax) : body;
    }

    // True where the field is one of the order's own, and its value was read.
    private static bool ReadField(ref Utf8JsonReader reader, NewOrderBody body, string name)
    {
        switch (name)
        {
            case "uuid": body.Uuid = Text<OrderUuid>(ref reader, OrderUuid.TryParse); return true;
            case "owner": body.Owner = Text<StacksAddress>(ref reader, StacksAddress.TryParse); return true;
            case "inputToken": body.InputToken = Text<ContractId>(ref reader, ContractId.TryParse); return true;
            case "outputToken": body.OutputToken = Text<TokenId>(ref reader, TokenId.TryParse); return true;
            case "amountIn": body.AmountIn = Text<TokenAmount>(ref reader, TokenAmount.TryParse); return true;
            case "recipient": body.Recipient = Text<Principal>(ref reader, Principal.TryParse); return true;
            case "signature": body.Signature = Text<RecoverableSignature>(ref reader, RecoverableSignature.TryParseRsv); return true;
            case "conditionToken": body.Condition = Text<ConditionToken>(ref reader, ConditionToken.TryParse); return true;
            case "baseAsset": body.BaseAsset = Text<TokenId>(ref reader, TokenId.TryParse); return true;
            case "direction": body.Direction = Text<TriggerDirection>(ref reader, Direction.TryParse); return true;
            case "targetPrice": body.TargetPrice = Text<Price>(ref reader, Price.TryParse); return true;
            case "validFrom": body.ValidFrom = Text<DateTimeOffset>(ref reader, IsoTime.TryParse); return true;
            case "validTo": body.ValidTo = Text<DateTimeOffset>(ref reader, IsoTime.TryParse); return true;
            case "minAmountOut": body.MinAmountOut = Text<TokenAmount>(ref reader, TokenAmount.TryParse); return true;
            case "slippageBps": body.SlippageBps = BasisPointsOf(ref reader, decimals: 0); return true;
            case "slippage": body.Slippage = BasisPointsOf(ref reader, decimals: 2); return true;
            case "maxDeviationBps": body.MaxDeviationBps = BasisPointsOf(ref reader, decimals: 0); return true;
            case "acceptUnprotectedOutput": body.AcceptUnprotectedOutput = Truth(ref reader); return true;
            case "termsSignature": body.TermsSignature = Text<RecoverableSignature>(ref reader, RecoverableSignature.TryParseRsv); return true;
            default: return false;
        }
    }

    // What the store cannot hold is kept with the rest all the same, but nothing is found by it.
    private static string? StrategyOf(ref Utf8JsonReader reader) =>
        TryReadText(ref reader, out var text) && text.Length is > 0 and <= StrategyIdMax && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    private static Given<T> Text<T>(ref Utf8JsonReader reader, TryRead<T> read)
    {
        if (reader.TokenType == JsonTokenType.String && TryReadText(ref reader, out var text)) return Given<T>.Read(text, read);
        reader.Skip();
        return Given<T>.OtherType;
    }

    // The number in its own unit, of which a basis point is 10^-decimals; per cent may come as text, as other services take it.
    private static Given<BasisPoints> BasisPointsOf(ref Utf8JsonReader reader, int decimals)
    {
        var isNumber = reader.TokenType == JsonTokenType.Number || (decimals > 0 && reader.TokenType == JsonTokenType.String);
        if (isNumber && WireNumber.TryParse(Encoding.UTF8.GetString(reader.ValueSpan), out var number) && number.TryBasisPoints(decimals, out var bps) && bps >= 0 && bps <= 10_000)
        {
            return Given<BasisPoints>.Of(BasisPoints.Of((int)bps));
        }
        reader.Skip();
        return Given<BasisPoints>.OtherType;
    }

    private static Given<bool> Truth(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return Given<bool>.Of(reader.GetBoolean());
        reader.Skip();
        return Given<bool>.OtherType;
    }

    // JSON can spell half a surrogate pair, which is no text: the reader has no way to ask, so this is where its exception is answered.
    private static bool TryReadText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            text = null;
        }
        return text is not null;
    }

    private static NewOrderBody Malformed(string problem) => new() { Fault = new OrderError.Malformed($"Invalid request: {problem}") };

    private static NewOrderBody TooMuch(int bytesMax) =>
        new() { Fault = new OrderError.Field("metadata", $"and the order's other own fields may take {bytesMax} bytes of JSON together", "metadata_too_large") };
}
