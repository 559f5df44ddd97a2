using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrderService.Benchmarks.Load;

/// <summary>Remembers when each request to the node began and ended, so that its time can be told from ours.</summary>
internal sealed class NodeCalls(NodeCalls.Log log) : DelegatingHandler
{
    internal sealed class Log
    {
        private readonly ConcurrentQueue<(string Path, long Began, long Ended)> _calls = new();

        public void Clear() => _calls.Clear();

        public void Add(string path, long began, long ended) => _calls.Enqueue((path, began, ended));

        /// <summary>When the first send of a transaction began; null before it has ended.</summary>
        public long? BroadcastBegan => _calls.Where(call => call.Path == "/v2/transactions").Select(call => (long?)call.Began).Min();

        /// <summary>
        /// How much of a span of time some request was under way that the span had to wait for: all but the looks at what is in flight, to
        /// which those at an account do not belong that <paramref name="calls"/> itself.
        /// </summary>
        public TimeSpan Within(long from, long to, string? calls = null)
        {
            var (sum, reached) = (0L, from);
            foreach (var (_, began,
                ended) in _calls.Where(call => !call.Path.StartsWith("/extended", StringComparison.Ordinal)
                    && !call.Path.StartsWith("/v2/info", StringComparison.Ordinal)
                    && (!call.Path.StartsWith("/v2/accounts", StringComparison.Ordinal) || call.Path == $"/v2/accounts/{calls}"))
                    .OrderBy(call => call.Began))
            {
                var (start, end) = (Math.Max(began, reached), Math.Min(ended, to));
                if (end > start) (sum, reached) = (sum + end - start, end);
            }
            return Stopwatch.GetElapsedTime(0, sum);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            return answer;
        }
        finally
        {
            log.Add(request.RequestUri!.AbsolutePath, began, Stopwatch.GetTimestamp());
        }
    }
}
