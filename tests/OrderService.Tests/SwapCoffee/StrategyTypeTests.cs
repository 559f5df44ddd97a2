using OrderService.Api.SwapCoffee;

namespace OrderService.Tests.SwapCoffee;

public class StrategyTypeTests
{
    [Theory]
    [InlineData("limit")]
    [InlineData("dca")]
    [InlineData("vca")]
    public void A_word_is_read_and_written_as_it_is(string word)
    {
        StrategyTypes.TryParse(word, out var type).ShouldBeTrue();
        type.Word().ShouldBe(word);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("LIMIT")]
    [InlineData("limit ")]
    public void Nothing_else_is_a_word(string? text) => StrategyTypes.TryParse(text, out _).ShouldBeFalse();
}
