using OrderService.Domain.Amounts;

namespace OrderService.Domain.Accounts;

/// <summary>
/// Fees of one hour of the clock, base units of STX. The hour never goes back: of nodes whose clocks differ, the one that is ahead begins
/// it for all.
/// </summary>
public readonly record struct HourlyFees(DateTimeOffset Hour, TokenAmount Spent)
{
    /// <summary>The moment at which the hour is over.</summary>
    public DateTimeOffset End => Hour + TimeSpan.FromHours(1);

    /// <summary>As it stands at a moment: nothing is spent of an hour that has just begun.</summary>
    public HourlyFees At(DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        return hour > Hour ? new HourlyFees(hour, TokenAmount.Zero) : this;
    }

    /// <summary>With one fee more.</summary>
    public HourlyFees Plus(TokenAmount fee) => this with { Spent = Spent + fee };

    /// <summary>What is left of a budget.</summary>
    public TokenAmount LeftOf(TokenAmount budget) => budget > Spent ? budget - Spent : TokenAmount.Zero;
}
