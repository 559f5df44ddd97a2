using System.Collections.Concurrent;
using OrderService.Engine.Partitions;

namespace OrderService.Engine.Auth;

/// <summary>The keys of one partition, their limits and their statistics.</summary>
internal sealed record KeyStore(FindApiKey Find, ApiKeyMeter Meter, ApiKeyUsage Usage);

/// <summary>A key, and where it is kept.</summary>
internal sealed record FoundKey(ApiKey Key, KeyStore Store, int Partition);

/// <summary>
/// Finds a key by its secret in whichever partition its wallet is: which that is nobody knows before the key is found, so all are asked,
/// once for each key.
/// </summary>
internal sealed class KeyStores(AllPartitions partitions)
{
    private const int KnownMax = 50_000;

    private readonly ConcurrentDictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>Null where nobody has it.</summary>
    public async Task<FoundKey?> FindAsync(ApiKeySecret secret, CancellationToken token)
    {
        if (partitions.Count == 1) return await InAsync(0, secret, token);
        var hash = secret.Hash();
        if (_known.TryGetValue(hash, out var number)) return await InAsync(number, secret, token);
        var asked = await Task.WhenAll(Enumerable.Range(0, partitions.Count).Select(each => InAsync(each, secret, token)));
        if (Array.Find(asked, found => found is not null) is not { } there) return null;
        if (_known.Count < KnownMax) _known.TryAdd(hash, there.Partition);
        return there;
    }

    private async Task<FoundKey?> InAsync(int number, ApiKeySecret secret, CancellationToken token)
    {
        var store = partitions[number].GetRequiredService<KeyStore>();
        return await store.Find.OfAsync(secret, token) is { } key ? new FoundKey(key, store, number) : null;
    }
}
