using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma;

/// <summary>
/// What a new order must be. The first rule that does not hold is the answer, named with its field. What may be written is decided by the
/// value types that read the text; the rules add only what one type cannot know.
/// </summary>
internal sealed class NewOrderRules : RequestRules<NewOrderRecord>
{
    private static readonly string BasisPointsShape =
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number of {BasisPoints.Min} to {BasisPoints.Max}");

    public NewOrderRules()
    {
        Funds();
        Condition();
        Window();
        Protection();
    }

    /// <inheritdoc/>
    internal override bool IsSound(NewOrderRecord body) =>
        IsRead(body) && IsOwnerSingleSig(body) && IsOutputOnChain(body) && IsAmountPositive(body)
        && IsConditionWhole(body) && IsTargetReachable(body) && IsWindowOrdered(body) && IsSlippageOne(body) && IsLimitReachable(body)
        && IsTrailInRange(body) && (!body.TrailingAmount.IsRead || body.TrailingAmount.Value > Price.Zero) && IsTrailAlone(body)
        && IsTimeInForceOfWindow(body);

    /// <summary>The same rules, of which every one is asked: one refusal a field.</summary>
    public static NewOrderRules AllAtOnce { get; } = new() { ClassLevelCascadeMode = CascadeMode.Continue };

    /// <summary>Every refusal of a body that could be read.</summary>
    public IReadOnlyList<OrderError.Field> Refusals(NewOrderRecord body) =>
        [.. Validate(body).Errors.Select(error => new OrderError.Field(error.PropertyName, error.ErrorMessage, error.ErrorCode))
            .DistinctBy(error => error.Name)];

    private void Funds()
    {
        Required(b => b.Owner, "must be a Stacks address", "invalid_principal")
            .Must((body, _) => IsOwnerSingleSig(body))
            .WithMessage("must be the address of a single key: several keys cannot sign an intent").WithErrorCode("invalid_principal");
        Required(b => b.InputToken, "must be a contract id of a subnet token", "invalid_principal");
        Required(b => b.OutputToken, "must be a contract id or .stx", "invalid_principal")
            .Must((body, _) => IsOutputOnChain(body)).WithMessage("must be a contract id or .stx").WithErrorCode("invalid_principal");
        Amount(Required(b => b.AmountIn))
            .Must((body, _) => IsAmountPositive(body)).WithMessage("must be positive").WithErrorCode("invalid_field");
        Required(b => b.Recipient, "must be a Stacks address or contract", "invalid_principal");
        Signature(Required(b => b.Signature));
        Required(b => b.Uuid, "must be a uuid", "invalid_field");
    }

    private void Condition()
    {
        Optional(b => b.ConditionToken, "must be a contract ID (contains \".\") or \"*\" for immediate execution", "invalid_principal");
        Decimal(Optional(b => b.TargetPrice));
        Optional(b => b.Direction, "must be \"lt\" or \"gt\"", "invalid_field");
        Optional(b => b.BaseAsset, "is not a token this service knows", "unknown_token");
        Together(b => b.ConditionToken, "targetPrice or direction");
        Must(b => b.TargetPrice, (body, given) => given.IsGiven || Trails(body) || IsConditionWhole(body))
            .WithMessage("is required when conditionToken or direction is provided").WithErrorCode("invalid_field");
        Together(b => b.Direction, "conditionToken or targetPrice");
        Must(b => b.TargetPrice, (body, _) => IsTargetReachable(body))
            .WithMessage("must be positive: greater than 0 unless conditionToken is \"*\"").WithErrorCode("target_price_zero");
    }

    private void Window()
    {
        const string shape = "must be a date and time in UTC such as 2030-01-31T12:00:00Z";
        Optional(b => b.ValidFrom, shape, "invalid_field");
        Optional(b => b.ValidTo, shape, "invalid_field")
            .Must((body, _) => IsWindowOrdered(body)).WithMessage("must be later than validFrom").WithErrorCode("invalid_field");
    }

    private void Protection()
    {
        Amount(Optional(b => b.MinAmountOut));
        Optional(b => b.SlippageBps, BasisPointsShape, "invalid_field");
        Optional(b => b.Slippage, "must be a percentage of 0 to 100 with at most two decimals, such as 0.5", "invalid_field")
            .Must((body, _) => IsSlippageOne(body))
            .WithMessage("is not what slippageBps says: send one of them").WithErrorCode("invalid_field");
        Optional(b => b.MaxDeviationBps, BasisPointsShape, "invalid_field");
        Bound(b => b.TrailingBps, new FieldBounds(1, BasisPoints.Max - 1));
        Optional(b => b.TrailingBps, "must be a whole number of 1 to 9999", "invalid_field")
            .Must((body, _) => IsTrailInRange(body)).WithMessage("must be a whole number of 1 to 9999").WithErrorCode("invalid_field")
            .Must((body, _) => IsTrailAlone(body))
            .WithMessage("needs a conditionToken and a direction, and neither targetPrice nor trailingAmount beside it")
            .WithErrorCode("invalid_field");
        Decimal(Optional(b => b.TrailingAmount))
            .Must((body, _) => !body.TrailingAmount.IsRead || body.TrailingAmount.Value > Price.Zero).WithMessage("must be positive")
            .WithErrorCode("invalid_field")
            .Must((body, _) => IsTrailAlone(body))
            .WithMessage("needs a conditionToken and a direction, and neither targetPrice nor trailingBps beside it")
            .WithErrorCode("invalid_field");
        Decimal(Optional(b => b.LimitPrice)).Must((body, _) => IsLimitReachable(body)).WithMessage("must be positive")
            .WithErrorCode("invalid_field");
        Optional(b => b.TimeInForce, "must be \"gtc\", \"gtt\" or \"ioc\"", "invalid_field")
            .Must((body, _) => IsTimeInForceOfWindow(body))
            .WithMessage((body, _) => body.ValidTo.IsGiven
                ? "must be \"gtt\" or \"ioc\" beside a validTo" : "needs a validTo to be \"gtt\"").WithErrorCode("invalid_field");
        Optional(b => b.AcceptUnprotectedOutput, "must be true or false", "invalid_field");
        Signature(Optional(b => b.TermsSignature));
    }

    private static bool IsRead(NewOrderRecord b) =>
        b.Uuid.IsRead && b.Owner.IsRead && b.InputToken.IsRead && b.OutputToken.IsRead && b.AmountIn.IsRead && b.Recipient.IsRead
            && b.Signature.IsRead
        && b.ConditionToken.IsAbsentOrRead && b.BaseAsset.IsAbsentOrRead && b.Direction.IsAbsentOrRead && b.TargetPrice.IsAbsentOrRead
        && b.ValidFrom.IsAbsentOrRead && b.ValidTo.IsAbsentOrRead && b.MinAmountOut.IsAbsentOrRead && b.SlippageBps.IsAbsentOrRead
        && b.Slippage.IsAbsentOrRead
        && b.MaxDeviationBps.IsAbsentOrRead && b.LimitPrice.IsAbsentOrRead && b.TrailingBps.IsAbsentOrRead
        && b.TrailingAmount.IsAbsentOrRead && b.TimeInForce.IsAbsentOrRead && b.AcceptUnprotectedOutput.IsAbsentOrRead
        && b.TermsSignature.IsAbsentOrRead;

    private static bool IsOwnerSingleSig(NewOrderRecord body) => body.Owner.Value.IsSingleSig;

    private static bool IsOutputOnChain(NewOrderRecord body) => body.OutputToken.Value != TokenId.Usd;

    private static bool IsAmountPositive(NewOrderRecord body) => body.AmountIn.Value > TokenAmount.Zero;

    // What trails has a distance in place of its target.
    private static bool IsConditionWhole(NewOrderRecord body) =>
        body.ConditionToken.IsGiven == (body.TargetPrice.IsGiven || Trails(body)) && body.ConditionToken.IsGiven == body.Direction.IsGiven;

    private static bool Trails(NewOrderRecord body) => body.TrailingBps.IsGiven || body.TrailingAmount.IsGiven;

    private static bool IsTrailInRange(NewOrderRecord body) =>
        !body.TrailingBps.IsRead || body.TrailingBps.Value.Value is > 0 and < BasisPoints.Max;

    private static bool IsTrailAlone(NewOrderRecord body) => !Trails(body)
        || (!body.TargetPrice.IsGiven && body.TrailingBps.IsGiven != body.TrailingAmount.IsGiven && body.Direction.IsGiven
            && body.ConditionToken.IsGiven && !body.ConditionToken.Value.IsAny);

    private static bool IsTargetReachable(NewOrderRecord body) =>
        !body.TargetPrice.IsRead || body.TargetPrice.Value > Price.Zero || body.ConditionToken.Value.IsAny;

    private static bool IsWindowOrdered(NewOrderRecord body) =>
        !body.ValidTo.IsRead || !body.ValidFrom.IsRead || body.ValidFrom.Value < body.ValidTo.Value;

    private static bool IsSlippageOne(NewOrderRecord body) =>
        !body.Slippage.IsRead || !body.SlippageBps.IsRead || body.Slippage.Value == body.SlippageBps.Value;

    private static bool IsLimitReachable(NewOrderRecord body) => !body.LimitPrice.IsRead || body.LimitPrice.Value > Price.Zero;

    private static bool IsTimeInForceOfWindow(NewOrderRecord body) =>
        !body.TimeInForce.IsRead || body.TimeInForce.Value == TimeInForce.Ioc
            || (body.TimeInForce.Value == TimeInForce.Gtt) == body.ValidTo.IsGiven;

    private IRuleBuilderOptions<NewOrderRecord, Given<T>> Required<T>(Expression<Func<NewOrderRecord, Given<T>>> field) =>
        Must(field, (_, given) => given.IsGiven).WithMessage("is required").WithErrorCode("invalid_field");

    private IRuleBuilderOptions<NewOrderRecord, Given<T>> Required<T>(
        Expression<Func<NewOrderRecord, Given<T>>> field, string shape, string code) =>
            Required(field)
                .Must(given => given.IsRead || given.Text is not null).WithMessage(shape).WithErrorCode("invalid_field")
                .Must(given => given.IsRead).WithMessage(shape).WithErrorCode(code);

    // null is not absence: the original schema refuses it, and so a client's mistake is seen.
    private IRuleBuilderOptions<NewOrderRecord, Given<T>> Optional<T>(Expression<Func<NewOrderRecord, Given<T>>> field) =>
        Must(field, (_, given) => !given.IsGiven || given.IsRead || given.Text is not null).WithMessage("must be text")
            .WithErrorCode("invalid_field");

    private IRuleBuilderOptions<NewOrderRecord, Given<T>> Optional<T>(
        Expression<Func<NewOrderRecord, Given<T>>> field, string shape, string code) =>
            Optional(field).WithMessage(shape)
                .Must(given => !given.IsGiven || given.IsRead).WithMessage(shape).WithErrorCode(code);

    private void Together<T>(Expression<Func<NewOrderRecord, Given<T>>> field, string others) =>
        Must(field, (body, given) => given.IsGiven || IsConditionWhole(body))
            .WithMessage($"is required when {others} is provided").WithErrorCode("invalid_field");

    private static IRuleBuilderOptions<NewOrderRecord, Given<TokenAmount>> Amount(
        IRuleBuilderOptions<NewOrderRecord, Given<TokenAmount>> rule) => rule
        .Must(given => !given.IsGiven || given.IsRead || AreDigits(given.Text)).WithMessage("must be integer numeric string, in base units")
        .WithErrorCode("invalid_field")
        .Must(given => !given.IsGiven || given.IsRead).WithMessage("must be at most 340282366920938463463374607431768211455")
        .WithErrorCode("amount_out_of_range");

    private static IRuleBuilderOptions<NewOrderRecord, Given<Price>> Decimal(IRuleBuilderOptions<NewOrderRecord, Given<Price>> rule) => rule
        .Must(given => given.Text is not ['-', ..]).WithMessage("must be positive").WithErrorCode("invalid_field")
        .Must(given => !given.IsGiven || given.IsRead || IsDecimal(given.Text)).WithMessage("must be numeric with up to 18 decimals")
        .WithErrorCode("invalid_field")
        .Must(given => !given.IsGiven || given.IsRead).WithMessage("must have at most 20 integer digits")
        .WithErrorCode("price_out_of_range");

    private static void Signature(IRuleBuilderOptions<NewOrderRecord, Given<RecoverableSignature>> rule) => rule
        .Must(given => !given.IsGiven || given.IsRead)
        .WithMessage((_, given) => given.Text is null ? "must be text" : SignatureHints.Of(given.Text))
        .WithErrorCode("invalid_signature_format");

    private static bool AreDigits(string? text) => !string.IsNullOrEmpty(text) && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool IsDecimal(string? text)
    {
        if (string.IsNullOrEmpty(text)) return false;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? AreDigits(text) : AreDigits(text[..dot]) && AreDigits(text[(dot + 1)..]) && text.Length - dot - 1 <= Price.Decimals;
    }
}
