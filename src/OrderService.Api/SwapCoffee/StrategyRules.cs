using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>The rules that the bodies of this wire share.</summary>
internal abstract class StrategyRules<T> : RequestRules<T>
    where T : RequestRecord
{
    /// <summary>A field that must be there.</summary>
    protected IRuleBuilderOptions<T, Given<TValue>> Needed<TValue>(Expression<Func<T, Given<TValue>>> field) =>
        Must(field, (_, given) => given.IsGiven).Says("is required");

    /// <summary>A text that must be there and read.</summary>
    protected IRuleBuilderOptions<T, Given<TValue>> Text<TValue>(Expression<Func<T, Given<TValue>>> field, string shape) =>
        Needed(field).Must(given => given.Text is not null).Says("must be text").Must(given => given.IsRead).Says(shape);

    /// <summary>An object that must be there.</summary>
    protected void Object<TValue>(Expression<Func<T, Given<TValue>>> field) =>
        Needed(field).Must(given => given.IsRead).Says("must be an object");

    /// <summary>A positive amount of base units, where it is given.</summary>
    protected void Amount(Expression<Func<T, Given<TokenAmount>>> field) =>
        Must(field, (_, given) => !given.IsGiven || given.IsRead).Says("must be a positive whole number of base units, at most 2^128-1");

    /// <summary>A number, where it is given.</summary>
    protected IRuleBuilderOptions<T, Given<WireNumber>> Number(Expression<Func<T, Given<WireNumber>>> field) =>
        Must(field, (_, given) => !given.IsGiven || given.IsRead).Says("must be a number");

    /// <summary>
    /// A whole number between two bounds, both inclusive, where it is given; the least of a body may be more than the least of all.
    /// </summary>
    protected void Whole(Expression<Func<T, Given<WireNumber>>> field, int min, int max, Func<T, int>? minOf = null)
    {
        Bound(field, new FieldBounds(min, max));
        Number(field).Must((body, given) => !given.IsRead || IsWhole(given.Value, minOf?.Invoke(body) ?? min, max))
            .WithMessage((body, _) =>
                string.Create(CultureInfo.InvariantCulture, $"must be a whole number of {minOf?.Invoke(body) ?? min} to {max}"))
                .WithErrorCode("invalid_field");
    }

    /// <summary>
    /// A fraction of 1, where it is given: its smallest step here is a hundredth of a percent, from which a client's floating point may
    /// miss it by a billionth.
    /// </summary>
    protected void Slippage(Expression<Func<T, Given<WireNumber>>> field)
    {
        Bound(field, new FieldBounds(0, 1, IsAbove: true));
        Number(field)
            .Must(given => !given.IsRead || StrategyNumbers.IsFraction(given.Value)).Says("must be above 0 and at most 1: 0.01 is 1 %")
            .Must(given => !given.IsRead || StrategyNumbers.TrySlippage(given.Value, out _))
            .Says("must be a multiple of 0.0001, a hundredth of a percent");
    }

    /// <summary>The settings of a dca, those that are given.</summary>
    protected void Dca(
        Expression<Func<T, Given<WireNumber>>> delay, Expression<Func<T, Given<WireNumber>>> from,
        Expression<Func<T, Given<WireNumber>>> to)
    {
        const string range = "must be 0 for no bound, or a price of 10^-18 to 10^20";
        Whole(delay, StrategyBounds.DelayMin, StrategyBounds.DelayMax);
        Number(from).Must(given => StrategyNumbers.TryRateFrom(given, out _)).Says(range);
        Number(to).Must(given => StrategyNumbers.TryRateTo(given, out _)).Says(range);
    }

    private static bool IsWhole(WireNumber number, int min, int max) => number.TryScale(0, out var whole) && whole >= min && whole <= max;
}

/// <summary>What a new order must be.</summary>
internal sealed class NewStrategyRules : StrategyRules<NewStrategyRecord>
{
    public NewStrategyRules()
    {
        Text(b => b.Type, StrategyTypes.Shape).Must(type => type.Value != StrategyType.Vca)
            .Says(new Domain.OrderError.Malformed("vca orders are not supported"));
        Token(b => b.TokenFrom, b => b.TokenFrom.Value!.Blockchain, b => b.TokenFrom.Value!.Address);
        Token(b => b.TokenTo, b => b.TokenTo.Value!.Blockchain, b => b.TokenTo.Value!.Address);
        Must(b => b.TokenTo, (body, to) => to.Value!.Address.Value != body.TokenFrom.Value!.Address.Value)
            .Says("must differ from token_from");
        Needed(b => b.InputAmount);
        Amount(b => b.InputAmount);
        Needed(b => b.MaxSuborders);
        Whole(b => b.MaxSuborders, 1, StrategyBounds.SubordersMax);
        Needed(b => b.MaxInvocations);
        Whole(b => b.MaxInvocations, 1, StrategyBounds.SubordersMax, body => StrategyNumbers.Whole(body.MaxSuborders));
        Needed(b => b.Slippage);
        Slippage(b => b.Slippage);
        Object(b => b.Settings);
        When(body => body.Type.Value == StrategyType.Limit, Limit).Otherwise(Dca);
        Bound(b => b.ReferralName, new FieldBounds(0, StrategyBounds.ReferralNameMax, IsCount: true));
        Must(b => b.ReferralName, (_, name) => !name.IsGiven || name.IsRead).Says("must be text")
            .Must(name => !name.IsRead
                || (name.Value!.Length <= StrategyBounds.ReferralNameMax && !name.Value.Contains('\0', StringComparison.Ordinal)))
            .Says(string.Create(CultureInfo.InvariantCulture, $"must be text of at most {StrategyBounds.ReferralNameMax} characters"));
    }

    private void Limit()
    {
        Needed(b => b.Settings.Value!.MinOutputAmount);
        Amount(b => b.Settings.Value!.MinOutputAmount);
    }

    private void Dca()
    {
        Needed(b => b.Settings.Value!.Delay);
        Dca(b => b.Settings.Value!.Delay, b => b.Settings.Value!.PriceRangeFrom, b => b.Settings.Value!.PriceRangeTo);
        Must(b => b.Settings.Value!.PriceRangeFrom, (body, _) => !StrategyNumbers.RateOf(body.Settings.Value!).IsEmpty)
            .Says("must not be above price_range_to");
    }

    private void Token(
        Expression<Func<NewStrategyRecord, Given<TokenAddressRecord>>> token, Expression<Func<NewStrategyRecord, Given<string>>> blockchain,
        Expression<Func<NewStrategyRecord, Given<Domain.Pricing.TokenId>>> address)
    {
        Object(token);
        Text(blockchain, "must be text").Must(chain => chain.Value == TokenAddress.Blockchain)
            .WithMessage((_, chain) =>
                $"must be {TokenAddress.Blockchain}: this service swaps on Stacks, not on {(chain.Value == "ton" ? "ton" : "another chain")}").WithErrorCode("invalid_field");
        Text(address, TokenAddress.Shape);
    }
}

/// <summary>What changes of an order must be: fields of a new order that can be changed, each with the same bounds.</summary>
internal sealed class AmendRules : StrategyRules<AmendRecord>
{
    private const string Fixed = "cannot be changed: cancel the order and create another";
    private static readonly Domain.OrderError.Malformed Nothing =
        new("Nothing to change: give input_amount, max_suborders, max_invocations, slippage or settings");

    public AmendRules()
    {
        Must(b => b.Type, (_, given) => !given.IsGiven).Says(Fixed);
        Must(b => b.TokenFrom, (_, given) => !given.IsGiven).Says(Fixed);
        Must(b => b.TokenTo, (_, given) => !given.IsGiven).Says(Fixed);
        Must(b => b.ReferralName, (_, given) => !given.IsGiven).Says(Fixed);
        Amount(b => b.InputAmount);
        Whole(b => b.MaxSuborders, 1, StrategyBounds.SubordersMax);
        Whole(b => b.MaxInvocations, 1, StrategyBounds.SubordersMax,
            body => body.MaxSuborders.IsRead ? StrategyNumbers.Whole(body.MaxSuborders) : 1);
        Slippage(b => b.Slippage);
        Must(b => b.Settings, (_, given) => !given.IsGiven || given.IsRead).Says("must be an object");
        When(body => body.Settings.IsRead, () =>
        {
            Amount(b => b.Settings.Value!.MinOutputAmount);
            Dca(b => b.Settings.Value!.Delay, b => b.Settings.Value!.PriceRangeFrom, b => b.Settings.Value!.PriceRangeTo);
        });
        Must(b => b.Settings, (body, _) => !AmendJson.Of(body).IsNothing).Says(Nothing);
    }
}

/// <summary>What a payout must be.</summary>
internal sealed class PayoutRules : StrategyRules<PayoutRecord>
{
    public PayoutRules()
    {
        Text(b => b.Address, "must be a Stacks address: that of the strategies wallet");
        Bound(b => b.Entries, new FieldBounds(1, StrategyBounds.EntriesMax, IsCount: true));
        Must(b => b.Entries, (_, given) => given is { IsRead: true, Value.Count: > 0 and <= StrategyBounds.EntriesMax })
            .Says(string.Create(CultureInfo.InvariantCulture, $"must be a list of 1 to {StrategyBounds.EntriesMax} entries"));
        RuleFor(b => b.Entries).Custom((entries, context) =>
        {
            if (entries.Value!.Select(RefusalOf).FirstOrDefault(why => why is not null) is { } first)
                context.AddFailure(new FluentValidation.Results.ValidationFailure { CustomState = first });
        });
    }

    private static readonly PayoutEntryRules Entry = new();

    private static Domain.OrderError.Field? RefusalOf(PayoutEntryRecord? entry) =>
        entry is null ? new Domain.OrderError.Field("entries", "must be objects with token and amount")
        : Entry.FirstRefusal(entry) is Domain.OrderError.Field wrong
        ? new Domain.OrderError.Field($"entries.{wrong.Name}", wrong.Problem) : null;
}

/// <summary>What an entry of a payout must be.</summary>
internal sealed class PayoutEntryRules : StrategyRules<PayoutEntryRecord>
{
    public PayoutEntryRules()
    {
        Text(b => b.Token, TokenAddress.Shape);
        Needed(b => b.Amount);
        Amount(b => b.Amount);
    }
}

/// <summary>What a confirmation must be; what stands in the cell is judged when it is opened.</summary>
internal sealed class ConfirmRules : StrategyRules<ConfirmRecord>
{
    public ConfirmRules() => Text(b => b.PayloadCell, "must be text");
}
