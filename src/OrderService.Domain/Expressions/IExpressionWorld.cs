namespace OrderService.Domain.Expressions;

/// <summary>What an expression may read of the order it belongs to.</summary>
public enum QuantityWord
{
    /// <summary><c>:qty</c>, the whole quantity.</summary>
    Qty,

    /// <summary><c>:current_target</c>, what the schedule wants executed by now.</summary>
    CurrentTarget,

    /// <summary><c>:filled</c>, what is executed.</summary>
    Filled,
}

/// <summary>What an expression reads when it is looked at. Null is "not known": a price that is stale or absent.</summary>
public interface IExpressionWorld
{
    /// <summary>Now.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The believed price of a pair, cut at 18 decimals.</summary>
    FixedNumber? PriceOf(PairPrice pair);

    /// <summary>A quantity of the order, in whole target tokens.</summary>
    FixedNumber? QuantityOf(QuantityWord word);
}

/// <summary>The names that expressions may use: the venue's and the registry's.</summary>
public interface IExpressionNames
{
    /// <summary>True for the venue's name, in any case.</summary>
    bool IsVenue(string venue);

    /// <summary>The pair of a text like <c>cha-susdt</c>, spelled as the registry has it; null where there is none.</summary>
    PairPrice? PairOf(string pair);
}

/// <summary>A world that keeps what was read of it, by name, for the event that tells what was seen.</summary>
public sealed class RecordingWorld(IExpressionWorld world) : IExpressionWorld
{
    private readonly Dictionary<string, FixedNumber?> _seen = new(StringComparer.Ordinal);

    /// <summary>What was read: null where it was not known.</summary>
    public IReadOnlyDictionary<string, FixedNumber?> Seen => _seen;

    /// <inheritdoc/>
    public DateTimeOffset Now => world.Now;

    /// <inheritdoc/>
    public FixedNumber? PriceOf(PairPrice pair) => _seen[pair.Name] = world.PriceOf(pair);

    /// <inheritdoc/>
    public FixedNumber? QuantityOf(QuantityWord word) => _seen[ExpressionText.Of(word)] = world.QuantityOf(word);
}

/// <summary>One look: the world, the variables' values, and whether anything was not known.</summary>
internal sealed class ExpressionScope(IExpressionWorld world)
{
    public IExpressionWorld World => world;

    public Dictionary<string, FixedNumber?> Values { get; } = new(StringComparer.Ordinal);

    public bool IsAnyUnknown { get; private set; }

    public FixedNumber? Known(FixedNumber? value)
    {
        if (value is null) IsAnyUnknown = true;
        return value;
    }
}

// A constant reads nothing, so nothing here is ever asked.
internal sealed class NoWorld : IExpressionWorld
{
    public static NoWorld Instance { get; } = new();

    public DateTimeOffset Now => throw new InvalidOperationException("a constant reads no time");

    public FixedNumber? PriceOf(PairPrice pair) => throw new InvalidOperationException("a constant reads no price");

    public FixedNumber? QuantityOf(QuantityWord word) => throw new InvalidOperationException("a constant reads no quantity");
}
