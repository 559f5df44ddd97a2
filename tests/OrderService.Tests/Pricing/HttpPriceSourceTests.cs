using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Pricing;

public sealed class HttpPriceSourceTests(FakeSource server) : IClassFixture<FakeSource>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TokenId Token = TokenId.Parse("SP000000000000000000002Q6VF78.a-token");
    private static readonly TokenId Other = TokenId.Parse("SP000000000000000000002Q6VF78.b-token");
    private static readonly HttpClient Client =
        new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All }) { Timeout = Timeout.InfiniteTimeSpan };

    [Fact]
    public async Task The_charisma_shape_is_read()
    {
        string? asked = null;
        server.Answer = async context =>
        {
            asked = context.Request.Path + context.Request.QueryString;
            await context.Response.WriteAsync($$"""
                {"status":"success","data":[
                  {"tokenId":"{{Token}}","symbol":"A","usdPrice":1.23456789012345678e-7,"sbtcRatio":1e-12,"confidence":0.9,"lastUpdated":1772600766500},
                  {"tokenId":"stx","usdPrice":0.7,"lastUpdated":1772600767000},
                  {"tokenId":"{{Other}}","usdPrice":0,"lastUpdated":1772600767000},
                  {"tokenId":"SP000000000000000000002Q6VF78.not-asked-for","usdPrice":5,"lastUpdated":1772600767000},
                  {"tokenId":"neither","usdPrice":5}, {"usdPrice":5}, 7, null],
                 "metadata":{"count":5} }
                """);
        };
        var options = new CharismaPriceSourceOptions { BaseUrl = server.Url + "/", Limit = 50 }.AsHttp();
        var reading = await ReadAsync(options, Token, TokenId.Stx, Other);
        asked.ShouldBe("/api/v1/prices?limit=50");
        Text(reading).ShouldBe($"{Token} 0.000000123456789012 -0.5;.stx 0.7 0|{Other} not_positive");
    }

    [Theory]
    [InlineData("1.5", ".stx 1.5 0|")]
    [InlineData("\"1.5\"", ".stx 1.5 0|")]
    [InlineData("1e3", ".stx 1000 0|")]
    [InlineData("-1.5", "|.stx not_positive")]
    [InlineData("0.0", "|.stx not_positive")]
    [InlineData("\"NaN\"", "|.stx not_a_number")]
    [InlineData("\"\"", "|.stx not_a_number")]
    [InlineData("\"cheap\"", "|.stx not_a_number")]
    [InlineData("null", "|.stx not_a_number")]
    [InlineData("true", "|.stx not_a_number")]
    [InlineData("{}", "|.stx not_a_number")]
    [InlineData("1e999", "|.stx too_large")]
    public async Task A_price_is_read_exactly_or_refused_with_a_reason(string price, string expected)
    {
        server.Say($$$"""{"blockstack":{"usd":{{{price}}}}}""");
        Text(await ReadAsync(Keyed(), TokenId.Stx, Token)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(nameof(TimeUnit.Seconds), "1772600766.25", "-0.75")]
    [InlineData(nameof(TimeUnit.Seconds), "\"1772600766\"", "-1")]
    [InlineData(nameof(TimeUnit.Milliseconds), "1772600766999", "-0.001")]
    [InlineData(nameof(TimeUnit.Microseconds), "1772600766000001", "-0.999999")]
    [InlineData(nameof(TimeUnit.Nanoseconds), "1772600766000000100", "-0.9999999")]
    [InlineData(nameof(TimeUnit.Iso8601), "\"2026-03-04T05:06:06Z\"", "-1")]
    [InlineData(nameof(TimeUnit.Iso8601), "\"2026-03-04T06:06:06+01:00\"", "-1")]
    [InlineData(nameof(TimeUnit.Iso8601), "\"2026-03-04T05:06:06\"", "-1")]
    [InlineData(nameof(TimeUnit.Iso8601), "\"yesterday\"", null)]
    [InlineData(nameof(TimeUnit.Seconds), "99999999999999999", null)]
    [InlineData(nameof(TimeUnit.Seconds), "-5", null)]
    [InlineData(nameof(TimeUnit.Seconds), "null", null)]
    [InlineData(nameof(TimeUnit.Seconds), "\"now\"", null)]
    public async Task A_time_is_read_in_its_unit(string unit, string time, string? expected)
    {
        server.Say($$$"""{"blockstack":{"usd":2,"at":{{{time}}}}}""");
        var options = Keyed();
        (options.TimePath, options.TimeUnit) = ("{token}.at", Enum.Parse<TimeUnit>(unit));
        Text(await ReadAsync(options, TokenId.Stx)).ShouldBe(expected is null ? "|.stx bad_time" : $".stx 2 {expected}|");
    }

    [Fact]
    public async Task Rows_are_found_by_paths_with_indexes_and_names()
    {
        server.Say($$$"""{"result":[{"rows":[{"id":["x","{{{Token}}}"],"v":{"usd":"3.5"}}]}]}""");
        var options = new HttpPriceSourceOptions
        {
            Name = "http", UrlTemplate = server.Url, ArrayPath = "result.0.rows", TokenPath = "id.1", PricePath = "v.usd",
        };
        Text(await ReadAsync(options, Token)).ShouldBe($"{Token} 3.5 0|");
    }

    [Fact]
    public async Task A_root_that_is_an_array_needs_no_array_path()
    {
        server.Say("""[{"t":"STX","p":3},{"t":".stx","p":4}]""");
        var options = new HttpPriceSourceOptions { Name = "http", UrlTemplate = server.Url, TokenPath = "t", PricePath = "p" };
        options.TokenMap[".stx"] = "STX";
        Text(await ReadAsync(options, TokenId.Stx)).ShouldBe(".stx 3 0;.stx 4 0|");
    }

    [Fact]
    public async Task A_url_with_a_token_is_asked_once_a_mapped_token_and_one_failure_is_not_all()
    {
        var asked = new ConcurrentBag<string>();
        server.Answer = async context =>
        {
            asked.Add(context.Request.Path + context.Request.QueryString);
            if (context.Request.Path.Value!.Contains('b')) context.Response.StatusCode = 404;
            else await context.Response.WriteAsync("""{"price":"0.25"}""");
        };
        var options = new HttpPriceSourceOptions { Name = "http", UrlTemplate = server.Url + "/{token}", PricePath = "price" };
        options.TokenMap[Token.ToString()] = "A/USD";
        options.TokenMap[Other.ToString()] = "b";
        Text(await ReadAsync(options, Token, Other, TokenId.Stx)).ShouldBe($"{Token} 0.25 0|{Other} no_answer");
        asked.Order().ShouldBe(["/A%2FUSD", "/b"]);
        await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(options, Other));
    }

    [Fact]
    public async Task Headers_of_the_options_are_sent()
    {
        string? key = null;
        server.Answer = async context =>
        {
            key = context.Request.Headers["x-api-key"];
            await context.Response.WriteAsync("{}");
        };
        var options = Keyed();
        options.Headers["x-api-key"] = "abc";
        Text(await ReadAsync(options, TokenId.Stx)).ShouldBe("|");
        key.ShouldBe("abc");
    }

    [Theory]
    [InlineData("", 200, "answered what is not JSON")]
    [InlineData("<html>", 200, "answered what is not JSON")]
    [InlineData("""{"blockstack":{"usd":NaN}}""", 200, "answered what is not JSON")]
    [InlineData("""{"blockstack":{"usd":1}""", 200, "answered what is not JSON")]
    [InlineData("""{"blockstack":{"usd":"\ud800"}}""", 200, "answered text that cannot be read")]
    [InlineData("""{"blockstack":{"usd":1}}""", 500, "answered 500")]
    [InlineData("""{"blockstack":{"usd":1}}""", 429, "answered 429")]
    public async Task What_cannot_be_read_fails_the_source(string body, int status, string message)
    {
        server.Say(body, status);
        (await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(Keyed(), TokenId.Stx))).Message.ShouldBe(message);
    }

    [Fact]
    public async Task An_answer_nested_without_end_fails_the_source()
    {
        server.Say(new string('[', 100_000));
        (await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(Keyed(), TokenId.Stx))).Message.ShouldBe(
            "answered what is not JSON");
    }

    [Fact]
    public async Task An_array_path_that_is_not_there_fails_the_source()
    {
        server.Say("""{"error":"maintenance"}""");
        var options = new CharismaPriceSourceOptions { BaseUrl = server.Url }.AsHttp();
        (await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(options, TokenId.Stx))).Message.ShouldBe("answered without data");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_the_limit_is_never_read_packed_or_not(bool packed)
    {
        var sent = 0L;
        server.Answer = async context =>
        {
            if (packed) context.Response.Headers.ContentEncoding = "gzip";
            await using var body = packed ? new GZipStream(context.Response.Body, CompressionLevel.Fastest) : context.Response.Body;
            var spaces = Encoding.UTF8.GetBytes(new string(' ', 64 * 1024));
            for (var i = 0; i < 1_000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await body.WriteAsync(spaces, context.RequestAborted);
                sent += spaces.Length;
            }
        };
        var options = Keyed();
        options.MaxBytes = 1_000;
        (await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(options, TokenId.Stx))).Message.ShouldBe(
            "answered more than 1000 bytes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_answer_of_exactly_the_limit_is_read(int beyond)
    {
        const string body = """{"blockstack":{"usd":1.25}}""";
        server.Say(body);
        var options = Keyed();
        options.MaxBytes = body.Length - beyond;
        if (beyond == 0) Text(await ReadAsync(options, TokenId.Stx)).ShouldBe(".stx 1.25 0|");
        else await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(options, TokenId.Stx));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stalls_before_or_within_its_answer_is_left_in_time(bool atOnce)
    {
        server.Answer = async context =>
        {
            if (!atOnce) await context.Response.WriteAsync("""{"blockstack":""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var options = Keyed();
        options.Timeout = TimeSpan.FromMilliseconds(200);
        (await Should.ThrowAsync<PriceSourceException>(() => ReadAsync(options, TokenId.Stx))).Message.ShouldBe("no answer within 200 ms");
    }

    [Fact]
    public async Task A_connection_that_is_cut_fails_the_source()
    {
        server.Answer = async context =>
        {
            await context.Response.WriteAsync("""{"blockstack":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        var fault = await Should.ThrowAsync<Exception>(() => ReadAsync(Keyed(), TokenId.Stx));
        fault.ShouldNotBeOfType<OperationCanceledException>();
    }

    [Fact]
    public async Task Cancelling_is_not_a_timeout()
    {
        using var stop = new CancellationTokenSource();
        server.Answer = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var source = new HttpPriceSource(Client, Keyed(), TimeProvider.System);
        await Should.ThrowAsync<OperationCanceledException>(() => source.FetchAsync([TokenId.Stx], stop.Token));
    }

    private HttpPriceSourceOptions Keyed()
    {
        var options = new HttpPriceSourceOptions
        {
            Name = "http", UrlTemplate = server.Url, PricePath = "{token}.usd", Timeout = TimeSpan.FromSeconds(20),
        };
        options.TokenMap[".stx"] = "blockstack";
        return options;
    }

    private static Task<SourceReading> ReadAsync(HttpPriceSourceOptions options, params TokenId[] tokens) =>
        new HttpPriceSource(Client, options, new ManualTime(Now)).ReadAsync(tokens, CancellationToken.None);

    // "token price seconds-from-now;…|token reason;…"
    private static string Text(SourceReading reading) =>
        string.Join(';',
            reading.Observations.Select(o =>
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{o.Token} {o.Usd} {(decimal)(o.At - Now).Ticks / TimeSpan.TicksPerSecond}")))
        + "|" + string.Join(';', reading.Unreadable.Select(r => $"{r.Token} {r.Reason.Name()}"));
}
