namespace OrderService.Engine.Clock;

/// <summary>From a moment of the database's clock on: what engine time is then, and how many times as fast it runs.</summary>
internal sealed record PaceSpan(DateTimeOffset From, DateTimeOffset EngineAt, int Pace)
{
    /// <summary>Engine time at a moment of the database's clock.</summary>
    public DateTimeOffset At(DateTimeOffset real) => EngineAt + (real - From) * Pace;
}

/// <summary>
/// How fast engine time runs and ran: spans that follow one another, each beginning at the engine time at which the one before it ends, so
/// that a change of pace is never a step. Without a span engine time is the database's.
/// </summary>
internal sealed class PaceBook(IReadOnlyList<PaceSpan> spans)
{
    /// <summary>Engine time is the database's.</summary>
    public static PaceBook Real { get; } = new([]);

    /// <summary>True where engine time is the database's, and always was.</summary>
    public bool IsReal => Spans.Count == 0;

    /// <summary>By their beginnings.</summary>
    public IReadOnlyList<PaceSpan> Spans { get; } = spans;

    /// <summary>The span that holds at a moment of the database's clock; null before the first.</summary>
    public PaceSpan? SpanAt(DateTimeOffset real)
    {
        for (var i = Spans.Count - 1; i >= 0; i--)
            if (Spans[i].From <= real) return Spans[i];
        return null;
    }

    /// <summary>The first change after a moment of the database's clock; null where none is known.</summary>
    public PaceSpan? NextAfter(DateTimeOffset real) => Spans.FirstOrDefault(span => span.From > real);

    /// <summary>Engine time at a moment of the database's clock.</summary>
    public DateTimeOffset At(DateTimeOffset real)
    {
        if (SpanAt(real) is { } span) return span.At(real);
        // before the first: an engine time that is ahead stays as far ahead
        return Spans.Count == 0 ? real : Spans[0].EngineAt - (Spans[0].From - real);
    }

    /// <summary>
    /// The same with another pace from then on, in the place of whatever was to come; what is faster than real time ends by itself.
    /// </summary>
    public PaceBook Changed(DateTimeOffset from, int pace, TimeSpan lasts)
    {
        var kept = new PaceBook([.. Spans.Where(span => span.From < from)]);
        if (kept.IsReal && pace == 1) return kept;
        var next = new PaceSpan(from, kept.At(from), pace);
        if (pace == 1) return new PaceBook([.. kept.Spans, next]);
        return new PaceBook([.. kept.Spans, next, new PaceSpan(from + lasts, next.At(from + lasts), 1)]);
    }
}
