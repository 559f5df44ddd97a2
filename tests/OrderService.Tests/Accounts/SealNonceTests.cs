using System.Collections.Concurrent;
using OrderService.Engine.Sealing;

namespace OrderService.Tests.Accounts;

/// <summary>A nonce that came twice under one key would give both texts away: none does, however seals are spread over threads.</summary>
public sealed class SealNonceTests
{
    private const int IdSize = 8;
    private const int NonceSize = 12;

    [Fact]
    public void No_nonce_comes_twice_on_one_thread_or_on_several()
    {
        var (master, nonces) = (MasterKey.Generate(), new ConcurrentBag<string>());
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 1_000; i++)
                nonces.Add(Convert.ToHexString(Seal.Close([1, 2, 3], [], master).AsSpan(IdSize, NonceSize)));
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        nonces.Count.ShouldBe(4_000);
        nonces.Distinct().Count().ShouldBe(4_000);
        nonces.ShouldNotContain(new string('0', 2 * NonceSize));
    }
}
