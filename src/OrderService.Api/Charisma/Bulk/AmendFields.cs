using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What a call to change an order asks for, as it came. The signature over the terms stands beside what a wallet signed: it is one itself.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AmendFields
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict, MaxDepth = 16,
    };

    public WalletMessageChanges? Changes { get; init; }

    public string? TermsSignature { get; init; }

    // The parts of a wallet's proof, which stand in the same body.
    public string? Message { get; init; }

    public string? Signature { get; init; }

    public string? WalletAddress { get; init; }

    public string? PublicKey { get; init; }

    /// <summary>Those of the body; none where there is no body.</summary>
    public static Task<Result<AmendFields>> ReadAsync(HttpContext context) => RequestBody.ReadAsync(context, DialectLimits.BodyMax, Parse);

    /// <summary>The changes, or what is wrong with them.</summary>
    public Result<TermsChanges> ReadChanges()
    {
        if (Changes is not { } asked || asked == new WalletMessageChanges()) return new OrderError.Field("changes", "must say what is to be changed");
        (Price Price, DateTimeOffset From, DateTimeOffset To, TokenAmount Least) read = default;
        if (asked.TargetPrice is { } price && (!Price.TryParse(price, out read.Price) || read.Price == Price.Zero)) return Wrong("targetPrice", "must be a positive number with up to 18 decimals, as text");
        if (asked.ValidFrom is { } from && !IsoTime.TryParse(from, out read.From)) return Wrong("validFrom", Moment);
        if (asked.ValidTo is { } to && !IsoTime.TryParse(to, out read.To)) return Wrong("validTo", Moment);
        if (asked.MinAmountOut is { } least && !TokenAmount.TryParse(least, out read.Least)) return Wrong("minAmountOut", "must be integer numeric string, in base units");
        if (asked.SlippageBps is < BasisPoints.Min or > BasisPoints.Max) return Wrong("slippageBps", "must be a whole number of 0 to 10000");
        if (asked.MaxDeviationBps is < BasisPoints.Min or > BasisPoints.Max) return Wrong("maxDeviationBps", "must be a whole number of 0 to 10000");
        var limit = Price.Zero;
        if (asked.LimitPrice is { } rate && (!Price.TryParse(rate, out limit) || limit == Price.Zero)) return Wrong("limitPrice", "must be a positive number with up to 18 decimals, as text");
        if (asked.TrailingBps is < 1 or >= BasisPoints.Max) return Wrong("trailingBps", "must be a whole number of 1 to 9999");
        var distance = Price.Zero;
        if (asked.TrailingAmount is { } back && (!Price.TryParse(back, out distance) || distance == Price.Zero)) return Wrong("trailingAmount", "must be a positive number with up to 18 decimals, as text");
        return new TermsChanges
        {
            TargetPrice = asked.TargetPrice is null ? null : read.Price, ValidFrom = asked.ValidFrom is null ? null : read.From, ValidTo = asked.ValidTo is null ? null : read.To,
            MinAmountOut = asked.MinAmountOut is null ? null : read.Least, Slippage = asked.SlippageBps is { } slippage ? BasisPoints.Of(slippage) : null,
            TrailingBps = asked.TrailingBps, TrailingAmount = asked.TrailingAmount is null ? null : distance,
            LimitPrice = asked.LimitPrice is null ? null : limit,
            MaxDeviation = asked.MaxDeviationBps is { } band ? BasisPoints.Of(band) : null,
        };
    }

    /// <summary>The signature over the terms as they are changed; null where there is none.</summary>
    public Result<RecoverableSignature?> ReadSignature()
    {
        if (TermsSignature is not { } text) return (RecoverableSignature?)null;
        return RecoverableSignature.TryParseRsv(text, out var signature) ? signature : new OrderError.Field("termsSignature", SignatureHints.Of(text) ?? "is no signature", "invalid_signature_format");
    }

    private const string Moment = "must be a date and time in UTC such as 2030-01-31T12:00:00Z";

    private static OrderError.Field Wrong(string name, string problem) => new($"changes.{name}", problem);

    private static Result<AmendFields> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return new AmendFields();
        try
        {
            return JsonSerializer.Deserialize<AmendFields>(body.Span, Options) ?? Malformed("it must be a JSON object");
        }
        catch (JsonException fault)
        {
            return Malformed(fault.Path is { Length: > 2 } path ? $"{path[2..]} is not known here, is given twice, or is of the wrong type" : "it must be a JSON object of the members that this call knows");
        }
        catch (Exception unread) when (unread is ArgumentException or InvalidOperationException)
        {
            return Malformed("it is not valid Unicode");
        }
    }

    private static Result<AmendFields> Malformed(string problem) => new OrderError.Malformed($"Invalid request: the body cannot be read: {problem}");
}
