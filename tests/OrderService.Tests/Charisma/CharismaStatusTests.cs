using OrderService.Api.Charisma;
using OrderService.Domain.Orders;

namespace OrderService.Tests.Charisma;

public class CharismaStatusTests
{
    [Theory]
    [InlineData("Open", false, "open")]
    [InlineData("Open", true, "broadcasted")]
    [InlineData("Paused", false, "open")]
    [InlineData("Paused", true, "broadcasted")]
    [InlineData("Cancelling", false, "cancelling")]
    [InlineData("Cancelling", true, "cancelling")]
    [InlineData("Completed", false, "confirmed")]
    [InlineData("Failed", false, "failed")]
    [InlineData("Cancelled", false, "cancelled")]
    [InlineData("Expired", false, "cancelled")]
    public void An_order_has_one_word_of_this_wire(string status, bool isBroadcast, string word) =>
        CharismaStatus.Of(Enum.Parse<OrderStatus>(status), isBroadcast).ShouldBe(word);

    [Fact]
    public void Every_status_has_a_word()
    {
        foreach (var status in Enum.GetValues<OrderStatus>()) CharismaStatus.Of(status, isBroadcast: false).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("all", null)]
    [InlineData("open", "Open, Broadcast, Cancelling")]
    [InlineData("filled", "Completed")]
    [InlineData("broadcasted", "Broadcast")]
    [InlineData("confirmed", "Completed")]
    [InlineData("cancelled", "Cancelled, Expired")]
    [InlineData("partially_filled", "")]
    public void A_filter_has_one_meaning(string asked, string? meant)
    {
        CharismaStatus.TryFilter(asked, out var readings).ShouldBeTrue();
        (readings is not null ? string.Join(", ", readings) : null).ShouldBe(meant);
        CharismaStatus.Filters.ShouldContain(asked);
    }
}
