using OrderService.Api.Panora;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Panora;

/// <summary>Events in, lines out.</summary>
public class TxHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_order_to_which_nothing_happened_was_created() => Lines([]).ShouldBe(["created 0/1 100->0"]);

    [Fact]
    public void Tries_of_a_part_are_counted_and_told_once_a_change_of_reason() => Lines(
    [
        On(1, OrderEventKinds.BackedOff, "no_route"), On(1, OrderEventKinds.BackedOff, "no_route"),
        On(1, OrderEventKinds.BackedOff, "rate_out_of_bounds"),
        On(1, OrderEventKinds.Reverted, "slippage"), On(1, OrderEventKinds.BackedOff, "rate_out_of_bounds"),
        On(1, OrderEventKinds.Confirmed, paid: 70),
        On(2, OrderEventKinds.Rejected, "FeeTooLow"), On(2, OrderEventKinds.Replaced, "replaced"),
        On(2, OrderEventKinds.Confirmed, paid: 60),
    ]).ShouldBe(
    [
        "created 0/1 100->0", "attempted 1/1 50->0 no_route", "attempted 1/2 50->0 rate_out_of_bounds", "failed 1/3 50->0 slippage",
        "attempted 1/4 50->0 rate_out_of_bounds", "filled 1/5 50->70",
        "attempted 2/1 50->0 FeeTooLow", "attempted 2/2 50->0 replaced", "filled 2/3 50->60",
    ]);

    [Fact]
    public void A_part_that_fails_with_its_last_revert_is_told_once_and_one_that_fails_by_itself_too() => Lines(
        [On(1, OrderEventKinds.Reverted, "slippage"), On(1, OrderEventKinds.Failed, "slippage"),
            On(2, OrderEventKinds.Failed, "intent_already_used"), On(null, OrderEventKinds.Failed)], spent: 0, reason: "slippage")
        .ShouldBe(
            ["created 0/1 100->0", "failed 1/1 50->0 slippage", "failed 2/1 50->0 intent_already_used", "cancelled 0/1 100->0 slippage"]);

    [Fact]
    public void What_a_reorg_took_back_is_not_told() => Lines(
        [On(1, OrderEventKinds.Confirmed, paid: 70), On(null, OrderEventKinds.Cancelled), On(1, OrderEventKinds.Reorged),
            On(1, OrderEventKinds.Confirmed, paid: 71), On(null, OrderEventKinds.Cancelled)], spent: 50)
        .ShouldBe(["created 0/1 100->0", "filled 1/2 50->71", "cancelled 0/1 50->0"]);

    [Theory]
    [InlineData(100, "created 0/1 100->0")]
    [InlineData(50, "created 0/1 100->0", "cancelled 0/1 50->0 parts_failed")]
    public void An_order_that_completed_says_what_it_returned(int spent, params string[] lines) =>
    Lines([On(null, OrderEventKinds.Completed)], (ulong)spent).ShouldBe(lines);

    [Fact]
    public void Every_line_has_an_id_of_its_own_that_stays_the_same()
    {
        IReadOnlyList<PartEvent> story =
        [
            On(1, OrderEventKinds.BackedOff, "no_route"), On(1, OrderEventKinds.BackedOff, "rate_out_of_bounds"),
            On(1, OrderEventKinds.Reverted, "slippage"), On(1, OrderEventKinds.Confirmed, paid: 70),
            On(2, OrderEventKinds.BackedOff, "no_route"), On(2, OrderEventKinds.Failed, "x"), On(null, OrderEventKinds.Completed),
        ];
        var entries = TxHistory.Of(OrderOf(story, 50, null));
        entries.Select(e => e.TxId).Distinct().Count().ShouldBe(entries.Count);
        entries.ShouldAllBe(e => e.Type == TxHistory.Created || e.TxId.Length == 66);
        // one transaction tells two lines, and names one
        entries.Where(e => e.IsOnChain).Select(e => e.TxId).ShouldBe(["0x" + new string('a', 64)]);
        TxHistory.Of(OrderOf(story, 50, null)).Select(e => e.TxId).ShouldBe(entries.Select(e => e.TxId));
        // and what comes later changes none
        TxHistory.Of(OrderOf([.. story.Take(4)], 100, null)).Select(e => e.TxId).ShouldBe(entries.Take(5).Select(e => e.TxId));
    }

    private static PartEvent On(int? part, string kind, string? reason = null, ulong paid = 0) =>
        new(part, kind, Start, reason, part is null ? null : new string('a', 64), new TokenAmount(part is null ? 0u : 50u),
            new TokenAmount(paid));

    private static List<string> Lines(IReadOnlyList<PartEvent> story, ulong spent = 100, string? reason = null) =>
        [.. TxHistory.Of(OrderOf(story, spent, reason))
            .Select(e => $"{e.Type} {e.Number}/{e.Attempt} {e.AmountIn}->{e.AmountOut} {e.Reason}".TrimEnd())];

    private static ScheduledView OrderOf(IReadOnlyList<PartEvent> story, ulong spent, string? reason)
    {
        return new ScheduledView
        {
            Id = Guid.NewGuid(), Recipient = Principal.Parse("ST000000000000000000002AMW42H"), SellToken = TokenId.Stx,
            BuyToken = TokenId.Stx, AmountIn = new TokenAmount(100),
            Status = OrderStatus.Open, Reason = reason, CreatedAt = Start, EndedAt = null, ValidTo = null, ClientFields = null,
            PublicId = "0x1", Interval = null, ReadAt = Start, Story = story,
            Parts = new PartSums
            {
                Count = 2, Confirmed = 0, Open = 2, Spent = new TokenAmount(spent), Received = TokenAmount.Zero,
                Returned = TokenAmount.Zero, Each = new TokenAmount(50), NextAt = Start, LastAt = Start, Waiting = null,
            },
        };
    }
}
