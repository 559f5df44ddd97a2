using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OrderService.Api.Charisma;
using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Tests.Charisma;

public class OrdersQueryTests
{
    [Fact]
    public void Without_page_or_limit_the_newest_50_are_meant()
    {
        var query = Read("").Value;
        (query.Page, query.Limit, query.Sort, query.Ascending, query.Cursor,
            query.Owner).ShouldBe((null, 50, OrderSort.CreatedAt, false, null, null));
    }

    [Theory]
    [InlineData("?page=2", 2, 10)]
    [InlineData("?limit=5", 1, 5)]
    [InlineData("?page=10abc&limit=1.9", 10, 1)]
    [InlineData("?page=%201", 1, 10)]
    [InlineData("?page=200&limit=50", 200, 50)]
    public void Numbers_are_read_as_parseInt_reads_them(string text, int page, int limit) =>
        (Read(text).Value.Page, Read(text).Value.Limit).ShouldBe((page, limit));

    [Theory]
    [InlineData("?page=0", "invalid_field")]
    [InlineData("?page=-1", "invalid_field")]
    [InlineData("?page=abc", "invalid_field")]
    [InlineData("?limit=0", "invalid_field")]
    [InlineData("?limit=51", "invalid_field")]
    [InlineData("?limit=99999999999999999999", "invalid_field")]
    [InlineData("?page=201&limit=50", "use_cursor")]
    [InlineData("?page=99999999999999999999", "use_cursor")]
    [InlineData("?cursor=a&page=1", "invalid_field")]
    [InlineData("?owner=abc", "invalid_principal")]
    [InlineData("?search=%00", "invalid_field")]
    [InlineData("?status=%00", "invalid_field")]
    [InlineData("?token=USDT", "invalid_field")]
    [InlineData("?token=%00", "invalid_field")]
    [InlineData("?pair=.stx", "invalid_field")]
    [InlineData("?pair=.stx/x", "invalid_field")]
    [InlineData("?pair=.stx/.stx/.stx", "invalid_field")]
    [InlineData("?since=yesterday", "invalid_field")]
    [InlineData("?since=1700000000", "invalid_field")]
    public void What_cannot_be_meant_is_refused(string text, string code) => Read(text).Error.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Pages_are_sorted_as_asked_and_cursors_run_newest_first()
    {
        Read("?page=1&sortBy=status&sortOrder=up").Value.ShouldSatisfyAllConditions(q => q.Sort.ShouldBe(OrderSort.Status),
            q => q.Ascending.ShouldBeTrue());
        Read("?page=1&sortBy=age").Value.Sort.ShouldBe(OrderSort.None);
        Read("?cursor=&limit=7&sortOrder=asc").Value.ShouldSatisfyAllConditions(q => q.Page.ShouldBeNull(), q => q.Limit.ShouldBe(7),
            q => q.Ascending.ShouldBeFalse());
    }

    [Fact]
    public void W18_Blanks_around_a_parameter_are_not_part_of_it()
    {
        var query = Read("?search=%20abc%20&status=+open+&limit=%205").Value;
        (query.Search, query.Limit).ShouldBe(("abc", 5));
        query.Readings.ShouldBe([OrderReading.Open, OrderReading.Broadcast, OrderReading.Cancelling], ignoreOrder: true);
        Read("?search=%20").Value.Search.ShouldBeNull();
    }

    [Theory]
    [InlineData("?status=nope", "nope")]
    [InlineData("?status=open,nope", "nope")]
    [InlineData("?status=open&status=Nope", "Nope")]
    [InlineData("?status=OPEN", "OPEN")]
    public void W11_A_status_that_is_none_is_refused_with_the_list_of_them(string text, string word)
    {
        var why = Read(text).Error.ShouldBeOfType<OrderError.Field>();
        why.Code.ShouldBe("invalid_field");
        foreach (var known in CharismaStatus.Filters) why.Message.ShouldContain(known);
        CharismaStatus.TryFilter(word, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("?status=", null, false)]
    [InlineData("?status=all", null, false)]
    [InlineData("?status=all,failed,partially_filled", null, false)]
    [InlineData("?status=filled", "Completed", false)]
    [InlineData("?status=failed, cancelled", "Failed, Cancelled, Expired", false)]
    [InlineData("?status=confirmed&status=broadcasted", "Broadcast, Completed", false)]
    [InlineData("?status=partially_filled", "", true)]
    [InlineData("?status=partially_filled,failed", "Failed", true)]
    public void W11_Several_statuses_are_asked_for_at_once(string text, string? readings, bool withPartlyFilled)
    {
        var query = Read(text).Value;
        (query.Readings is { } wanted ? string.Join(", ", wanted.Order()) : null,
            query.WithPartlyFilled).ShouldBe((readings, withPartlyFilled));
    }

    [Fact]
    public void W11_A_list_is_of_a_strategy_a_token_a_pair_and_from_a_moment_on()
    {
        var query = Read("?strategyId=dca-7&token=.stx&pair=.stx/ST000000000000000000002AMW42H.a&since=2030-01-01T12:00:00Z").Value;
        (query.StrategyId, query.Token,
            query.Pair).ShouldBe(("dca-7", TokenId.Stx, (TokenId.Stx, TokenId.Parse("ST000000000000000000002AMW42H.a"))));
        query.After.ShouldBe(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(-1)); // the moment itself counts
        Read($"?strategyId={new string('s', 201)}").Error.ShouldNotBeNull();
    }

    private static Result<OrderQuery> Read(string text) => OrdersQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(text)));
}
