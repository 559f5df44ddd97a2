using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace OrderService.Tests.Telemetry;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Only_our_faults_are_told_and_never_the_query()
    {
        var log = new KeptEvents();
        using var logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(log).CreateLogger();
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                builder.Services.AddRequestLog(logger, slowAfter: TimeSpan.MaxValue);
                builder.Services.AddTelemetry();
            },
            app =>
            {
                app.UseRequestIds();
                app.MapGet("/fine/{id}", (string id) => id);
                app.MapGet("/busy/{id}", (string id) => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
                app.Use((context, next) =>
                {
                    if (!context.Request.Path.StartsWithSegments("/lost")) return next(context);
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return Task.CompletedTask;
                });
            });

        await host.Client.GetAsync("/fine/1?token=secret");
        await host.Client.GetAsync("/nothing");
        var busy = await host.Client.GetAsync("/busy/1?token=secret");
        await host.Client.GetAsync("/lost/%0A%1B[31mforged?token=secret");

        var all = log.Events.Select(line => (line.Level, Text: line.RenderMessage(CultureInfo.InvariantCulture), Json: JsonOf(line)))
            .ToArray();
        all.ShouldAllBe(line => !line.Json.Contains("secret", StringComparison.Ordinal));
        all.Count(line => line.Level == LogEventLevel.Debug).ShouldBe(2);
        var told = all.Where(line => line.Level == LogEventLevel.Information)
            .Select(line => line.Text.Replace("\"", "", StringComparison.Ordinal)).ToArray();
        told.Length.ShouldBe(2);
        told[0].ShouldEndWith($"ms ({busy.Headers.GetValues("X-Request-Id").Single()})"); // O2: the caller has it too
        told[0].ShouldStartWith("GET /busy/{id} answered 503 in ");
        told[1].ShouldStartWith("GET /lost/%0A%1B%5B31mforged answered 500 in ");
    }

    [Fact]
    public async Task A_request_that_took_long_is_told_of_too()
    {
        var log = new KeptEvents();
        using var logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(log).CreateLogger();
        await using var host = await LoopbackHost.StartAsync(builder => builder.Services.AddRequestLog(logger, slowAfter: TimeSpan.Zero),
            app => app.MapGet("/fine", () => "fine"));
        await host.Client.GetAsync("/fine");

        log.Events.Single().Level.ShouldBe(LogEventLevel.Information);
        log.Events.Single().RenderMessage(CultureInfo.InvariantCulture).ShouldContain("answered 200 in ");
    }

    private static string JsonOf(LogEvent line)
    {
        using var text = new StringWriter();
        new CompactJsonFormatter().Format(line, text);
        return text.ToString();
    }

    private sealed class KeptEvents : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> Events { get; } = new();

        public void Emit(LogEvent logEvent) => Events.Enqueue(logEvent);
    }
}
