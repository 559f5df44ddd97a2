using OrderService.Domain.Ports;
using OrderService.Engine.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// The vaults that are known now: those of the configuration, and of a list where there is one. Readers see one snapshot or the next. An
/// outage of the list keeps the last one, also over a start, and its age shows.
/// </summary>
internal sealed class VaultRegistry(
    SnapshotBuilder builder, VaultListSource? source, TokenRegistry tokens, TimeProvider time, RouteTelemetry telemetry)
{
    private volatile VaultSnapshot? _snapshot;
    private volatile string? _lastFailure;

    /// <summary>
    /// What is known; null until it was read once. With a list configured, that is its first answer: until then an absent token is no
    /// evidence.
    /// </summary>
    public VaultSnapshot? Snapshot => _snapshot;

    /// <summary>Whether reserves are heard from a list, and so are news.</summary>
    public bool HasList => source is not null;

    /// <summary>When the snapshot was read; null before the first.</summary>
    public DateTimeOffset? LoadedAt => _snapshot?.LoadedAt;

    /// <summary>Why the last reading failed; null where it did not. Holds nothing secret.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>How old the snapshot is; null before the first. What is only configured does not age.</summary>
    public TimeSpan? AgeAt(DateTimeOffset now) => _snapshot is not { } known ? null : source is null ? TimeSpan.Zero : now - known.LoadedAt;

    /// <summary>
    /// Reads the list once, or the configuration where there is none. Throws only when cancelled: a failure is kept and told.
    /// </summary>
    public async Task RefreshAsync(CancellationToken token)
    {
        if (source is null)
        {
            if (_snapshot is not null) return;
            Publish(VaultListing.Empty, time.GetUtcNow());
            telemetry.ListLoaded(_snapshot!.Counts);
            return;
        }
        try
        {
            var (listing, body) = await source.FetchAsync(token);
            Publish(listing, time.GetUtcNow());
            _lastFailure = null;
            telemetry.ListLoaded(_snapshot!.Counts);
            await StoreAsync(source.Kept, kept => kept.KeepAsync(body, _snapshot.LoadedAt, token));
        }
        catch (Exception fault) when (fault is PriceSourceException or HttpRequestException or IOException)
        {
            _lastFailure = PriceSourceException.Told(fault);
            telemetry.ListFailed(_lastFailure);
            if (_snapshot is null) await StoreAsync(source.Kept, kept => RestoreAsync(source, kept, token));
        }
    }

    private async Task RestoreAsync(VaultListSource from, KeptVaultList kept, CancellationToken token)
    {
        if (await kept.FindAsync(token) is not var (body, readAt)) return;
        Publish(from.Read(body), readAt);
        telemetry.ListRestored(readAt);
    }

    // The store only spares a start some refusals, so without it the list works as before.
    private async Task StoreAsync(KeptVaultList? kept, Func<KeptVaultList, Task> use)
    {
        if (kept is null) return;
        try
        {
            await use(kept);
        }
        catch (Exception fault) when (Outage.Is(fault) || fault is PriceSourceException)
        {
            telemetry.KeptListFailed(fault);
        }
    }

    private void Publish(VaultListing listing, DateTimeOffset readAt)
    {
        var snapshot = builder.Build(listing, readAt);
        if (source is not null && snapshot.Vaults.Count == 0) throw new PriceSourceException("answered without one vault that can be used");
        _snapshot = snapshot;
        tokens.Load([.. snapshot.Tokens.Select(one => one.Token)]);
    }
}
