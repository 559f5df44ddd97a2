using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderService.Engine.Outbound;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Holds the connection to Kraken's stream while the options name one and this node asks for prices, and feeds its ticker. Whatever cannot
/// be read ends the connection, and the next begins after a pause.
/// </summary>
internal sealed class KrakenStream(
    KrakenTicker ticker, PriceMoved moved, Func<CancellationToken, Task<bool>> asks, IOptions<PricingOptions> options, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5); // whether it is this node's to listen

    private const int doublingsMax = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Sources.KrakenStream is not { } stream) return;
        using var client = new HttpMessageInvoker(OutboundHttp.Handler());
        for (var failures = 0; ;)
        {
            while (!await asks(stoppingToken)) await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                await ListenAsync(stream, client, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                failures = ticker.Lost(fault) ? 0 : failures + 1;
            }
            await Task.Delay(PauseAfter(stream, failures), time, stoppingToken);
        }
    }

    /// <summary>
    /// The pause before the next attempt: doubled with each failure up to the limit, then shortened by up to a quarter, so that many nodes
    /// do not come back at once.
    /// </summary>
    public static TimeSpan PauseAfter(KrakenStreamOptions stream, int failures)
    {
        var full = Math.Min(stream.ReconnectMax.Ticks, stream.ReconnectMin.Ticks << Math.Min(failures, doublingsMax));
        return TimeSpan.FromTicks(full - RandomNumberGenerator.GetInt32((int)Math.Min(int.MaxValue, (full / 4) + 1)));
    }

    // Ends only by a fault.
    private async Task ListenAsync(KrakenStreamOptions stream, HttpMessageInvoker client, CancellationToken token)
    {
        using var socket = new ClientWebSocket();
        await InTimeAsync(stream.ConnectTimeout, "no connection", limit => socket.ConnectAsync(new Uri(stream.Url), client, limit), token);
        var asked = JsonSerializer.SerializeToUtf8Bytes(
            new { method = "subscribe", @params = new { channel = "ticker", symbol = ticker.Symbols } });
        await InTimeAsync(stream.SilenceMax, "took no subscription",
            limit => socket.SendAsync(asked, WebSocketMessageType.Text, true, limit), token);
        var buffer = new byte[Math.Min(stream.MaxBytes + 1, 16 * 1024)];
        while (true)
        {
            var length = 0;
            await InTimeAsync(stream.SilenceMax, "no message",
                async limit => (buffer, length) = await ReadAsync(socket, buffer, stream.MaxBytes, limit), token);
            if (!await asks(token)) throw new PriceSourceException("another node listens");
            if (ticker.Take(buffer.AsMemory(0, length))) moved.Set();
        }
    }

    private static async Task<(byte[] Buffer, int Length)> ReadAsync(
        ClientWebSocket socket, byte[] buffer, int maxBytes, CancellationToken token)
    {
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), token);
            if (part.MessageType == WebSocketMessageType.Close) throw new PriceSourceException("closed the stream");
            length += part.Count;
            if (length > maxBytes)
                throw new PriceSourceException(string.Create(CultureInfo.InvariantCulture, $"sent more than {maxBytes} bytes"));
            if (part.EndOfMessage) return (buffer, length);
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(maxBytes + 1, buffer.Length * 2));
        }
    }

    private async Task InTimeAsync(TimeSpan most, string fault, Func<CancellationToken, Task> act, CancellationToken token)
    {
        using var over = new CancellationTokenSource(most, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token, over.Token);
        try
        {
            await act(limit.Token);
        }
        catch (Exception cut) when (over.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw new PriceSourceException(string.Create(CultureInfo.InvariantCulture, $"{fault} within {(long)most.TotalMilliseconds} ms"),
                cut);
        }
    }
}
