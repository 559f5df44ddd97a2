using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Telemetry;

/// <summary>What the log says of an order, and that all of it is JSON where that is asked for.</summary>
public sealed class JsonLogTests : IDisposable
{
    private const int Terminate = 15;

    private readonly string _folder = PostgresCluster.NewFolder("json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void O2_A_line_about_an_order_has_its_uuid_the_transaction_and_the_reason()
    {
        using var log = new KeptLog();
        var telemetry = new EngineTelemetry(log.Of<EngineTelemetry>());
        telemetry.AttemptSettled("swap", "reverted", "an-uuid", "a-txid", "min_amount_out", TimeSpan.FromSeconds(0.667));
        telemetry.FeeRaised("a-txid", "3000", "an-uuid");
        telemetry.AttemptSendRefused("a-txid", "BadNonce", "an-uuid");
        log.Lines.Count.ShouldBe(3);
        log.Lines.ShouldAllBe(
            line => line.Text.Contains("an-uuid", StringComparison.Ordinal) && line.Text.Contains("a-txid", StringComparison.Ordinal));
        log.Lines.First().Text.ShouldContain("reverted after 0.667 s: min_amount_out");
    }

    [LocalPostgresFact]
    public async Task O2_Every_line_is_JSON_from_the_start_of_Postgres_over_the_banner_to_why_it_cannot_run()
    {
        var address = new Uri($"http://127.0.0.1:{TestPorts.Next()}");
        using var first = Start(address);
        var lines = new List<string>();
        while (await first.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains("OrderService is ready", StringComparison.Ordinal)) break;
        }
        using var second = Start(address);
        var (told, complained) = (second.StandardOutput.ReadToEndAsync(), second.StandardError.ReadToEndAsync());
        await second.WaitForExitAsync();
        second.ExitCode.ShouldBe(1);
        (await complained).ShouldBeEmpty();
        lines.AddRange((await told).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Signals.Send(first.Id, Terminate); // a shell that starts the tests in the background has them ignore an interrupt
        await first.WaitForExitAsync();
        lines.Count.ShouldBeGreaterThan(2);
        foreach (var line in lines) JsonNode.Parse(line)!["@t"].ShouldNotBeNull(line);
        lines.ShouldContain(line => line.Contains("PostgreSQL", StringComparison.Ordinal));
        lines[^1].ShouldContain("The service cannot run");
    }

    private Process Start(Uri address)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ServiceProcess.Program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in ((string, string)[])[("ASPNETCORE_URLS", address.ToString()), ("DATA_DIR", _folder),
            ("Log__Format", "json"), ("DOTNET_STARTUP_HOOKS", ServiceProcess.Dll("tests/OrderService.Killer", "OrderService.Killer.dll")),
            ("KILL_ORPHANS", "1")])
        {
            start.Environment[key] = value;
        }
        return Process.Start(start)!;
    }
}
