using System.Diagnostics;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class IntervalTests
{
    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(IntervalUnit.Second, 90, "2026-01-02T03:07:05")]
    [InlineData(IntervalUnit.Minute, 1, "2026-01-02T03:06:05")]
    [InlineData(IntervalUnit.Hour, 12, "2026-01-03T03:04:05")]
    [InlineData(IntervalUnit.Day, 1, "2026-01-04T03:04:05")]
    [InlineData(IntervalUnit.Week, 2, "2026-01-30T03:04:05")]
    [InlineData(IntervalUnit.Month, 6, "2027-01-02T03:04:05")]
    public void Each_unit_is_counted_from_the_anchor(IntervalUnit unit, int count, string twoLater) =>
        Interval.Of(count, unit).After(Utc("2026-01-02T03:04:05"), 2).ShouldBe(Utc(twoLater));

    [Fact]
    public void Months_are_clamped_to_the_end_of_the_month_and_never_drift()
    {
        var month = Interval.Of(1, IntervalUnit.Month);
        Days(month, "2023-01-31T12:00:00", 4).ShouldBe(["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"]);
        Days(month, "2024-01-31T12:00:00", 4).ShouldBe(["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
        Days(month, "2100-01-30T12:00:00", 3).ShouldBe(["2100-01-30", "2100-02-28", "2100-03-30"]); // no leap year
        Days(Interval.Of(12, IntervalUnit.Month), "2024-02-29T12:00:00", 5)
            .ShouldBe(["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
    }

    // What a clock on a wall would do at the changes of 2026 (Mar 29 and Oct 25 in Europe, Mar 8 and Nov 1 in America) must not show. Years
    // take milliseconds: held against the quickest of some rounds, since a busy machine is slow now and then.
    [Fact]
    public void Years_of_monthly_parts_across_leap_days_and_clock_changes_take_milliseconds() =>
    Enumerable.Range(0, 5).Min(_ => YearsOfParts()).ShouldBeLessThan(TimeSpan.FromSeconds(2));

    private static TimeSpan YearsOfParts()
    {
        var started = Stopwatch.GetTimestamp();
        var month = Interval.Of(1, IntervalUnit.Month);
        for (var year = 2023; year <= 2032; year++)
        {
            for (var day = 1; day <= 31; day++)
            {
                var anchor = new DateTimeOffset(year, 1, day, 1, 30, 0, TimeSpan.Zero);
                for (var part = 0; part < 12; part++)
                {
                    var moment = new Schedule.FixedInterval(12, month).MomentOf(anchor, part);
                    (moment.Offset, moment.TimeOfDay).ShouldBe((TimeSpan.Zero, anchor.TimeOfDay));
                    (moment.Year, moment.Month, moment.Day).ShouldBe((year, part + 1, Math.Min(day, DateTime.DaysInMonth(year, part + 1))));
                }
            }
        }
        return Stopwatch.GetElapsedTime(started);
    }

    [Fact]
    public void A_day_is_24_hours_where_clocks_change_too()
    {
        var day = Interval.Of(1, IntervalUnit.Day);
        for (var i = 0; i < 365; i++)
            (day.After(Utc("2026-01-01T02:30:00"), i + 1) - day.After(Utc("2026-01-01T02:30:00"), i)).ShouldBe(TimeSpan.FromHours(24));
    }

    [Fact]
    public void An_anchor_in_another_zone_is_the_moment_that_it_is()
    {
        var anchor = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(-5)); // Feb 1, 04:30 UTC
        Interval.Of(1, IntervalUnit.Month).After(anchor, 1).ShouldBe(Utc("2026-03-01T04:30:00"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_count_below_one_is_no_interval(int count) => Interval.TryCreate(count, IntervalUnit.Day, out _).ShouldBeFalse();

    private static string[] Days(Interval interval, string anchor, int count) =>
        [.. Enumerable.Range(0, count)
            .Select(i => interval.After(Utc(anchor), i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
}
