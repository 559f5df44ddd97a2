using OrderService.Domain.Pricing;

namespace OrderService.Domain.Expressions;

/// <summary>
/// One typed tree for infix and RPN. Two trees are equal where they are written alike, numbers to the digit. Trees come from
/// <see cref="ConditionReader"/> and <see cref="LimitReader"/> only, so they are within the limits and their kinds fit.
/// </summary>
public abstract record Expression
{
    private protected Expression()
    {
    }

    /// <summary>What it is.</summary>
    public abstract ExpressionKind Kind { get; }

    /// <summary>
    /// Levels of nesting, the same in both notations: chains to the left and what binds tighter add none, so it bounds the parentheses and
    /// the stack.
    /// </summary>
    public virtual int Depth => 1;

    /// <summary>True where nothing outside is read: the value never changes.</summary>
    public virtual bool IsConstant => false;

    /// <summary>The value now; null where it is not known. A truth is always known.</summary>
    public FixedNumber? Evaluate(IExpressionWorld world) => Evaluate(new ExpressionScope(world));

    /// <summary>The one value it always has; null where it reads anything or is never known.</summary>
    public FixedNumber? Constant() => IsConstant ? Evaluate(new ExpressionScope(NoWorld.Instance)) : null;

    /// <summary>The pairs whose prices it reads, each once, in order of appearance.</summary>
    public IEnumerable<PairPrice> Pairs() => Leaves().OfType<PairPrice>().Distinct();

    /// <summary>In postfix notation, tokens joined by one space.</summary>
    public string ToRpn() => ExpressionText.Rpn(this);

    /// <summary>In infix notation, with a space around operators and only needed parentheses.</summary>
    public string ToInfix() => ExpressionText.Infix(this);

    /// <inheritdoc/>
    public sealed override string ToString() => ToRpn();

    internal abstract FixedNumber? Evaluate(ExpressionScope scope);

    internal virtual IEnumerable<Expression> Leaves() => [this];
}

/// <summary>A number as it was written.</summary>
public sealed record NumberLiteral(string Text, FixedNumber Value) : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => ExpressionKind.Number;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    internal override FixedNumber? Evaluate(ExpressionScope scope) => Value;
}

/// <summary>A moment as it was written, <c>dt2026-12-01T09:00[:00]</c>, in UTC.</summary>
public sealed record MomentLiteral(string Text, DateTimeOffset At) : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => ExpressionKind.Moment;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    internal override FixedNumber? Evaluate(ExpressionScope scope) => FixedNumber.Of(At);
}

/// <summary><c>TIME</c>: now.</summary>
public sealed record CurrentTime : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => ExpressionKind.Moment;

    internal override FixedNumber? Evaluate(ExpressionScope scope) => FixedNumber.Of(scope.World.Now);
}

/// <summary>
/// The believed price of a pair, quote per base, cut at 18 decimals: <c>CHA-sUSDT@simulated</c>. Names are spelled as the registry has
/// them.
/// </summary>
public sealed record PairPrice(string Pair, string Venue, TokenId Base, TokenId Quote) : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => ExpressionKind.Number;

    /// <summary>As it is written.</summary>
    public string Name => $"{Pair}@{Venue}";

    internal override FixedNumber? Evaluate(ExpressionScope scope) => scope.Known(scope.World.PriceOf(this));
}

/// <summary>A quantity of the order itself, in its target token.</summary>
public sealed record OrderQuantity(QuantityWord Word) : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => ExpressionKind.Number;

    internal override FixedNumber? Evaluate(ExpressionScope scope) => scope.Known(scope.World.QuantityOf(Word));
}

/// <summary>A variable that a statement before it gave a value.</summary>
public sealed record Variable(string Name, ExpressionKind OfKind) : Expression
{
    /// <inheritdoc/>
    public override ExpressionKind Kind => OfKind;

    internal override FixedNumber? Evaluate(ExpressionScope scope) => scope.Known(scope.Values[Name]);
}
