using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace OrderService.Domain;

/// <summary>A value, or the one reason why there is none. Expected refusals travel here; faults are exceptions.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly OrderError? _error;

    private Result(T? value, OrderError? error) => (_value, _error) = (value, error);

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result<T>(OrderError error) => new(default, error);

    /// <summary>True with the reason where this is a refusal, otherwise false with the value.</summary>
    public bool IsRejected([NotNullWhen(true)] out OrderError? why, [MaybeNullWhen(true)] out T value)
    {
        why = _error;
        value = _value;
        return _error is not null;
    }

    /// <summary>True with the reason where this is a refusal.</summary>
    public bool IsRejected([NotNullWhen(true)] out OrderError? why)
    {
        why = _error;
        return why is not null;
    }

    /// <summary>The value; throws where this is a refusal.</summary>
    public T Value => _error is null ? _value! : throw new UnreachableException($"a refusal was read as a value: {_error}");

    /// <summary>The refusal, or null.</summary>
    public OrderError? Error => _error;
}
