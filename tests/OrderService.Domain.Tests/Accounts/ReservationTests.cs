using System.Diagnostics;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Tests.Orders;

namespace OrderService.Domain.Tests.Accounts;

public sealed class ReservationTests
{
    private static readonly Reservation Whole = Reservation.Of(Guid.NewGuid(), Guid.NewGuid(), Sample.Sell, new TokenAmount(100));

    [Fact]
    public void A_new_order_has_its_whole_amount_set_aside() =>
        Figures(Whole).ShouldBe((100, 0, 100, 0, 0));

    [Fact]
    public void A_swap_takes_its_part_in_flight_and_then_spends_it_or_gives_it_back()
    {
        var started = Whole.After(Move(FundsState.Reserved, FundsState.InFlight, 30));
        Figures(started).ShouldBe((100, 0, 100, 30, 0));
        Figures(started.After(Move(FundsState.InFlight, FundsState.Spent, 30))).ShouldBe((100, 30, 70, 0, 0));
        started.After(Move(FundsState.InFlight, FundsState.Reserved, 30)).ShouldBe(Whole);
        Figures(started.After(Move(FundsState.InFlight, FundsState.Spent, 30)).After(Move(FundsState.Reserved, FundsState.Returned, 70)))
            .ShouldBe((100, 30, 0, 0, 70));
    }

    [Fact]
    public void Nothing_starts_without_its_reservation_and_nothing_comes_back_twice()
    {
        Should.Throw<UnreachableException>(() => Whole.After(Move(FundsState.Reserved, FundsState.InFlight, 101)));
        Should.Throw<UnreachableException>(() => Whole.After(Move(FundsState.InFlight, FundsState.Spent, 1)));
        var returned = Whole.After(Move(FundsState.Reserved, FundsState.Returned, 100));
        Should.Throw<UnreachableException>(() => returned.After(Move(FundsState.Reserved, FundsState.Returned, 1)));
        Should.Throw<UnreachableException>(() => returned.After(Move(FundsState.Reserved, FundsState.InFlight, 1)));
    }

    [Fact]
    public void Amounts_that_do_not_sum_up_are_no_reservation() => Should.Throw<UnreachableException>(() => new Reservation(
        Guid.NewGuid(), Guid.NewGuid(), Sample.Sell, new TokenAmount(100), new TokenAmount(1), new TokenAmount(98), TokenAmount.Zero,
        TokenAmount.Zero));

    [Fact]
    public void The_largest_amount_there_is_moves_exactly()
    {
        var most = new TokenAmount(UInt128.MaxValue);
        var moved = Reservation.Of(Guid.NewGuid(), Guid.NewGuid(), Sample.Sell, most)
            .After(new FundsMove(FundsState.Reserved, FundsState.InFlight, new TokenAmount(UInt128.MaxValue - 1)))
            .After(new FundsMove(FundsState.InFlight, FundsState.Spent, new TokenAmount(UInt128.MaxValue - 1)));
        (moved.Spent, moved.Reserved).ShouldBe((new TokenAmount(UInt128.MaxValue - 1), new TokenAmount(1)));
    }

    [Fact]
    public void Every_status_of_a_slice_says_where_its_amount_is()
    {
        var states = Enum.GetValues<SliceStatus>()
            .ToDictionary(s => s, s => (FundsStates.Of(s, isEnding: false), FundsStates.Of(s, isEnding: true)));
        states[SliceStatus.Waiting].ShouldBe((FundsState.Reserved, FundsState.Reserved));
        states[SliceStatus.Executing].ShouldBe((FundsState.Reserved, FundsState.Reserved));
        states[SliceStatus.Broadcast].ShouldBe((FundsState.InFlight, FundsState.Reserved));
        states[SliceStatus.Confirmed].ShouldBe((FundsState.Spent, FundsState.Spent));
        foreach (var ended in (SliceStatus[])[SliceStatus.Failed, SliceStatus.Skipped, SliceStatus.Cancelled, SliceStatus.Expired])
            states[ended].ShouldBe((FundsState.Returned, FundsState.Returned));
    }

    [Theory]
    [InlineData(100, 30, 20, 50)]
    [InlineData(100, 100, 0, 0)]
    [InlineData(100, 60, 60, 0)]
    [InlineData(50, 60, 0, 0)]
    public void What_is_available_is_what_nothing_else_has_set_aside(ulong balance, ulong reserved, ulong withdrawing, ulong available)
    {
        var funds = new AccountFunds(new TokenAmount(balance), new TokenAmount(reserved), new TokenAmount(withdrawing));
        funds.Available.ShouldBe(new TokenAmount(available));
        funds.Refusal(funds.Available).ShouldBeNull();
        var refusal = funds.Refusal(new TokenAmount(available + 7)).ShouldNotBeNull();
        (refusal.Code, refusal.Available, refusal.Required,
            refusal.Missing).ShouldBe(
                ("insufficient_balance", new TokenAmount(available), new TokenAmount(available + 7), new TokenAmount(7)));
    }

    private static FundsMove Move(FundsState from, FundsState to, ulong amount) => new(from, to, new TokenAmount(amount));

    private static (int, int, int, int, int) Figures(Reservation r) =>
        ((int)r.Initial.Units, (int)r.Spent.Units, (int)r.Reserved.Units, (int)r.InFlight.Units, (int)r.Returned.Units);
}
