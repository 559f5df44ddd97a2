namespace OrderService.Engine.Telemetry;

/// <summary>What a check found. The detail is shown as JSON to anyone who asks, so it holds no secret.</summary>
internal sealed record ReadinessResult(bool IsReady, string? Why = null, object? Detail = null)
{
    /// <summary>What only holds up sends, each with what to do about it: the node still answers, and what it answers is right.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One thing that must be so before this node should get requests. Every one that is registered is asked.</summary>
internal sealed record ReadinessCheck(string Name, Func<CancellationToken, Task<ReadinessResult>> Check);
