using System.Globalization;
using Serilog;
using Serilog.Events;

namespace OrderService.Telemetry;

/// <summary>The console log: one readable line an event. The section <c>Serilog</c> changes levels and adds sinks.</summary>
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
            logger = logger.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        return logger.CreateLogger();
    }
}
