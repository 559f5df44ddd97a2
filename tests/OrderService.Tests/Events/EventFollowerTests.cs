using System.Globalization;
using OrderService.Engine.Events;

namespace OrderService.Tests.Events;

/// <summary>
/// What a follower keeps of the log, and when it has to ask the store: together it is always all of its events, once and in order.
/// </summary>
public sealed class EventFollowerTests
{
    private readonly List<LoggedEvent> _log = [];
    private int _asked;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Followers_that_come_are_slow_and_are_dealt_some_of_it_read_exactly_the_log(int seed)
    {
        var (random, head) = (new Random(seed), new EventHead());
        var readers = Enumerable.Range(0, 8).Select(number => new Reader(this, head, number < 2 ? null : Owner(number % 4))).ToList();
        for (var round = 0; round < 3_000; round++)
        {
            var before = head.Seen;
            for (var i = random.Next(4) * (random.Next(200) == 0 ? 500 : 1); i > 0; i--) _log.Add(Event(random));
            // the store is ahead of the relay
            var seen = new LogHead("log", random.Next(10) == 0 ? before.Position : Math.Max(before.Position, _log.Count - random.Next(2)));
            var events = _log.GetRange((int)before.Position, (int)(seen.Position - before.Position));
            switch (random.Next(40))
            {
                case 0: head.Saw(seen); break;
                case 1: head.Saw(seen, [.. events.Select(e => e.Owner).OfType<string>()]); break;
                default: head.Saw(seen, [.. events.Select(e => e.Owner).OfType<string>()], before.LogId == "log" ? events : null); break;
            }
            foreach (var reader in readers) if (random.Next(reader.Pace) == 0) reader.Read();
            if (random.Next(50) == 0) readers[random.Next(readers.Count)].Reconnect();
        }
        var dealt = readers.Sum(reader => reader.Dealt);
        foreach (var reader in readers)
        {
            reader.Ask();
            reader.Seen.ShouldBe(_log.Where(e => reader.Owner is null || e.Owner == reader.Owner).Select(e => e.Position));
        }
        dealt.ShouldBeGreaterThan(_asked);
    }

    [Fact]
    public void A_narrow_follower_and_one_that_keeps_nothing_ask_the_store()
    {
        var head = new EventHead();
        head.Saw(new LogHead("log", 5));
        using var waking = head.Follow("a");
        head.IsKept.ShouldBeFalse();
        waking.Take(new LogPosition("log", 5)).ShouldBeNull();
        var keeping = head.Follow("a", keeps: true);
        head.IsKept.ShouldBeTrue();
        keeping.Take(new LogPosition("another", 5)).ShouldBeNull();
        keeping.Take(new LogPosition("log", 5))!.Events.ShouldBeEmpty();
        keeping.Dispose();
        keeping.Dispose();
        head.IsKept.ShouldBeFalse();
    }

    private static string Owner(int number) => string.Create(CultureInfo.InvariantCulture, $"owner {number}");

    private LoggedEvent Event(Random random) =>
        new(_log.Count + 1, "created", DateTimeOffset.UnixEpoch, "system", random.Next(9) == 0 ? null : Owner(random.Next(4)), null, null,
            null, null);

    /// <summary>As a stream does it.</summary>
    private sealed class Reader(EventFollowerTests test, EventHead head, string? owner)
    {
        private EventFollower _following = head.Follow(owner, keeps: true);
        private LogPosition _after = new("log", 0);

        public string? Owner => owner;

        public int Pace { get; } = owner is null ? 40 : 3;

        public List<long> Seen { get; } = [];

        public int Dealt { get; private set; }

        public void Read()
        {
            if (_following.Take(_after) is not { } page)
            {
                Ask();
                return;
            }
            Dealt++;
            Note(page);
        }

        public void Ask()
        {
            test._asked++;
            Note(new EventPage(new LogHead("log", test._log.Count),
                [.. test._log.Where(e => e.Position > _after.Number && (owner is null || e.Owner == owner))], null));
        }

        public void Reconnect()
        {
            _following.Dispose();
            _following = head.Follow(owner, keeps: true);
        }

        private void Note(EventPage page)
        {
            page.Log.Has(_after).ShouldBeTrue();
            Seen.AddRange(page.Events.Select(e => e.Position));
            _after = page.Next;
        }
    }
}
