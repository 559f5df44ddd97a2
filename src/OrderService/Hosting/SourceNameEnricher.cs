using Serilog.Core;
using Serilog.Events;

namespace OrderService.Hosting;

/// <summary>The last part of the source's name: on a console the namespace is only noise.</summary>
internal sealed class SourceNameEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (!logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var value)
            || value is not ScalarValue { Value: string source })
        {
            return;
        }
        logEvent.AddPropertyIfAbsent(new LogEventProperty("SourceName", new ScalarValue(source[(source.LastIndexOf('.') + 1)..])));
    }
}
