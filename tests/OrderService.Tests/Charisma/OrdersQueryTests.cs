using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OrderService.Api.Charisma;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Tests.Charisma;

public class OrdersQueryTests
{
    [Fact]
    public void Without_page_or_limit_the_newest_50_are_meant()
    {
        var query = Read("").Value;
        (query.Page, query.Limit, query.Sort, query.Ascending, query.Cursor, query.Owner).ShouldBe((null, 50, OrderSort.CreatedAt, false, null, null));
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
    public void What_cannot_be_meant_is_refused(string text, string code) => Read(text).Error.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Pages_are_sorted_as_asked_and_cursors_run_newest_first()
    {
        Read("?page=1&sortBy=status&sortOrder=up").Value.ShouldSatisfyAllConditions(q => q.Sort.ShouldBe(OrderSort.Status), q => q.Ascending.ShouldBeTrue());
        Read("?page=1&sortBy=age").Value.Sort.ShouldBe(OrderSort.None);
        Read("?cursor=&limit=7&sortOrder=asc").Value.ShouldSatisfyAllConditions(q => q.Page.ShouldBeNull(), q => q.Limit.ShouldBe(7), q => q.Ascending.ShouldBeFalse());
    }

    [Fact]
    public void W18_Blanks_around_a_parameter_are_not_part_of_it()
    {
        var query = Read("?search=%20abc%20&status=+open+&limit=%205").Value;
        (query.Search, query.Limit).ShouldBe(("abc", 5));
        query.Readings.ShouldBe(CharismaStatus.Filter("open"));
        Read("?search=%20").Value.Search.ShouldBeNull();
    }

    private static Result<OrderQuery> Read(string text) => OrdersQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(text)));
}
