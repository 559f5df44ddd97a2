using OrderService.Domain.Pricing;
using OrderService.Pricing;

namespace OrderService.SwapRouters.Stacks.Routes;

/// <summary>
/// The vaults that are known now: those of the configuration, and of a list where there is one. Readers see one snapshot or the next. An outage of the list
/// keeps the last one, and its age shows.
/// </summary>
internal sealed class VaultRegistry(SnapshotBuilder builder, VaultListSource? source, TokenRegistry tokens, TimeProvider time, RouteTelemetry telemetry)
{
    private volatile VaultSnapshot? _snapshot;
    private volatile string? _lastFailure;

    /// <summary>What is known; null until it was read once. With a list configured, that is its first answer: until then an absent token is no evidence.</summary>
    public VaultSnapshot? Snapshot => _snapshot;

    /// <summary>When the snapshot was read; null before the first.</summary>
    public DateTimeOffset? LoadedAt => _snapshot?.LoadedAt;

    /// <summary>Why the last reading failed; null where it did not. Holds nothing secret.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>How old the snapshot is; null before the first. What is only configured does not age.</summary>
    public TimeSpan? AgeAt(DateTimeOffset now) => _snapshot is not { } known ? null : source is null ? TimeSpan.Zero : now - known.LoadedAt;

    /// <summary>Reads the list once, or the configuration where there is none. Throws only when cancelled: a failure is kept and told.</summary>
    public async Task RefreshAsync(CancellationToken token)
    {
        if (source is null)
        {
            if (_snapshot is null) Publish(VaultListing.Empty);
            return;
        }
        try
        {
            Publish(await source.FetchAsync(token));
        }
        catch (Exception fault) when (fault is PriceSourceException or HttpRequestException or IOException)
        {
            _lastFailure = PriceSourceException.Told(fault);
            telemetry.ListFailed(_lastFailure);
        }
    }

    private void Publish(VaultListing listing)
    {
        var snapshot = builder.Build(listing, time.GetUtcNow());
        if (source is not null && snapshot.Vaults.Count == 0) throw new PriceSourceException("answered without one vault that can be used");
        _snapshot = snapshot;
        tokens.Load([.. snapshot.Tokens.Select(one => one.Token)]);
        _lastFailure = null;
        telemetry.ListLoaded(snapshot.Counts);
    }
}
