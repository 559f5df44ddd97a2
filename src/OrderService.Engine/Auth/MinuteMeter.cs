using System.Collections.Concurrent;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Auth;

/// <summary>A budget behind one use of it.</summary>
/// <param name="Passes">False where the use is more than was left; then it is not counted.</param>
/// <param name="Left">What is left.</param>
/// <param name="Resets">In how long all of it is there again.</param>
internal readonly record struct MeterState(bool Passes, long Left, TimeSpan Resets);

/// <summary>
/// Counts what somebody uses up in windows of a minute, in this process. A window begins with the first use behind the one before.
/// </summary>
internal sealed class MinuteMeter<TWho>(TimeProvider time)
    where TWho : notnull
{
    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MinutesMax = 100_000;
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(TWho, string), Minute> _minutes = new();
    private DateTimeOffset _swept;

    /// <summary>Uses up so much of what is the most in a minute. While more of them are counted than can be held, new ones pass.</summary>
    public MeterState Take(TWho who, string use, long most, long count)
    {
        var now = time.RealNow();
        if (!_minutes.TryGetValue((who, use), out var minute))
        {
            if (!HasRoom(now)) return new MeterState(true, most, Window);
            minute = _minutes.GetOrAdd((who, use), _ => new Minute());
        }
        return minute.Take(now, most, count);
    }

    private bool HasRoom(DateTimeOffset now)
    {
        if (_minutes.Count < MinutesMax) return true;
        if (now - _swept < SweepPause) return false;
        _swept = now;
        foreach (var old in _minutes.Where(m => m.Value.IsOver(now))) _minutes.TryRemove(old);
        return _minutes.Count < MinutesMax;
    }

    private sealed class Minute
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _from = DateTimeOffset.MinValue;
        private long _count;

        public bool IsOver(DateTimeOffset now) => now - _from >= Window;

        public MeterState Take(DateTimeOffset now, long most, long count)
        {
            lock (_lock)
            {
                if (IsOver(now)) (_from, _count) = (now, 0);
                var passes = _count + count <= most;
                if (passes) _count += count;
                return new MeterState(passes, most - _count, _from + Window - now);
            }
        }
    }
}
