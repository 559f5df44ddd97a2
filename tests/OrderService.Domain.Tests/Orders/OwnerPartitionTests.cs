using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Domain.Tests.Orders;

/// <summary>An owner's partition is what it was, whatever the program: an order is found by it.</summary>
public sealed class OwnerPartitionTests
{
    // of Python: int.from_bytes(hashlib.sha256(b"SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7").digest()[:8], "big") % count
    [Theory]
    [InlineData("SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7", 4, 3)]
    [InlineData("SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7", 7, 2)]
    [InlineData("SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7", 64, 11)]
    [InlineData("ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM", 4, 2)]
    [InlineData("ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM", 64, 62)]
    [InlineData("ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM", 1, 0)]
    public void It_is_the_same_for_ever(string owner, int count, int number) =>
        OwnerPartition.Of(StacksAddress.Parse(owner), count).ShouldBe(number);

    [Fact]
    public void Owners_are_spread_over_all()
    {
        var counts = new int[4];
        for (var i = 0; i < 400; i++)
            counts[OwnerPartition.Of(PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Mainnet), counts.Length)]++;
        counts.Min().ShouldBeGreaterThan(40); // of 400 among four: one in 10^13 that it is not
    }
}
