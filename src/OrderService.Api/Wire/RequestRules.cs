using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>What the body of a call must be. The first rule that does not hold is the answer, named with its field as the wire has it.</summary>
internal abstract class RequestRules<T> : AbstractValidator<T>
    where T : RequestRecord
{
    private static readonly JsonNamingPolicy Names = RecordNames.PolicyOf(typeof(T));

    protected RequestRules() => (ClassLevelCascadeMode, RuleLevelCascadeMode) = (CascadeMode.Stop, CascadeMode.Stop);

    /// <summary>The first refusal, or null.</summary>
    public OrderError? FirstRefusal(T body)
    {
        if (body.Fault is { } fault) return fault;
        if (IsSound(body)) return null;
        var outcome = Validate(body);
        return outcome.IsValid ? null : new OrderError.Field(outcome.Errors[0].PropertyName, outcome.Errors[0].ErrorMessage, outcome.Errors[0].ErrorCode);
    }

    /// <summary>True where no rule has anything to say of the body, for one that is read too often to be asked about rule by rule.</summary>
    internal virtual bool IsSound(T body) => false;

    /// <summary>What must hold of a field; the rule's message and code are to follow.</summary>
    protected IRuleBuilderOptions<T, Given<TValue>> Must<TValue>(Expression<Func<T, Given<TValue>>> field, Func<T, Given<TValue>, bool> holds) =>
        RuleFor(field).Must(holds).OverridePropertyName(Names.ConvertName(((MemberExpression)field.Body).Member.Name));
}
