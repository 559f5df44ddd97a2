using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// Streams of events over HTTP, one of each wallet, which proves itself by a signed message. They begin now, with what is open: who replays
/// its whole past does so once.
/// </summary>
internal sealed class OwnerStreams : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _reading = [];

    /// <summary>When each event was read, by its actor.</summary>
    public ConcurrentDictionary<string, long> Seen { get; } = new();

    /// <summary>Wallets that nobody else has, with the requests that open their streams.</summary>
    public static (string Address, byte[] Request)[] Wallets(int count, StacksNetwork network) =>
        [.. Enumerable.Range(0, count).Select(_ => Wallet(PrivateKey.Generate(), network))];

    /// <summary>Opens a stream for each request; what comes is read, whoever it is that waits for it.</summary>
    public static async Task<OwnerStreams> OpenAsync(int port, IEnumerable<byte[]> requests)
    {
        var streams = new OwnerStreams();
        foreach (var request in requests)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            streams._sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync(request);
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            streams._reading.Add(Task.Run(() => streams.ReadAsync(socket, begun)));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        return streams;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var socket in _sockets) socket.Dispose();
        await Task.WhenAll(_reading);
        _over.Dispose();
    }

    private static (string, byte[]) Wallet(PrivateKey key, StacksNetwork network)
    {
        var address = key.PublicKey().ToAddress(network).ToString();
        var message = string.Create(CultureInfo.InvariantCulture,
            $$"""{"action":"list_orders","owner":"{{address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""");
        var digest = new byte[32];
        PersonalMessage.Hash(message, digest);
        return (address, Encoding.ASCII.GetBytes(
            $"GET /api/v1/events?snapshot=true HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nx-message: {message}\r\nx-signature: {Secp256k1.Sign(digest, key).ToRsvHex()}\r\n\r\n"));
    }

    // An event is one line; where a chunk ends inside one, its rest is put together with it.
    private async Task ReadAsync(Socket socket, TaskCompletionSource begun)
    {
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        try
        {
            while (await socket.ReceiveAsync(buffer, _over.Token) is > 0 and var read)
            {
                var now = Stopwatch.GetTimestamp();
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
                var lines = text.ToString();
                if (!begun.Task.IsCompleted)
                {
                    if (!lines.Contains("\r\n\r\n", StringComparison.Ordinal)) continue;
                    if (!lines.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                        throw new InvalidOperationException($"answered: {lines}");
                    begun.SetResult();
                }
                var end = lines.LastIndexOf("\n\n", StringComparison.Ordinal);
                if (end < 0) continue;
                Note(lines[..end], now);
                text.Clear().Append(lines[end..]);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException
            && _over.IsCancellationRequested)
        {
            // It was told to stop.
        }
        catch (Exception failure)
        {
            begun.TrySetException(failure);
            throw;
        }
    }

    private void Note(string lines, long now)
    {
        const string actor = "\"actor\":\"";
        for (var at =
            lines.IndexOf(actor, StringComparison.Ordinal); at >= 0; at = lines.IndexOf(actor, at + actor.Length, StringComparison.Ordinal))
        {
            var from = at + actor.Length;
            Seen.TryAdd(lines[from..lines.IndexOf('"', from)], now);
        }
    }
}
