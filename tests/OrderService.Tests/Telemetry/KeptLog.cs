using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrderService.Tests.Telemetry;

/// <summary>Keeps log lines for a test to read.</summary>
internal sealed class KeptLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Source, LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<(string Source, LogLevel Level, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Source(this, categoryName);

    public ILogger<T> Of<T>() => new Source<T>(this);

    public void Dispose()
    {
    }

    private class Source(KeptLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log._lines.Enqueue((name, logLevel, formatter(state, exception)));
    }

    private sealed class Source<T>(KeptLog log) : Source(log, typeof(T).FullName!), ILogger<T>;
}
