using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Webhooks;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>
/// The demo account, which wants to be told by webhook at an endpoint that fails at random: refuses one message, or is down for all.
/// </summary>
internal sealed class HookedWallet
{
    private readonly TestWallet _wallet =
        new(PrivateKey.Parse(new SimulatedOptions().DemoKey), SimulatedWorld.Of(new SimulatedOptions()).Network);
    private readonly Random _random = new(17);
    private readonly Dictionary<long, int> _failures = [];
    private readonly ConcurrentQueue<(long Position, string? Order)> _taken = new();
    private readonly Receiver _receiver;
    private readonly int _failuresMax;

    /// <summary>One message is failed so often at most; after the second time the next try comes after a minute.</summary>
    public HookedWallet(Receiver receiver, int failuresMax)
    {
        (_receiver, _failuresMax) = (receiver, failuresMax);
        receiver.Answers = Answer;
    }

    /// <summary>How many messages were taken, those that came again too.</summary>
    public int TakenCount => _taken.Count;

    /// <summary>How many were not.</summary>
    public int FailedCount { get; private set; }

    public async Task AddAsync(HttpClient service)
    {
        var message =
            _wallet.Message("add_webhook", DateTimeOffset.UtcNow, $",\"url\":\"{_receiver.Url}\",\"salt\":\"{Guid.NewGuid():N}\"");
        using var body = new StringContent(_wallet.Body(message), Encoding.UTF8, "application/json");
        using var answer = await service.PostAsync("/api/v1/webhooks", body);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until each event of the wallet's was taken, and looks at the order of those of one order.</summary>
    public async Task JudgeAsync(NpgsqlDataSource source)
    {
        var expected = await Verdict.ReadAsync(source, $"SELECT position::text FROM event_positions WHERE owner = '{_wallet.Address}'");
        HashSet<long> all = [.. expected.Select(position => long.Parse(position, System.Globalization.CultureInfo.InvariantCulture))];
        HashSet<long> taken = [];
        for (var wait = 0; !all.SetEquals(taken = [.. _taken.Select(message => message.Position)]) && wait < 3_000; wait++)
            await Task.Delay(100);
        all.Except(taken).ShouldBeEmpty("not every event was sent");
        taken.Except(all).ShouldBeEmpty("something was sent that is not the wallet's");
        FailedCount.ShouldBeGreaterThan(0);
        foreach (var ofOrder in _taken.Where(message => message.Order is not null).DistinctBy(message => message.Position)
            .GroupBy(message => message.Order))
        {
            ofOrder.Select(message => message.Position).ShouldBeInOrder(SortDirection.Ascending, $"the events of {ofOrder.Key}");
        }
    }

    private (int Status, string Body, string? Location) Answer(ReceivedMessage message)
    {
        var data = message.Json["data"]!;
        var position = (long)data["position"]!;
        lock (_failures)
        {
            var failed = _failures.GetValueOrDefault(position);
            if (failed < _failuresMax && _random.Next(30) == 0)
            {
                _failures[position] = failed + 1;
                FailedCount++;
                return _random.Next(4) == 0 ? (503, "down", null) : (400, "not now", null);
            }
            _taken.Enqueue((position, message.Order));
            return (200, "ok", null);
        }
    }
}
