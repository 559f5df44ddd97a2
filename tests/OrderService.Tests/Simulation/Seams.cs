using System.Diagnostics;
using Npgsql;
using OrderService.Engine.Telemetry;

namespace OrderService.Tests.Simulation;

/// <summary>Stops the actors of simulations at the steps that the engine names. Whoever is no actor passes.</summary>
internal static class Seams
{
    private static readonly string[] Steps =
        [EngineActivities.Claim, EngineActivities.Quote, EngineActivities.Commit, EngineActivities.Send, EngineActivities.Settle];

    private static readonly ActivityListener Listener = Listen();

    /// <summary>From here on they are listened to.</summary>
    public static void Open() => ArgumentNullException.ThrowIfNull(Listener);

    private static ActivityListener Listen()
    {
        var engine = EngineActivities.Source; // there before it is asked about
        var listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, engine),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => Actor.Current is null
                ? ActivitySamplingResult.None : ActivitySamplingResult.PropagationData,
            ActivityStarted = activity => Reach(activity, "start"),
            ActivityStopped = activity => Reach(activity, "stop"),
        };
        ActivitySource.AddActivityListener(listener);
        AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) =>
        {
            if (IsLate(thrown.Exception) && Actor.Current is { } actor) actor.StoreWasLate = true;
        };
        return listener;
    }

    // Of a machine that is busy: a statement, a lock or a session took longer than it may, or the connection with it was lost.
    private static bool IsLate(Exception fault) => fault is NpgsqlException and not PostgresException
        or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or "25P03" };

    private static void Reach(Activity activity, string edge)
    {
        if (Actor.Current is { } actor && Steps.Contains(activity.OperationName)) actor.Reach($"{activity.OperationName}:{edge}");
    }
}
