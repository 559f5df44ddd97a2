using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Load;

/// <summary>How fast requests were answered, each by 200.</summary>
internal sealed record HttpOutcome(int Count, TimeSpan Took, Samples Latencies)
{
    public double PerSecond => Count / Took.TotalSeconds;
}

/// <summary>
/// Sends prepared requests over so many connections to 127.0.0.1, each connection its next one as soon as the last is answered. Bytes in,
/// bytes out: it shares the machine with the service, so it does nothing more.
/// </summary>
internal static class HttpLoad
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static byte[] Post(string path, string json) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public static byte[] Get(string path) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    public static async Task<HttpOutcome> RunAsync(int port, IReadOnlyList<byte[]> requests, int connections)
    {
        using var limit = new CancellationTokenSource(Limit);
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ConnectAsync(port)));
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        var samples = await Task.WhenAll(
            sockets.Select(socket => Task.Run(() => LoopAsync(socket, () => Interlocked.Increment(ref next), requests, limit.Token))));
        var took = Stopwatch.GetElapsedTime(started);
        foreach (var socket in sockets) socket.Dispose();
        var all = new Samples();
        foreach (var one in samples) all.AddAll(one);
        return new HttpOutcome(requests.Count, took, all);
    }

    /// <summary>One request; the text of its answer.</summary>
    public static async Task<string> AskAsync(int port, byte[] request)
    {
        using var socket = await ConnectAsync(port);
        var buffer = new byte[1 << 20];
        await socket.SendAsync(request);
        return Encoding.UTF8.GetString(buffer, 0, await ReceiveAsync(socket, buffer, CancellationToken.None));
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task<Samples> LoopAsync(Socket socket, Func<int> next, IReadOnlyList<byte[]> requests, CancellationToken token)
    {
        var samples = new Samples();
        var buffer = new byte[256 * 1024];
        for (var at = next(); at < requests.Count; at = next())
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[at], token);
            var length = await ReceiveAsync(socket, buffer, token);
            samples.Add(Stopwatch.GetElapsedTime(started));
            if (!buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
                throw new InvalidOperationException($"answered: {Encoding.UTF8.GetString(buffer, 0, length)}");
        }
        return samples;
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, CancellationToken token)
    {
        var length = 0;
        while (!IsWhole(buffer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), token);
            if (read == 0) throw new IOException($"the connection was closed after {length} bytes of an answer");
            length += read;
        }
        return length;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("0\r\n\r\n"u8); // chunked
        return System.Buffers.Text.Utf8Parser.TryParse(answer[(at + 16)..], out int size, out _) && answer.Length >= head + 4 + size;
    }
}
