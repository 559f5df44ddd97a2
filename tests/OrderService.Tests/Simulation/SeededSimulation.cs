using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Tests.Engine;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulation;

/// <summary>What came of a seed: every step in a line, and what must never have happened.</summary>
internal sealed record SimulationStory(int Seed, IReadOnlyList<string> Trace, IReadOnlyList<string> Crimes, int Sends, int Swaps)
{
    /// <summary>Swaps that accounts called for.</summary>
    public int Called { get; init; }

    /// <summary>
    /// True where the store gave up a statement for want of time, which is the machine's and not the seed's: the story tells of nothing.
    /// </summary>
    public bool IsVoid { get; init; }

    public override string ToString() => $"seed {Seed}: {string.Join("; ", Crimes)}\n{string.Join('\n', Trace)}";
}

/// <summary>
/// Two engines over one store and one node that lies. One seed orders every single step of theirs, of their callers, of the chain and of
/// the clock; steps stand at the engine's seams while others go on, and die there. After each the judges look; in the end all is healed,
/// and everything must come to its end.
/// </summary>
internal sealed class SeededSimulation : IAsyncDisposable
{
    private const string Nothing = "nothing";
    private const int StandingMax = 3;
    private const int HealRounds = 60;
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(60);
    private static readonly string[] Workers = ["sweep", "sweep", "execute", "execute", "execute", "settle", "settle", "nonces", "curves"];

    private readonly int _seed;
    private readonly SimulationStore _shared;
    private readonly Random _random;
    private readonly PlayMix _mix;
    private readonly MachineTime _machine = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly PlayChain _chain = new();
    private readonly SimulatedWorld _world = SimulatedWorld.Of(new SimulatedOptions { SolversCount = 2 });
    private readonly TestSigner _signer = new();
    private readonly SimulatedEngine[] _engines = new SimulatedEngine[2];
    private readonly List<Actor> _standing = [];
    private readonly List<string> _trace = [];
    private readonly SendJudge _sends;
    private readonly StoreJudge _store;
    private readonly PlayNode _node;
    private readonly PlayOrders _orders;
    private HoldKey[] _holders = [];
    private TimeSpan _jumped;
    private string _state = "";
    private bool _isHealing;
    private bool _isVoid;
    private int _step;

    private bool IsOfGroups => _mix is PlayMix.Groups or PlayMix.AccountGroups;

    private SeededSimulation(SimulationStore shared, int seed, PlayMix mix)
    {
        (_seed, _shared, _random, _mix) = (seed, shared, new Random(seed), mix);
        _orders = new PlayOrders(_signer, seed);
        _sends = new SendJudge(_chain, _orders.Legs);
        _store = new StoreJudge(shared.Judges, _chain, _sends, _orders.Numbers);
        _node = new PlayNode(_world, _chain, _sends, () => _engines[0]?.Clock.GetUtcNow() ?? _machine.Wall);
    }

    /// <summary>Runs a seed over an empty store; where it is about groups, most orders are legs of these.</summary>
    public static async Task<SimulationStory> RunAsync(SimulationStore shared, int seed, int steps, PlayMix mix)
    {
        Seams.Open();
        await using var simulation = new SeededSimulation(shared, seed, mix);
        await simulation.BeginAsync();
        while (simulation._step < steps && simulation._sends.Crimes.Count == 0) await simulation.StepAsync();
        if (simulation._sends.Crimes.Count == 0) await simulation.HealAsync();
        return new SimulationStory(seed, simulation._trace, simulation._sends.Crimes, simulation._sends.Count,
            simulation._chain.SwapsCount) { Called = simulation._chain.CalledCount, IsVoid = simulation._isVoid };
    }

    public async ValueTask DisposeAsync()
    {
        _isHealing = true;
        foreach (var actor in _standing.ToArray()) await MoveAsync(actor, actor.GoOnAsync(dies: true));
        foreach (var engine in _engines) if (engine is not null) await engine.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        for (var i = 0; i < _engines.Length; i++) await RestartAsync(i);
        var world = _engines[0].World;
        await ScheduleWorld.OpenAsync(world, _signer.Account);
        var token = world.Terms().SellToken;
        _holders = [new(new OwnWallet(world, 1).Address, token), new(new OwnWallet(world, 2).Address, token), new(_signer.Account, token)];
        if (_mix is PlayMix.Calls or PlayMix.AccountGroups) _holders = [.. _holders, new(_signer.Account, TokenId.Stx)];
        foreach (var holder in _holders) _chain.Give(holder, PlayOrders.Funds);
    }

    private async Task RestartAsync(int number)
    {
        if (_engines[number] is { } before) await before.DisposeAsync();
        _engines[number] = null!;
        (var was, _node.IsHonest) = (_node.IsHonest, true); // a start that finds no node is tried again by whoever started it
        _engines[number] = await SimulatedEngine.StartAsync(_shared, number, _machine, _node, _signer, Hear);
        _node.IsHonest = was;
        await _engines[number].LookAsync(_machine);
        Believe(_engines[number], 50);
    }

    // What a worker made of a fault: it is none where an actor died, or the node was away.
    private void Hear(Exception fault)
    {
        if (fault is not Killed && fault.GetBaseException() is not (Killed or TimeoutException))
            _sends.Crimes.Add($"a worker failed: {fault.GetType().Name}: {fault.Message}");
    }

    private async Task StepAsync()
    {
        _step++;
        _node.Lot = new Lot(_seed, _step);
        _machine.Run(TimeSpan.FromMilliseconds(7)); // no two rows are of one moment, so that nothing is ordered by a random id
        var told = await DrawAsync();
        if (told != Nothing) _state = await _store.LookAsync();
        _trace.Add($"{_step,3} {told} | {_state}");
    }

    private async Task<string> DrawAsync()
    {
        if (_standing.Count > 0 && _random.Next(3) == 0)
        {
            var standing = _standing[_random.Next(_standing.Count)];
            var dies = _random.Next(8) == 0;
            return await MoveAsync(standing, standing.GoOnAsync(dies));
        }
        var engine = _engines[_random.Next(2)];
        return _random.Next(100) switch
        {
            < 12 when IsOfGroups && _random.Next(4) > 0 =>
                $"places {await _orders.PlaceGroupAsync(engine, _random, _mix == PlayMix.AccountGroups)} at {engine.Number}",
            < 20 when _mix == PlayMix.Calls && _random.Next(4) > 0 =>
                $"places {await _orders.PlaceCalledAsync(engine, _random)} at {engine.Number}",
            < 12 => $"places {await _orders.PlaceAsync(engine, _random)} at {engine.Number}",
            < 58 => await WorkAsync(engine, Useful(Workers[_random.Next(Workers.Length)])),
            < 68 => Mine(),
            < 70 => TakeBack(),
            < 74 => MoveMarket(),
            < 76 => Fund(),
            < 87 when _orders.Count > 0 => await CallAsync(engine, _random.Next(_orders.Count), _random.Next(IsOfGroups ? 20 : 12)),
            < 88 => await JumpAsync(),
            < 93 when _jumped != TimeSpan.Zero => await JumpAsync(),
            _ => Run(_random.Next(8) == 0 ? _random.Next(20, 60) : _random.Next(1, 8)),
        };
    }

    // An executor without a claim and a settlement without a send have nothing to do: most of their steps are given to the sweep.
    private string Useful(string name) => name switch
    {
        "execute" when !_state.Contains("ex", StringComparison.Ordinal) => "sweep",
        "settle" when !_state.Contains("br", StringComparison.Ordinal) && _random.Next(4) > 0 => "sweep",
        _ => name,
    };

    private async Task<string> WorkAsync(SimulatedEngine engine, string name)
    {
        if (_standing.Count >= StandingMax
            || (name != "execute"
                && _standing.Exists(actor => actor.Engine == engine.Number && actor.Name.StartsWith(name, StringComparison.Ordinal))))
        {
            return Nothing;
        }
        return await StartAsync(new Actor($"{name} at {engine.Number}", engine.Number, engine.Clock, Choose), engine.Step(name));
    }

    private SeamChoice Choose(Actor actor, string seam) => _isHealing ? SeamChoice.Pass : _random.Next(100) switch
    {
        < 30 when _standing.Count < StandingMax => SeamChoice.Stand,
        // between the look at the slot and its lock
        < 70 when IsOfGroups && seam == "execute.commit:start" && _standing.Count < StandingMax => SeamChoice.Stand,
        < 33 => SeamChoice.Die,
        _ => SeamChoice.Pass,
    };

    private Task<string> StartAsync(Actor actor, Func<Task<string>> work) => MoveAsync(actor, actor.StartAsync(work));

    private async Task<string> MoveAsync(Actor actor, Task stands)
    {
        await stands.WaitAsync(StepLimit);
        _isVoid |= actor.StoreWasLate;
        _standing.Remove(actor);
        if (!actor.HasEnded)
        {
            _standing.Add(actor);
            return $"{actor.Name} stands at {actor.Seam}";
        }
        if (actor.Outcome.StartsWith("fault", StringComparison.Ordinal)
            && !actor.Outcome.StartsWith("fault Timeout", StringComparison.Ordinal))
        {
            _sends.Crimes.Add($"{actor.Name}: {actor.Outcome}");
        }
        if (actor.Outcome != "killed" || _jumped != TimeSpan.Zero || _isHealing || _random.Next(3) > 0)
            return $"{actor.Name}: {actor.Outcome}";
        // The whole process went down: all else of this engine with it.
        foreach (var other in _standing.FindAll(other => other.Engine == actor.Engine))
        {
            _standing.Remove(other);
            await other.GoOnAsync(dies: true).WaitAsync(StepLimit);
        }
        await RestartAsync(actor.Engine);
        return $"{actor.Name}: killed, and starts again";
    }

    private string Mine()
    {
        _chain.Mine(_random.Next(1, 5), call => _node.Lot.Falls(12, $"slips/{call.Label}"));
        return "a block";
    }

    private string TakeBack()
    {
        if (_seed % 2 == 0) return Nothing;
        if (!_chain.TakeBack(call => _node.Lot.Falls(20, $"gone/{call.Label}"))) return Nothing;
        _sends.CountsFunds = false;
        return "a block is taken back";
    }

    private string MoveMarket()
    {
        _node.Rate = _random.Next(400_000, 600_000);
        var usd = _random.Next(40, 61);
        var heard = _random.Next(3); // both, or one of them
        for (var i = 0; i < _engines.Length; i++) if (heard == 2 || heard == i) Believe(_engines[i], usd);
        return string.Create(CultureInfo.InvariantCulture, $"the price is {usd} to {heard}");
    }

    private static void Believe(SimulatedEngine engine, int usd)
    {
        engine.Believe(engine.World.Sell, new Price((UInt128)usd * Price.Scale));
        engine.Believe(TokenId.Stx, Price.One);
    }

    private string Fund()
    {
        var holder = _random.Next(_holders.Length);
        _chain.Give(_holders[holder], PlayOrders.Funds);
        return $"funds for {holder}";
    }

    private string Run(int seconds)
    {
        _machine.Run(TimeSpan.FromSeconds(seconds));
        return $"{seconds} s";
    }

    // A clock that is set wrong, and right again.
    private async Task<string> JumpAsync()
    {
        var by = _jumped == TimeSpan.Zero ? TimeSpan.FromMinutes(_random.Next(2) == 0 ? 30 : -30) : -_jumped;
        _machine.Wall += by;
        _jumped += by;
        foreach (var engine in _engines) await engine.LookAsync(_machine);
        return _jumped == TimeSpan.Zero ? "the clock is right" : $"the clock jumps {by}";
    }

    private async Task<string> CallAsync(SimulatedEngine engine, int order, int kind)
    {
        var (uuid, caller, world) = (_orders[order].Uuid, _orders.OwnerOf(order), engine.World);
        switch (kind)
        {
            case < 4:
                if ((await world.Get<CancelOrder>().HandleAsync(uuid, caller, default)).IsRejected(out var no, out var cancelled))
                    return $"cancel of {order}: {no.Code}";
                _sends.Stop(order, cancelled.IsOneSwap ? [] : await _store.InFlightAsync(uuid.Key));
                return $"cancel of {order}: granted";
            case < 6:
                if ((await world.Get<CancelOrder>().RequestAsync(uuid, caller, default)).IsRejected(out no, out var outcome))
                    return $"cancel of {order} by request: {no.Code}";
                _sends.Stop(order, outcome is CancelOutcome.InFlight ? await _store.InFlightAsync(uuid.Key) : []);
                return $"cancel of {order} by request: {outcome.GetType().Name}";
            case < 8:
                if ((await world.Get<PauseOrder>().HandleAsync(uuid, caller, default)).IsRejected(out no))
                    return $"pause of {order}: {no.Code}";
                _sends.Stop(order, await _store.InFlightAsync(uuid.Key));
                return $"pause of {order}: granted";
            case < 10:
                if ((await world.Get<ResumeOrder>().HandleAsync(uuid, caller, default)).IsRejected(out no))
                    return $"resume of {order}: {no.Code}";
                _sends.Release(order);
                return $"resume of {order}: granted";
            default:
                if (_standing.Count >= StandingMax) return Nothing;
                return await StartAsync(new Actor($"call of {order} at {engine.Number}", engine.Number, engine.Clock, Choose), async () =>
                    (await world.Get<ExecuteOrder>().HandleAsync(uuid, caller, default)).IsRejected(out var why) ? why.Code : "sent");
        }
    }

    // The node tells the truth, the clock is right, everybody has funds and nothing is paused: all must come to its end.
    private async Task HealAsync()
    {
        (_isHealing, _node.IsHonest) = (true, true);
        while (_standing.Count > 0) await MoveAsync(_standing[0], _standing[0].GoOnAsync(dies: false));
        if (_jumped != TimeSpan.Zero) await JumpAsync();
        foreach (var holder in _holders) _chain.Give(holder, PlayOrders.Funds * 100);
        for (var order = 0; order < _orders.Count; order++)
        {
            var (uuid, kind, _) = _orders[order];
            await CallAsync(_engines[order % 2], order, kind is "manual" or "price" ? 0 : 8);
            if (kind is "manual" or "price") await _engines[0].World.Get<CancelOrder>().RequestAsync(uuid, _orders.OwnerOf(order), default);
        }
        for (var round = 0; round < HealRounds && !await _store.IsDoneAsync() && _sends.Crimes.Count == 0; round++)
        {
            _machine.Run(TimeSpan.FromSeconds(21));
            foreach (var name in new[] { "curves", "sweep", "execute", "execute", "settle", "nonces" })
            {
                _step++;
                var engine = _engines[round % 2];
                await StartAsync(new Actor($"{name} at {engine.Number}", engine.Number, engine.Clock, Choose), engine.Step(name));
            }
            _chain.Mine(100, _ => false);
            _state = await _store.LookAsync();
            _trace.Add($"heal {round} | {_state}");
        }
        if (_sends.Crimes.Count > 0) return;
        if (!await _store.IsDoneAsync()) _sends.Crimes.Add("not everything has come to its end");
        else await _store.JudgeEndAsync();
    }
}
