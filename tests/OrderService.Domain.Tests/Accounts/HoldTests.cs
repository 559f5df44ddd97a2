using System.Numerics;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Domain.Tests.Accounts;

/// <summary>
/// A hold beside a chain that is played: swaps are mined, settled later, aborted and taken back, and balances are read in between and used
/// long after.
/// </summary>
public sealed class HoldTests
{
    private enum Fate
    {
        Resting,
        Sent,
        Mined,
        Settled,
    }

    [Fact]
    public void What_a_balance_leaves_is_never_more_than_there_is_however_old_it_is()
    {
        var (sends, refusals, tight) = (0, 0, 0);
        for (var seed = 1; seed <= 2_000; seed++)
        {
            var random = new Random(seed);
            var balance = (BigInteger)random.Next(1, 500);
            var amounts = Enumerable.Range(0, 8).Select(_ => new TokenAmount((UInt128)random.Next(1, 200))).ToArray();
            var (fates, hold) = (new Fate[amounts.Length], new Hold(0, 0));
            var readings = new List<SeenBalance> { new(new TokenAmount((UInt128)balance), 0, default) };
            var begun = BigInteger.Zero; // what was swapped when a reading under way was begun
            for (var step = 0; step < 60; step++)
            {
                var i = random.Next(amounts.Length);
                switch (fates[i], random.Next(6))
                {
                    case (Fate.Resting, _):
                        var seen = readings[random.Next(readings.Count)];
                        if (hold.LeftOf(seen) < amounts[i])
                        {
                            refusals++;
                            break;
                        }
                        (fates[i], hold) = (Fate.Sent, hold.After(new FundsMove(FundsState.Reserved, FundsState.InFlight, amounts[i])));
                        sends++;
                        break;
                    case (Fate.Sent, < 4): (fates[i], balance) = (Fate.Mined, balance - amounts[i].Units); break;
                    case (Fate.Sent, _): (fates[i], hold) = (Fate.Resting,
                        hold.After(new FundsMove(FundsState.InFlight, FundsState.Reserved, amounts[i]))); break;
                    case (Fate.Mined, _): (fates[i], hold) = (Fate.Settled,
                        hold.After(new FundsMove(FundsState.InFlight, FundsState.Spent, amounts[i]))); break;
                    case (Fate.Settled, 0):
                        (fates[i], hold, balance) = (Fate.Sent,
                            hold.After(new FundsMove(FundsState.Spent, FundsState.InFlight, amounts[i])), balance + amounts[i].Units);
                        break;
                    default: break;
                }
                balance.Sign.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}, step {step}: more was mined than there was");
                var inFlight = Enumerable.Range(0, amounts.Length).Where(n => fates[n] == Fate.Sent)
                    .Aggregate(BigInteger.Zero, (sum, n) => sum + amounts[n].Units);
                foreach (var reading in readings)
                {
                    ((BigInteger)hold.LeftOf(reading).Units).ShouldBeLessThanOrEqualTo(BigInteger.Max(0, balance - inFlight),
                        $"seed {seed}, step {step}");
                }
                if (hold.LeftOf(readings[^1]).Units == (UInt128)BigInteger.Max(0, balance - inFlight)) tight++;
                // A reading asks what was swapped first, and the chain later.
                if (random.Next(3) == 0) begun = hold.Spent;
                else if (random.Next(2) == 0) readings.Add(new SeenBalance(new TokenAmount((UInt128)balance), begun, default));
            }
        }
        // A bound that always refuses, or never, would show nothing.
        (sends, refusals, tight).ShouldSatisfyAllConditions(all => all.sends.ShouldBeGreaterThan(1_000),
            all => all.refusals.ShouldBeGreaterThan(1_000), all => all.tight.ShouldBeGreaterThan(10_000));
    }

    [Fact]
    public void Keys_sort_by_the_bytes_of_their_text()
    {
        var random = new Random(7);
        var keys = Enumerable.Range(0, 200)
            .Select(_ =>
                new HoldKey(Address(random), OrderService.Stacks.Addresses.ContractId.Parse($"{Address(random)}.t{random.Next(9)}", null)))
                .ToList();
        keys.Order(HoldKey.LockOrder).Select(key => key.ToString())
            .ShouldBe(keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
    }

    private static OrderService.Stacks.Addresses.StacksAddress Address(Random random)
    {
        var hash = new byte[20];
        random.NextBytes(hash);
        return new(OrderService.Stacks.Addresses.StacksNetwork.Testnet.SingleSigVersion,
            OrderService.Stacks.Addresses.Hash160.FromBytes(hash));
    }
}
