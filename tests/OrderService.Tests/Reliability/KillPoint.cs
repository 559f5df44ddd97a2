namespace OrderService.Tests.Reliability;

/// <summary>Where a process ends itself, or stops itself, from inside: the n-th start or stop of a step of the engine.</summary>
internal sealed record KillPoint(string Step, string Edge, int Nth, int Signal = KillPoint.Kill)
{
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>The numbered steps of an execution, in their order.</summary>
    public static readonly string[] Steps = ["execute.claim", "execute.quote", "execute.commit", "execute.send", "execute.settle"];

    public static readonly string[] Edges = ["start", "stop"];

    public override string ToString() => $"{Step}:{Edge}:{Nth}";
}
