using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace OrderService.Tests.Simulation;

/// <summary>
/// Stands between an engine and its Postgres and changes statements on their way: in the messages that carry a query's text, nothing else.
/// </summary>
internal sealed class RewritingProxy : IAsyncDisposable
{
    private const int SslRequest = 80_877_103, GssRequest = 80_877_104;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly NpgsqlConnectionStringBuilder _to;
    private readonly Func<string, string> _rewrite;
    private readonly Task _accepting;

    private RewritingProxy(string connectionString, Func<string, string> rewrite)
    {
        (_to, _rewrite) = (new NpgsqlConnectionStringBuilder(connectionString), rewrite);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port, SslMode = SslMode.Disable }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>Leads to the same database through here.</summary>
    public string ConnectionString { get; }

    public static RewritingProxy Start(string connectionString, Func<string, string> rewrite) => new(connectionString, rewrite);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var server = await ConnectAsync();
                client.NoDelay = true;
                await using NetworkStream near = client.GetStream(), far = new(server);
                await Task.WhenAny(ForthAsync(near, far), near.CanRead ? far.CopyToAsync(near, _over.Token) : Task.CompletedTask);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone, and so is the other.
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var isFile = _to.Host!.StartsWith('/');
        EndPoint at = isFile ? new UnixDomainSocketEndPoint($"{_to.Host}/.s.PGSQL.{_to.Port}") : new DnsEndPoint(_to.Host, _to.Port);
        var socket = isFile
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
        await socket.ConnectAsync(at, _over.Token);
        return socket;
    }

    private async Task ForthAsync(NetworkStream near, NetworkStream far)
    {
        // The first messages have no type; what asks for encryption is followed by another of them.
        while (true)
        {
            var first = await ReadAsync(near, typed: false);
            await far.WriteAsync(first, _over.Token);
            if (first.Length != 8 || BinaryPrimitives.ReadInt32BigEndian(first.AsSpan(4)) is not (SslRequest or GssRequest)) break;
        }
        while (true) await far.WriteAsync(Changed(await ReadAsync(near, typed: true)), _over.Token);
    }

    private async Task<byte[]> ReadAsync(NetworkStream from, bool typed)
    {
        var head = new byte[typed ? 5 : 4];
        await from.ReadExactlyAsync(head, _over.Token);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(typed ? 1 : 0));
        var message = new byte[length + (typed ? 1 : 0)];
        head.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(head.Length), _over.Token);
        return message;
    }

    // Parse ('P') is a name, the text and the parameters' types; a simple query ('Q') is the text.
    private byte[] Changed(byte[] message)
    {
        if (message[0] is not ((byte)'P' or (byte)'Q')) return message;
        var at = message[0] == 'P' ? Array.IndexOf(message, (byte)0, 5) + 1 : 5;
        var end = Array.IndexOf(message, (byte)0, at);
        var text = Encoding.UTF8.GetString(message, at, end - at);
        var changed = _rewrite(text);
        if (changed == text) return message;
        byte[] whole = [.. message[..at], .. Encoding.UTF8.GetBytes(changed), .. message[end..]];
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(1), whole.Length - 1);
        return whole;
    }
}
