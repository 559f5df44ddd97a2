namespace OrderService.Tests.Ground;

/// <summary>
/// Waits for what another process does; a test's own world needs no waiting. The limit ends a test that hangs, however busy the machine is,
/// and judges nothing.
/// </summary>
internal static class Until
{
    /// <summary>For every wait that hangs only where something is broken.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<T> Async<T>(Func<Task<T>> read, Func<T, bool> isSo, TimeSpan? limit = null)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (isSo(value)) return value;
            if (since.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"Not so within the limit; last it was {value}.");
            await Task.Delay(25);
        }
    }
}
