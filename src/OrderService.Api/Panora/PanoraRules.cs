using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>
/// The rules that the bodies of this wire share. A field is judged by its text, so that one and the same value may be a JSON number or a
/// text; null is absence.
/// </summary>
internal abstract class PanoraRules<T>(ISwapRouter router) : RequestRules<T>
    where T : RequestRecord
{
    private const string Foreign =
        "is a 0x… address of another chain: this service is on Stacks, where an address starts with S, such as SP… or ST…";

    /// <summary>The venue's network.</summary>
    protected StacksNetwork Network => router.Terms.Network;

    /// <summary>A field that must be there, and read.</summary>
    protected IRuleBuilderOptions<T, Given<WireValue>> Needed(
        Expression<Func<T, Given<WireValue>>> field, Func<string?, bool> reads, string shape, string code = "invalid_field") =>
            Needed(field).Must(given => reads(given.Value.Text)).Says(shape, code);

    /// <summary>A field that may be absent, and must be read where it is not.</summary>
    protected IRuleBuilderOptions<T, Given<WireValue>> Optional(
        Expression<Func<T, Given<WireValue>>> field, Func<string?, bool> reads, string shape) =>
            Must(field, (_, given) => !given.IsGiven || reads(given.Value.Text)).Says(shape);

    /// <summary>The chain, which must be the venue's.</summary>
    protected void Chain(Expression<Func<T, Given<WireValue>>> field, Func<T, bool> isNeeded) =>
        Must(field, (body, given) => given.IsGiven || !isNeeded(body)).Says("is missing", "missing_field")
            .Must(given => !given.IsGiven || FieldReads.TryReadWhole(given.Value.Text, 0, uint.MaxValue, out long _))
            .Says("must be a whole number")
            .Must(given => !given.IsGiven
                || (FieldReads.TryReadWhole(given.Value.Text, 0, uint.MaxValue, out long id) && id == Network.ChainId))
            .WithMessage(_ => string.Create(CultureInfo.InvariantCulture, $"must be {Network.ChainId}: this service is on {Network.Name}"))
            .WithErrorCode("wrong_network");

    /// <summary>A wallet of this network.</summary>
    protected void Wallet(Expression<Func<T, Given<WireValue>>> field, bool isNeeded)
    {
        Must(field, (_, given) => !IsForeign(given)).Says(Foreign, "not_a_stacks_address");
        Must(field, (_, given) => given.IsGiven || !isNeeded).Says("is missing", "missing_field")
            .Must(given => !given.IsGiven || StacksAddress.TryParse(given.Value.Text, out _))
            .Says("must be a Stacks address", "invalid_principal")
            .Must(given => FieldReads.Wallet(given) is not { } wallet || wallet.BelongsTo(Network))
            .WithMessage((_, given) =>
                $"is not an address of this service's network, {Network.Name}, where it is written {FieldReads.Wallet(given)!.Value.On(Network)}").WithErrorCode("wrong_network");
    }

    /// <summary>The two tokens, each of which the registry has; the first is one that can be sold.</summary>
    protected void Pair(Expression<Func<T, Given<WireValue>>> sold, Expression<Func<T, Given<WireValue>>> bought, TokenRegistry tokens)
    {
        var soldOf = sold.Compile();
        Must(sold, (_, _) => tokens.HasLoaded)
            .Says(new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2)));
        Token(sold, tokens);
        Token(bought, tokens);
        Must(sold, (_, given) => Find(given, tokens) is { } token && (token.Type == TokenType.Subnet || router.CanCall(token.Id)))
            .Says("cannot be sold here: only a subnet token's ledger accepts signed transfers", "unsupported_token");
        Must(bought, (body, given) => Find(given, tokens)!.Id != Find(soldOf(body), tokens)!.Id)
            .Says("must differ from fromTokenAddress", "same_token");
    }

    /// <summary>A value and a unit, both or neither.</summary>
    protected void Span(Expression<Func<T, Given<SpanRecord>>> field, string name, bool isNeeded, bool mayBeZero = false)
    {
        var least = mayBeZero ? 0 : 1;
        Must(field, (_, span) => !span.IsGiven || span.IsRead).Says($"must be an object of {name}.value and {name}.timePeriod");
        Inner(field, $"{name}.value", span => span.Value, isNeeded,
            text => FieldReads.TryReadWhole(text, least, FieldReads.CountMax, out int _),
            string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least}"));
        Inner(field, $"{name}.timePeriod", span => span.TimePeriod, isNeeded, text => FieldReads.TryReadUnit(text, out _),
            "must be minute, hour, day, week or month");
    }

    /// <summary>A rate, which may be Infinity where that says that there is none.</summary>
    protected void Rate(Expression<Func<T, Given<WireValue>>> field, bool isNeeded, bool mayBeInfinite) =>
        Must(field, (_, given) => mayBeInfinite || given.Value.Text != FieldReads.Infinity)
            .Says("must not be Infinity: no rate is above that")
            .Must(given => given.IsGiven || !isNeeded).Says("is missing", "missing_field")
            .Must(given => !given.IsGiven || given.Value.Text == FieldReads.Infinity || FieldReads.TryReadPrice(given.Value.Text, out _))
            .Says("must be a decimal number of at most 20 integer and 18 fractional digits");

    /// <summary>An amount of the sold token in whole tokens, above zero.</summary>
    protected static IRuleBuilderOptions<T, TField> Amount<TField>(
        IRuleBuilderOptions<T, TField> field, Func<TField, string?> textOf, Func<T, int> decimalsOf) => field
        .Must(given => textOf(given) is not null).Says("must be a decimal number in whole tokens")
        .Must((body, given) => HumanAmount.Read(textOf(given), decimalsOf(body), out _) != HumanAmountFault.Shape)
        .Says("must be a decimal number in whole tokens, such as 10.5")
        .Must((body, given) => HumanAmount.Read(textOf(given), decimalsOf(body), out _) != HumanAmountFault.TooFine)
        .WithMessage((body, _) =>
            string.Create(CultureInfo.InvariantCulture, $"has more decimals than the token, which has {decimalsOf(body)}"))
            .WithErrorCode("too_many_decimals")
        .Must((body, given) => HumanAmount.Read(textOf(given), decimalsOf(body), out _) != HumanAmountFault.TooLarge)
        .Says("is more than any token has", "amount_out_of_range")
        .Must((body, given) => HumanAmount.Read(textOf(given), decimalsOf(body), out var amount) == HumanAmountFault.None
            && amount > TokenAmount.Zero).Says("must be greater than 0");

    /// <summary>A percentage, or auto.</summary>
    protected void Slippage(Expression<Func<T, Given<WireValue>>> field) => Optional(
        field, text => text == FieldReads.Auto || FieldReads.TryReadPercent(text, out _),
        "must be \"auto\" or a percentage above 0 and below 100 with at most two decimals, such as 0.5");

    /// <summary>True or false.</summary>
    protected void Truth(Expression<Func<T, Given<WireValue>>> field) =>
        Optional(field, text => QueryText.TryParseTruth(text, out _), "must be true or false");

    /// <summary>A field that must be there.</summary>
    protected IRuleBuilderOptions<T, Given<WireValue>> Needed(Expression<Func<T, Given<WireValue>>> field) =>
        Must(field, (_, given) => given.IsGiven).Says("is missing", "missing_field");

    /// <summary>A member of a record inside the body, which must be there where the record is, or where it must.</summary>
    protected IRuleBuilderOptions<T, Given<TInner>> Inner<TInner>(
        Expression<Func<T, Given<TInner>>> field, string name, Func<TInner, Given<WireValue>> member, bool isNeeded,
        Func<string?, bool> reads, string shape)
        where TInner : RequestRecord =>
        Inner(field, name, member, isNeeded).Must(inner => inner.Value is not { } record || reads(member(record).Value.Text)).Says(shape);

    /// <summary>The same, of which more is to be said.</summary>
    protected IRuleBuilderOptions<T, Given<TInner>> Inner<TInner>(
        Expression<Func<T, Given<TInner>>> field, string name, Func<TInner, Given<WireValue>> member, bool isNeeded)
        where TInner : RequestRecord =>
        RuleFor(field).Must(inner => inner.Value is { } record ? member(record).IsGiven : !isNeeded).OverridePropertyName(name)
            .Says("is missing", "missing_field");

    private void Token(Expression<Func<T, Given<WireValue>>> field, TokenRegistry tokens)
    {
        Must(field, (_, given) => !IsForeign(given)).Says(Foreign, "not_a_stacks_address");
        Needed(field, text => FieldReads.TryReadToken(text, out _), "must be a contract id such as SP….name, or .stx", "invalid_principal")
            .Must(given => Find(given, tokens) is not null)
            .WithState((_, given) =>
                new OrderError.UnknownToken(NameOf(field), FieldReads.TryReadToken(given.Value.Text, out var id) ? id.ToString() : ""));
    }

    /// <summary>The token of a field, where the registry has it.</summary>
    protected static Token? Find(Given<WireValue> given, TokenRegistry tokens) =>
        FieldReads.TryReadToken(given.Value.Text, out var id) ? tokens.Find(id) : null;

    private static bool IsForeign(Given<WireValue> given) => given.Value.Text?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true;
}
