using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using FluentValidation.Results;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>
/// The rules that the bodies of this wire share. A rule says a whole sentence, or the refusal that it is; sentences alone are told
/// together, under <c>errors</c>.
/// </summary>
internal abstract class TreadRules<T> : RequestRules<T>
    where T : RequestRecord
{
    /// <inheritdoc/>
    public sealed override IResult? RefusalOf(T body, BodyStyle style)
    {
        if (body.Fault is { } fault) return style.Refuse(fault);
        var outcome = Validate(body);
        if (outcome.IsValid) return null;
        return outcome.Errors[0].CustomState as TreadFault
            ?? TreadFaults.Errors(400, "invalid_order", [.. outcome.Errors.Select(e => e.ErrorMessage)]);
    }

    /// <summary>
    /// Sentences that have a client's words in them, each a fault of its own; the package would take braces in them for its own.
    /// </summary>
    protected void Tell(Func<T, IEnumerable<string>> sentencesOf) => RuleFor(body => body).Custom((body, context) =>
    {
        foreach (var sentence in sentencesOf(body)) context.AddFailure(new ValidationFailure("", sentence));
    });

    /// <summary>The same of one sentence, where there is something to say.</summary>
    protected void Tell(Func<T, string?> sentenceOf) => Tell(body => sentenceOf(body) is { } sentence ? [sentence] : Array.Empty<string>());

    /// <summary>
    /// A decimal between two bounds in thousandths, where it is given; the least is a mark to be above where <paramref name="isAbove"/>.
    /// </summary>
    protected void Within(Expression<Func<T, Given<GivenDecimal>>> field, int min, int max, bool isAbove = false)
    {
        var bounds = new FieldBounds(min / 1_000m, max / 1_000m, isAbove);
        Bound(field, bounds);
        Must(field,
            (_, given) => !given.IsGiven || (given.IsRead && given.Value!.IsWithin(min, max) && (!isAbove || given.Value.IsPositive)))
            .Says(string.Create(CultureInfo.InvariantCulture,
                $"{NameOf(field)} must be {(isAbove ? $"greater than {bounds.Min:0.###} and at most" : $"between {bounds.Min:0.###} and")} {bounds.Max:0.###}"));
    }

    /// <summary>A decimal above zero, where it is given.</summary>
    protected IRuleBuilderOptions<T, Given<GivenDecimal>> Positive(Expression<Func<T, Given<GivenDecimal>>> field) =>
        Must(field, (_, given) => !given.IsGiven || given is { IsRead: true, Value.IsPositive: true })
            .Says($"{NameOf(field)} must be a positive number");

    /// <summary>A whole number between two bounds, where it is given.</summary>
    protected IRuleBuilderOptions<T, Given<long>> Whole(Expression<Func<T, Given<long>>> field, int min, int max)
    {
        Bound(field, new FieldBounds(min, max));
        return Must(field, (_, given) => !given.IsGiven || (given.IsRead && given.Value >= min && given.Value <= max));
    }

    /// <summary>A text of so many characters at most, where it is given.</summary>
    protected void Text(Expression<Func<T, Given<string>>> field, int charactersMax)
    {
        Bound(field, new FieldBounds(0, charactersMax, IsCount: true));
        Must(field, (_, given) => !given.IsGiven || (given.IsRead && given.Value!.EnumerateRunes().Count() <= charactersMax))
            .Says(string.Create(CultureInfo.InvariantCulture, $"{NameOf(field)} must be at most {charactersMax} characters"));
    }
}
