using System.Linq.Expressions;
using System.Reflection;
using FluentValidation;
using FluentValidation.Results;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>
/// Between what a field must be, or how many characters or entries it must have; the least is not one of them where it is a mark to be
/// above.
/// </summary>
internal sealed record FieldBounds(decimal Min, decimal? Max, bool IsAbove = false, bool IsCount = false);

/// <summary>Rules that say between what the members of their record, and of those inside it, must be: the documents tell it.</summary>
internal interface IBoundedRules
{
    /// <summary>The bounds by member.</summary>
    IReadOnlyDictionary<MemberInfo, FieldBounds> Bounds { get; }
}

/// <summary>
/// What the body of a call must be. The first rule that does not hold is the answer, named with its field as the wire has it.
/// </summary>
internal abstract class RequestRules<T> : AbstractValidator<T>, IBoundedRules
    where T : RequestRecord
{
    private readonly Dictionary<MemberInfo, FieldBounds> _bounds = [];

    protected RequestRules() => (ClassLevelCascadeMode, RuleLevelCascadeMode) = (CascadeMode.Stop, CascadeMode.Stop);

    /// <summary>Those of the service that a call is to.</summary>
    public static RequestRules<T> Of(HttpContext http) => (RequestRules<T>)http.RequestServices.GetRequiredService<IValidator<T>>();

    /// <inheritdoc/>
    public IReadOnlyDictionary<MemberInfo, FieldBounds> Bounds => _bounds;

    /// <summary>What is answered to a body that must not pass, in the dialect's style; null for one that may.</summary>
    public virtual IResult? RefusalOf(T body, BodyStyle style) => FirstRefusal(body) is { } why ? style.Refuse(why) : null;

    /// <summary>The first refusal, or null.</summary>
    public OrderError? FirstRefusal(T body)
    {
        if (body.Fault is { } fault) return fault;
        if (IsSound(body)) return null;
        var outcome = Validate(body);
        if (outcome.IsValid) return null;
        var first = outcome.Errors[0];
        return first.CustomState as OrderError ?? new OrderError.Field(first.PropertyName, first.ErrorMessage, first.ErrorCode);
    }

    /// <summary>
    /// True where no rule has anything to say of the body, for one that is read too often to be asked about rule by rule.
    /// </summary>
    internal virtual bool IsSound(T body) => false;

    /// <summary>What must hold of a field; what is said where it does not is to follow.</summary>
    protected IRuleBuilderOptions<T, Given<TValue>> Must<TValue>(
        Expression<Func<T, Given<TValue>>> field, Func<T, Given<TValue>, bool> holds) =>
            RuleFor(field).Must(holds).OverridePropertyName(NameOf(field));

    /// <summary>
    /// What the body as a whole is refused for, if anything: an <see cref="OrderError"/>, or what the dialect answers in its place.
    /// </summary>
    protected void Refuse<TWhy>(Func<T, TWhy?> whyOf)
        where TWhy : class =>
        RuleFor(body => body).Custom((body, context) =>
        {
            if (whyOf(body) is { } why) context.AddFailure(new ValidationFailure("", "") { CustomState = why });
        });

    /// <summary>Says between what a field must be, where its rules hold it to that.</summary>
    protected void Bound<TValue>(Expression<Func<T, Given<TValue>>> field, FieldBounds bounds) =>
        _bounds[((MemberExpression)field.Body).Member] = bounds;

    /// <summary>The name of a field on the wire: <c>settings.delay</c> for <c>body => body.Settings.Value!.Delay</c>.</summary>
    protected static string NameOf(LambdaExpression field)
    {
        var names = new Stack<string>();
        for (var at = field.Body; at is MemberExpression { Member: var member } inner; at = inner.Expression!)
            if (!IsValue(member)) names.Push(RecordNames.NameOf(member, typeof(T)));
        return string.Join('.', names);
    }

    private static bool IsValue(MemberInfo member) =>
        member.DeclaringType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Given<>);
}

/// <summary>What rules say.</summary>
internal static class RuleTexts
{
    /// <summary>The sentence about the field where the rule does not hold, and its code.</summary>
    public static IRuleBuilderOptions<T, TValue> Says<T, TValue>(
        this IRuleBuilderOptions<T, TValue> rule, string problem, string code = "invalid_field") =>
        rule.WithMessage(problem).WithErrorCode(code);

    /// <summary>What is said of the body as a whole.</summary>
    public static IRuleBuilderOptions<T, TValue> Says<T, TValue>(this IRuleBuilderOptions<T, TValue> rule, OrderError why) =>
        rule.WithState(_ => why);
}
