using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderService.Telemetry;

namespace OrderService.Tests.Telemetry;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Only_our_faults_are_told_and_never_the_query()
    {
        using var log = new KeptLog();
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Services.AddTelemetry(builder.Configuration);
            },
            app =>
            {
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
        await host.Client.GetAsync("/busy/1?token=secret");
        await host.Client.GetAsync("/lost/%0A%1B[31mforged?token=secret");

        var told = log.Lines.Where(line => line.Source.EndsWith("RequestLog", StringComparison.Ordinal)).ToArray();
        told.Length.ShouldBe(2);
        told.ShouldAllBe(line => line.Level == LogLevel.Information && !line.Text.Contains("secret", StringComparison.Ordinal));
        told[0].Text.ShouldStartWith("GET /busy/{id} answered 503 in ");
        told[1].Text.ShouldStartWith("GET /lost/%0A%1B%5B31mforged answered 500 in ");
    }
}
