using OrderService.Engine.Clock;

namespace OrderService.Tests.Simulation;

/// <summary>The process, or the whole of what it was about, is gone at a seam. Nothing of the service catches this for its own.</summary>
internal sealed class Killed : Exception;

/// <summary>
/// One step of one engine on its way through its seams. It runs alone: whoever moves it waits until it stands at a seam or has ended. At a
/// seam it holds no lock and no transaction.
/// </summary>
internal sealed class Actor(string name, int engine, EngineClock clock, Func<Actor, string, SeamChoice> choose)
{
    // What the service does between the plan of an execution and its commit decides what may be sent; later seams do not move that moment.
    private static readonly string[] AfterDecision = ["execute.commit:stop", "execute.send:start", "execute.send:stop"];

    private static readonly AsyncLocal<Actor?> Own = new();
    private TaskCompletionSource _goes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDead;

    /// <summary>The one whose flow this is; null outside of a simulation.</summary>
    public static Actor? Current => Own.Value;

    public string Name => name;

    /// <summary>Which of the engines it is a step of.</summary>
    public int Engine => engine;

    /// <summary>The seam that it stands at; null while it runs and when it has ended.</summary>
    public string? Seam { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>True where the store gave up one of its statements for want of time, whatever the engine made of that.</summary>
    public bool StoreWasLate { get; set; }

    /// <summary>What came of it, in a word.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>When it last looked at what it may send, and whether its engine knew the time then.</summary>
    public DateTimeOffset DecidedAt { get; private set; }

    public bool WasHeld { get; private set; }

    /// <summary>Begins; ends when it stands at a seam or has ended.</summary>
    public Task StartAsync(Func<Task<string>> work)
    {
        Decide();
        _ = Task.Run(async () =>
        {
            Own.Value = this;
            try
            {
                Outcome = await work();
            }
            catch (Exception fault)
            {
                Outcome = _isDead || fault is Killed ? "killed" : $"fault {fault.GetType().Name}: {fault.Message}";
            }
            if (_isDead) Outcome = "killed";
            HasEnded = true;
            _stands.SetResult();
        });
        return _stands.Task;
    }

    /// <summary>Lets it go on, or dies where it stands; ends when it stands again or has ended.</summary>
    public Task GoOnAsync(bool dies)
    {
        _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isDead |= dies;
        Seam = null;
        _goes.SetResult();
        return _stands.Task;
    }

    /// <summary>Comes to a seam: goes through it, stands there until it is told to go on, or dies.</summary>
    public void Reach(string seam)
    {
        Alive();
        var choice = choose(this, seam);
        if (choice == SeamChoice.Stand)
        {
            (_goes, Seam) = (new(TaskCreationOptions.RunContinuationsAsynchronously), seam);
            _stands.SetResult();
            _goes.Task.Wait(); // the engine's own step cannot wait otherwise in the middle of itself
        }
        _isDead |= choice == SeamChoice.Die;
        Alive();
        if (!AfterDecision.Contains(seam)) Decide();
    }

    /// <summary>Throws where it is dead.</summary>
    public void Alive()
    {
        if (_isDead) throw new Killed();
    }

    /// <summary>Dies where it is.</summary>
    public void Die()
    {
        _isDead = true;
        Alive();
    }

    private void Decide() => (DecidedAt, WasHeld) = (clock.GetUtcNow(), clock.Held is not null);
}

/// <summary>What becomes of an actor at a seam.</summary>
internal enum SeamChoice
{
    Pass,
    Stand,
    Die,
}
