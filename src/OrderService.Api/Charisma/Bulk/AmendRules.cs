using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What a call to change an order must be: the same where a wallet signed the changes and where they stand beside a key.</summary>
internal sealed class AmendOrderRules : BulkRules<AmendOrderRecord>
{
    private static readonly ChangesRules Changes = new();

    public AmendOrderRules()
    {
        NoOthers("is not known here: say changes, and termsSignature where the order's terms are signed");
        Must(b => b.Changes, (_, changes) => changes.IsRead && !changes.Value!.IsNone).Says("must say what is to be changed");
        Refuse(body => Changes.FirstRefusal(body.Changes.Value!) is OrderError.Field wrong
            ? new OrderError.Field($"changes.{wrong.Name}", wrong.Problem) : null);
        Must(b => b.TermsSignature, (_, signature) => signature.IsAbsentOrRead)
            .WithMessage((_, given) => given.Text is null ? "must be text" : SignatureHints.Of(given.Text))
            .WithErrorCode("invalid_signature_format");
    }
}

/// <summary>What changes must be.</summary>
internal sealed class ChangesRules : BulkRules<ChangesRecord>
{
    private const string Moment = "must be a date and time in UTC such as 2030-01-31T12:00:00Z";
    private static readonly string Share =
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number of {BasisPoints.Min} to {BasisPoints.Max}");

    public ChangesRules()
    {
        NoOthers("cannot be changed so");
        Positive(b => b.TargetPrice);
        Must(b => b.ValidFrom, (_, moment) => moment.IsAbsentOrRead).Says(Moment);
        Must(b => b.ValidTo, (_, moment) => moment.IsAbsentOrRead).Says(Moment);
        Must(b => b.MinAmountOut, (_, amount) => amount.IsAbsentOrRead).Says("must be integer numeric string, in base units");
        Must(b => b.SlippageBps, (_, share) => share.IsAbsentOrRead).Says(Share);
        Must(b => b.MaxDeviationBps, (_, share) => share.IsAbsentOrRead).Says(Share);
        Positive(b => b.LimitPrice);
        Bound(b => b.TrailingBps, new FieldBounds(1, BasisPoints.Max - 1));
        Must(b => b.TrailingBps, (_, share) => !share.IsGiven || (share.IsRead && share.Value.Value is > 0 and < BasisPoints.Max))
            .Says("must be a whole number of 1 to 9999");
        Positive(b => b.TrailingAmount);
    }

    private void Positive(Expression<Func<ChangesRecord, Given<Price>>> field) =>
        Must(field, (_, price) => !price.IsGiven || (price.IsRead && price.Value > Price.Zero))
            .Says("must be a positive number with up to 18 decimals, as text");
}
