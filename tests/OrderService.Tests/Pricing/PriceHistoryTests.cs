using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Pricing;

public sealed class PriceHistoryTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);
    private static readonly Guid Node = Guid.NewGuid();
    private static readonly TokenId Other = TokenId.Parse("SP000000000000000000002Q6VF78.b-token");

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database.ConnectionString);

    private PriceHistory History => new(_source);

    public async Task InitializeAsync() =>
        await ExecuteAsync($"TRUNCATE price_points, work_leases; INSERT INTO work_leases (work, node, until) VALUES ('prices', '{Node}', 'infinity')");

    public async Task DisposeAsync() => await _source.DisposeAsync();

    [Fact]
    public async Task A_second_keeps_its_first_point()
    {
        await History.AppendAsync([Point(TokenId.Stx, 0.2, "1"), Point(TokenId.Stx, 0.4, "2"), Point(Other, 0.5, "3")],
            Node, CancellationToken.None);
        await History.AppendAsync([Point(TokenId.Stx, 0.9, "4"), Point(TokenId.Stx, 1, "5")], Node, CancellationToken.None);
        (await PointsAsync()).ShouldBe([$".stx 0 1", $".stx 1 5", $"{Other} 0 3"]);
    }

    [Fact]
    public async Task A_node_that_does_not_ask_for_prices_writes_no_history()
    {
        await History.AppendAsync([Point(TokenId.Stx, 0, "1")], Guid.NewGuid(), CancellationToken.None);
        (await PointsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_whole_range_of_prices_goes_through_exactly()
    {
        await History.AppendAsync([new BelievedPrice(TokenId.Stx, Price.MaxValue, Start, "a"), Point(Other, 0, "0.000000000000000001")],
            Node, CancellationToken.None);
        var latest =
            await History.LatestAsync([TokenId.Stx, Other, TokenId.Parse("SP000000000000000000002Q6VF78.unknown")], CancellationToken.None);
        latest.Count.ShouldBe(2);
        latest[TokenId.Stx].ShouldBe(Price.MaxValue);
        latest[Other].Count.ShouldBe((UInt128)1);
        (await CandlesAsync("1m")).Single().High.ShouldBe(Price.MaxValue);
    }

    [Fact]
    public async Task The_latest_is_the_newest_point()
    {
        await History.AppendAsync([Point(TokenId.Stx, 5, "2"), Point(TokenId.Stx, 9, "3"), Point(TokenId.Stx, 1, "1")],
            Node, CancellationToken.None);
        (await History.LatestAsync([TokenId.Stx], CancellationToken.None))[TokenId.Stx].ToString().ShouldBe("3");
    }

    [Fact]
    public async Task Candles_open_with_the_first_and_close_with_the_last_point()
    {
        await History.AppendAsync(
            [Point(TokenId.Stx, 0, "5"), Point(TokenId.Stx, 20, "9"), Point(TokenId.Stx, 40, "1"), Point(TokenId.Stx, 59, "7"),
                Point(TokenId.Stx, 60, "8"), Point(TokenId.Stx, 180, "3"), Point(Other, 30, "99")],
            Node, CancellationToken.None);
        Text(await CandlesAsync("1m")).ShouldBe(["0 5 9 1 7 4", "60 8 8 8 8 1", "180 3 3 3 3 1"]);
        Text(await CandlesAsync("5m")).ShouldBe(["0 5 9 1 3 6"]);
        Text(await History.CandlesAsync(TokenId.Stx, TimeSpan.FromMinutes(1), Start, Start.AddSeconds(180), 1000, CancellationToken.None))
            .ShouldBe(["0 5 9 1 7 4", "60 8 8 8 8 1"]);
        Text(await History.CandlesAsync(TokenId.Stx, TimeSpan.FromMinutes(1), Start, Start.AddHours(1), 2, CancellationToken.None))
            .ShouldBe(["60 8 8 8 8 1", "180 3 3 3 3 1"]);
        (await History.CandlesAsync(TokenId.Usd, TimeSpan.FromMinutes(1), Start, Start.AddHours(1), 1000,
            CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_answer_has_more_candles_than_the_limit()
    {
        await ExecuteAsync("INSERT INTO price_points SELECT '.stx', timestamptz '2026-03-04 05:00:00Z' + n * interval '1 second', n + 1 FROM generate_series(0, 2999) AS n");
        var candles = await History.CandlesAsync(TokenId.Stx, TimeSpan.FromSeconds(1), Start, Start.AddHours(1), int.MaxValue,
            CancellationToken.None);
        candles.Count.ShouldBe(1000);
        candles[^1].At.ShouldBe(Start.AddSeconds(2999));
    }

    [Fact]
    public async Task Thinning_keeps_the_last_point_of_each_minute_that_is_old_and_all_that_is_new()
    {
        await History.AppendAsync(
            [Point(TokenId.Stx, 0, "1"), Point(TokenId.Stx, 59, "2"), Point(TokenId.Stx, 60, "3"), Point(Other, 10, "4"),
                Point(TokenId.Stx, 86_400, "5"), Point(TokenId.Stx, 86_410, "6")],
            Node, CancellationToken.None);
        var thinning = Thinning();
        (await thinning.ThinAsync(Start.AddDays(1).AddMinutes(1).AddSeconds(59), CancellationToken.None)).ShouldBe(1);
        (await PointsAsync()).ShouldBe([".stx 59 2", ".stx 60 3", ".stx 86400 5", ".stx 86410 6", $"{Other} 10 4"]);
        (await thinning.ThinAsync(Start.AddDays(1).AddMinutes(1).AddSeconds(59), CancellationToken.None)).ShouldBe(0);
        (await thinning.ThinAsync(Start.AddDays(2).AddMinutes(1), CancellationToken.None)).ShouldBe(1);
        (await PointsAsync()).ShouldBe([".stx 59 2", ".stx 60 3", ".stx 86410 6", $"{Other} 10 4"]);
    }

    [Fact]
    public async Task Thinning_goes_through_many_windows_and_leaves_a_point_a_minute()
    {
        await ExecuteAsync("INSERT INTO price_points SELECT '.stx', timestamptz '2026-03-04 05:00:00Z' + n * interval '7 seconds', n + 1 FROM generate_series(0, 4999) AS n");
        (await Thinning().ThinAsync(Start.AddDays(5), CancellationToken.None)).ShouldBe(5000 - 584);
        (await PointsAsync()).Count.ShouldBe(584); // 34,993 seconds touch 584 minutes
    }

    [Fact]
    public async Task What_is_past_its_retention_is_deleted()
    {
        await ExecuteAsync("INSERT INTO price_points SELECT '.stx', timestamptz '2026-03-04 05:00:00Z' + n * interval '1 minute', n + 1 FROM generate_series(0, 24999) AS n");
        (await Thinning().ThinAsync(Start.AddDays(90).AddMinutes(24_000), CancellationToken.None)).ShouldBe(24_000);
        (await PointsAsync())[0].ShouldBe($".stx {24_000 * 60} 0.000000000000024001");
    }

    [Fact]
    public async Task One_node_thins_at_a_time()
    {
        await History.AppendAsync([Point(TokenId.Stx, 0, "1"), Point(TokenId.Stx, 1, "2")], Node, CancellationToken.None);
        var telemetry = new PricingTelemetry(NullLogger<PricingTelemetry>.Instance);
        var worker = new PriceHistoryWorker(_source, Thinning(), Options.Create(new PricingOptions()), telemetry,
            TestWorker.Context(new ManualTime(Start.AddDays(2))));
        await using (var other = await _source.OpenConnectionAsync())
        {
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(7310579425003)", other);
            await take.ExecuteNonQueryAsync();
            (await worker.TickAsync(CancellationToken.None)).ShouldBeFalse();
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", other);
            await release.ExecuteNonQueryAsync();
        }
        (await worker.TickAsync(CancellationToken.None)).ShouldBeTrue();
        (await PointsAsync()).ShouldBe([".stx 1 2"]);
        (await worker.TickAsync(CancellationToken.None)).ShouldBeTrue(); // the lock was given back
    }

    private PriceThinning Thinning() => new(_source, Options.Create(new PricingOptions()));

    private Task<IReadOnlyList<PriceCandle>> CandlesAsync(string interval) =>
        History.CandlesAsync(TokenId.Stx, TimeSpan.FromMinutes(interval == "1m" ? 1 : 5), Start, Start.AddHours(1), 1000,
            CancellationToken.None);

    private static BelievedPrice Point(TokenId token, double second, string usd) =>
        new(token, Price.Parse(usd), Start.AddSeconds(second), "a");

    private static string[] Text(IEnumerable<PriceCandle> candles) =>
        [.. candles.Select(c =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{(c.At - Start).TotalSeconds} {c.Open} {c.High} {c.Low} {c.Close} {c.Points}"))];

    // "token second price"
    private async Task<List<string>> PointsAsync()
    {
        await using var command = _source.CreateCommand("SELECT token, at, usd FROM price_points ORDER BY token COLLATE \"C\", at");
        await using var reader = await command.ExecuteReaderAsync();
        var points = new List<string>();
        while (await reader.ReadAsync())
        {
            var price = new Price((UInt128)reader.GetFieldValue<System.Numerics.BigInteger>(2));
            points.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{reader.GetString(0)} {(reader.GetFieldValue<DateTimeOffset>(1) - Start).TotalSeconds} {price}"));
        }
        return points;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
