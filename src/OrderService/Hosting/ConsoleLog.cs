using System.Globalization;
using OrderService.Engine.Telemetry;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace OrderService.Hosting;

/// <summary>The console log: one line an event, readable or JSON. The section <c>Serilog</c> changes levels and adds sinks.</summary>
internal static class ConsoleLog
{
    public const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceName} {Message:lj}{NewLine}{Exception}";

    /// <summary>The logger of a configuration. A sink of the user's replaces the console.</summary>
    public static Serilog.Core.Logger Create(IConfiguration configuration)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .Enrich.With<SourceNameEnricher>()
            .ReadFrom.Configuration(configuration);
        if (!configuration.GetSection("Serilog:WriteTo").GetChildren().Any())
        {
            _ = configuration.GetSection(LogOptions.Section)[nameof(LogOptions.Format)] == LogOptions.Json
                ? logger.WriteTo.Console(new RenderedCompactJsonFormatter())
                : logger.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        }
        return logger.CreateLogger();
    }

    /// <summary>The same for what happens before there is a host: its first lines look like all others and go where they go.</summary>
    public static ILoggerFactory Bootstrap(IConfiguration configuration) => new SerilogLoggerFactory(Create(configuration), dispose: true);
}
