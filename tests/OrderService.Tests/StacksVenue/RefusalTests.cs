using System.Text;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// What a node's refusal means: only the closed list is definite, and whatever else it says is kept as text that means nothing anywhere.
/// </summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("Serialization")]
    [InlineData("Deserialization")]
    [InlineData("SignatureValidation")]
    [InlineData("FeeTooLow")]
    [InlineData("NotEnoughFunds")]
    [InlineData("NoSuchContract")]
    [InlineData("NoSuchPublicFunction")]
    [InlineData("BadFunctionArgument")]
    public void After_a_word_of_the_closed_list_the_bytes_can_never_be_mined(string reason) =>
        Read($$"""{"error":"transaction rejected","reason":"{{reason}}","reason_data":{"message":"x"},"txid":"ab"}""")
            .ShouldBe((reason, true));

    [Theory]
    [InlineData("BadNonce")]
    [InlineData("ConflictingNonceInMempool")]
    [InlineData("TooMuchChaining")]
    [InlineData("TemporarilyBlacklisted")]
    [InlineData("ServerFailureDatabase")]
    [InlineData("ServerFailureOther")]
    [InlineData("feetoolow")]
    [InlineData("FeeTooLow, or so it seems")]
    public void Any_other_word_is_kept_and_decides_nothing(string reason) =>
    Read($$"""{"reason":"{{reason}}"}""").ShouldBe((reason, false));

    [Theory]
    [InlineData("""{"error":"tx is already in mempool"}""", "tx is already in mempool")]
    [InlineData("""{"error":"FeeTooLow"}""", "FeeTooLow")]
    [InlineData("""{"reason":" FeeTooLow "}""", "FeeTooLow")]
    [InlineData("""{"reason":7,"error":"odd"}""", "odd")]
    [InlineData("""{"reason":null}""", "reason :null")]
    [InlineData("""["FeeTooLow"]""", "FeeTooLow")]
    [InlineData("\"FeeTooLow\"", "FeeTooLow")]
    [InlineData("rate limit exceeded", "rate limit exceeded")]
    [InlineData("<html><body>502</body></html>", "html  body 502  body   html")]
    [InlineData("", "refused without a reason")]
    [InlineData("   \r\n\t ", "refused without a reason")]
    [InlineData("{\"reason\":\"\"}", "refused without a reason")]
    [InlineData("{\"reason\":\"a\\u0000b\\u001b[31m\\\"c\\\\\"}", "a b  31m c")]
    [InlineData("{\"reason\":\"\\ud800\"}", null)]
    [InlineData("{\"reason\":\"FeeTooLow", null)]
    public void What_is_no_known_word_is_shown_as_harmless_text(string body, string? shown)
    {
        var (reason, isDefinite) = Read(body);
        if (shown is not null) reason.ShouldBe(shown);
        reason.ShouldAllBe(c => c >= ' ' && c <= 'z' && c != '"' && c != '\\' && c != '<');
        isDefinite.ShouldBeFalse(); // a word of the list too, where it does not stand in its place
    }

    [Fact]
    public void Bytes_that_are_no_text_and_texts_without_end_are_cut()
    {
        Refusal.Read([0xff, 0xfe, 0x00, 0x80]).IsDefinite.ShouldBeFalse();
        Refusal.Read(Encoding.UTF8.GetBytes(new string('x', 100_000))).Reason.ShouldBe(new string('x', 100));
        Read($$"""{"reason":"{{new string('y', 5_000)}}"}""").ShouldBe((new string('y', 100), false));
    }

    private static (string, bool) Read(string body)
    {
        var refused = Refusal.Read(Encoding.UTF8.GetBytes(body));
        return (refused.Reason, refused.IsDefinite);
    }
}
