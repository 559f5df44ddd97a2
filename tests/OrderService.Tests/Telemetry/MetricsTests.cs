using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;

namespace OrderService.Tests.Telemetry;

public sealed partial class MetricsTests
{
    [Fact]
    public void Counters_with_closed_labels_are_there_with_zero_before_anything_happens()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var registry = new MetricsRegistry(factory);
        _ = new EngineTelemetry(NullLogger<EngineTelemetry>.Instance, factory,
            DialectServices.All.Select(dialect => new ExpectedDialect(dialect.Name)));

        var lines = registry.Expose().Split('\n');

        lines.ShouldContain("orderservice_orders_created_total{dialect=\"charisma\"} 0");
        lines.ShouldContain("orderservice_orders_created_total{dialect=\"tread\"} 0");
        lines.ShouldContain("orderservice_slices_triggered_total 0");
        lines.ShouldContain("orderservice_attempts_settled_total{kind=\"spend\",status=\"replaced\"} 0");
        lines.ShouldContain("orderservice_workers_failures_total{worker=\"settlement\"} 0");
        lines.ShouldContain("# TYPE orderservice_orders_created_total counter");
    }

    [Fact]
    public void Every_fact_is_counted_once()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var registry = new MetricsRegistry(factory);
        var telemetry = new EngineTelemetry(NullLogger<EngineTelemetry>.Instance, factory);

        telemetry.OrderCreated("charisma");
        telemetry.OrderRefused("order_exists");
        telemetry.SlicesTriggered(3, pairId: 7);
        telemetry.SlicesTriggered(0);
        telemetry.SlicesExpired(2);
        telemetry.ClaimsTimedOut(1);
        telemetry.SliceBackedOff("no_route", "a uuid");
        telemetry.AttemptPrepared("swap", "a uuid", "00");
        telemetry.AttemptSendUnknown("00", new TimeoutException());
        telemetry.AttemptSettled("swap", "confirmed", "a uuid", "00", sinceDue: TimeSpan.FromSeconds(2));
        telemetry.SweepFinished(TimeSpan.FromMilliseconds(1.5), 3);
        telemetry.SettlementFinished(TimeSpan.FromMilliseconds(20), polled: 4, settled: 1);
        telemetry.WorkerFailed("tick", new InvalidOperationException());
        telemetry.CreateBatchWritten(10, TimeSpan.FromMilliseconds(3));
        telemetry.VacuumFinished(TimeSpan.FromSeconds(1));

        var lines = registry.Expose().Split('\n');
        telemetry.ClaimsTotal.ShouldBe(3);
        lines.ShouldContain("orderservice_orders_created_total{dialect=\"charisma\"} 1");
        lines.ShouldContain("orderservice_orders_refused_total{code=\"order_exists\"} 1");
        lines.ShouldContain("orderservice_slices_triggered_total 3");
        lines.ShouldContain("orderservice_slices_expired_total 2");
        lines.ShouldContain("orderservice_claims_timed_out_total 1");
        lines.ShouldContain("orderservice_slices_backed_off_total{reason=\"no_route\"} 1");
        lines.ShouldContain("orderservice_attempts_prepared_total{kind=\"swap\"} 1");
        lines.ShouldContain("orderservice_attempts_send_unknown_total 1");
        lines.ShouldContain("orderservice_attempts_settled_total{kind=\"swap\",status=\"confirmed\"} 1");
        lines.ShouldContain("orderservice_attempts_settle_time_seconds_bucket{kind=\"swap\",le=\"1\"} 0");
        lines.ShouldContain("orderservice_attempts_settle_time_seconds_bucket{kind=\"swap\",le=\"5\"} 1");
        lines.ShouldContain("orderservice_attempts_settle_time_seconds_bucket{kind=\"swap\",le=\"+Inf\"} 1");
        lines.ShouldContain("orderservice_attempts_settle_time_seconds_sum{kind=\"swap\"} 2");
        lines.ShouldContain("orderservice_sweep_time_seconds_count 1");
        lines.ShouldContain("orderservice_settlement_polled_total 4");
        lines.ShouldContain("orderservice_workers_failures_total{worker=\"tick\"} 1");
        lines.ShouldContain("orderservice_create_rows_total 10");
        lines.ShouldContain("orderservice_vacuum_time_seconds_sum 1");
    }

    [Fact]
    public void A_worker_that_this_host_runs_has_its_passes_counted_from_zero()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var registry = new MetricsRegistry(factory);
        var beats = new WorkerBeats(TimeProvider.System, [new ExpectedWorker("tick"), new ExpectedWorker("nonces")], factory);
        for (var i = 0; i < 3; i++) beats.Beat("tick");

        var lines = registry.Expose().Split('\n');
        lines.ShouldContain("orderservice_workers_passes_total{worker=\"tick\"} 3");
        lines.ShouldContain("orderservice_workers_passes_total{worker=\"nonces\"} 0");
    }

    [Fact]
    public void The_exposition_keeps_to_the_format_whatever_the_labels_hold()
    {
        using var registry = new MetricsRegistry();
        using var meter = new Meter("OrderService.FormatTest");
        meter.CreateCounter<long>("format.test", description: "first\nsecond \\ third")
            .Add(1, new("b", "a \"quote\""), new("a", "back\\slash\nline"));
        meter.CreateGauge<double>("format.gauge").Record(0.25);
        meter.CreateHistogram<double>("format.plain").Record(2.5);
        meter.CreateObservableGauge("format.observed", static () => new Measurement<int>(7, new KeyValuePair<string, object?>("of", null)),
            "By");
        var changes = meter.CreateUpDownCounter<int>("format.changes");
        changes.Add(5);
        changes.Add(-2);

        var text = registry.Expose();

        text.ShouldContain("# HELP format_test_total first\\nsecond \\\\ third\n# TYPE format_test_total counter\nformat_test_total{a=\"back\\\\slash\\nline\",b=\"a \\\"quote\\\"\"} 1\n");
        text.ShouldContain("# TYPE format_gauge gauge\nformat_gauge 0.25\n");
        text.ShouldContain("# TYPE format_plain summary\nformat_plain_sum 2.5\nformat_plain_count 1\n");
        text.ShouldContain("format_observed_bytes{of=\"\"} 7\n");
        text.ShouldContain("# TYPE format_changes gauge\nformat_changes 3\n");
        text.ShouldEndWith("\n");
        foreach (var line in text.Split('\n')[..^1]) Line().IsMatch(line).ShouldBeTrue(line);
        var names = text.Split('\n').Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToArray();
        names.ShouldBeUnique();
    }

    [Fact]
    public void A_label_that_grows_without_end_does_not_take_the_memory()
    {
        using var registry = new MetricsRegistry();
        using var meter = new Meter("OrderService.GrowthTest");
        var counter = meter.CreateCounter<long>("growth");
        for (var i = 0; i < 5000; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        registry.Expose().Split('\n').Count(line => line.StartsWith("growth_total{", StringComparison.Ordinal)).ShouldBe(1000);
    }

    [Fact]
    public async Task The_endpoint_answers_text_with_the_runtime_and_the_requests()
    {
        await using var host = await LoopbackHost.StartAsync(builder => builder.Services.AddTelemetry(), app => app.MapMetrics());
        // A request is counted when it has ended, which its client may see a moment earlier; the next on the same connection waits for it.
        await host.Client.GetAsync("/metrics");
        await host.Client.GetAsync("/metrics");

        using var answer = await host.Client.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        text.ShouldContain("# TYPE dotnet_process_memory_working_set_bytes gauge");
        text.ShouldContain("dotnet_gc_collections_total{gc_heap_generation=\"gen0\"}");
        text.ShouldContain("http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/metrics\"} 2");
    }

    // Heard by a listener of its own: the pools of all tests in this process are more than a registry keeps series.
    [Fact]
    public async Task A_pool_is_called_by_its_application_and_never_by_its_connection_string()
    {
        var families = new Dictionary<string, MetricFamily>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (!MetricsRegistry.Hears(instrument.Meter.Name)) return;
                families[instrument.Name] = MetricFamily.Of(instrument);
                self.EnableMeasurementEvents(instrument, families[instrument.Name]);
            },
        };
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) =>
        {
            if (IsOfMyPool(tags)) ((MetricFamily)family!).Measure(value, tags);
        });
        var settings = new NpgsqlConnectionStringBuilder("Host=127.0.0.1;Port=1;Username=a-user-of-mine")
        {
            ApplicationName = "a-pool-of-mine",
        };
        await using var source = NamedSource.Create(settings);
        listener.Start();
        listener.RecordObservableInstruments();

        var page = PrometheusText.Of(families.Values);

        page.ShouldContain("db_client_connection_max{db_client_connection_pool_name=\"a-pool-of-mine\"} 100");
        foreach (var state in (string[])["idle", "used"])
            page.ShouldContain($"db_client_connection_count{{db_client_connection_pool_name=\"a-pool-of-mine\",db_client_connection_state=\"{state}\"}} 0");
        page.ShouldNotContain("a-user-of-mine");
        // A pool has a line of these from the first that waited, or ran.
        families.ShouldContainKey("db.client.connection.npgsql.pending_requests");
        families.ShouldContainKey("db.client.operation.npgsql.executing");
    }

    private static bool IsOfMyPool(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (_, value) in tags)
        {
            if (value is string text && text.Contains("a-pool-of-mine", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    [Fact]
    public void Measurements_with_other_labels_between_them_come_to_the_series_of_their_own()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var registry = new MetricsRegistry(factory);
        var telemetry = new EngineTelemetry(NullLogger<EngineTelemetry>.Instance, factory);
        foreach (var dialect in (string[])["charisma", "charisma", "tread", "charisma", "tread"]) telemetry.OrderCreated(dialect);

        var lines = registry.Expose().Split('\n');

        lines.ShouldContain("orderservice_orders_created_total{dialect=\"charisma\"} 3");
        lines.ShouldContain("orderservice_orders_created_total{dialect=\"tread\"} 2");
    }

    [Fact]
    public void What_others_in_the_process_measure_is_not_told_as_the_hosts_own()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var registry = new MetricsRegistry(services.GetRequiredService<IMeterFactory>());
        var log = NullLogger<EngineTelemetry>.Instance;
        var swap = TimeSpan.FromSeconds(0.5);
        new EngineTelemetry(log, others.GetRequiredService<IMeterFactory>()).AttemptSettled("swap", "reverted", "a uuid", "00", null, swap);
        new EngineTelemetry(log).AttemptSettled("swap", "reverted", "a uuid", "00", null, swap);

        registry.Expose().ShouldNotContain("orderservice_attempts_settle");
    }

    [Fact]
    public void A_worker_that_fails_again_and_again_is_counted_each_time_and_told_once()
    {
        using var log = new KeptLog();
        var telemetry = new EngineTelemetry(log.Of<EngineTelemetry>());
        for (var i = 0; i < 100; i++) telemetry.WorkerFailed("tick", new InvalidOperationException("down"));
        telemetry.WorkerFailed("settlement", new InvalidOperationException("down"));

        log.Lines.Count.ShouldBe(2);
    }

    [GeneratedRegex("""^(# HELP [a-zA-Z_][a-zA-Z0-9_]* .*|# TYPE [a-zA-Z_][a-zA-Z0-9_]* (counter|gauge|histogram|summary)|[a-zA-Z_][a-zA-Z0-9_]*(\{[a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*"(,[a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*")*\})? (-?[0-9.]+([eE][+-]?[0-9]+)?|NaN|[+-]Inf))$""")]
    private static partial Regex Line();
}
