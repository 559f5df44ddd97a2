using System.Net;
using System.Net.Sockets;

namespace OrderService.Tests.Ground;

/// <summary>
/// Ports for services in processes of their own, which bind theirs seconds after they were told of it. They lie below those that the system
/// gives to whoever asks for any, so that no other test takes one meanwhile; each is told once.
/// </summary>
internal static class TestPorts
{
    private const int First = 10_000;
    private const int Count = 20_000;

    // Test processes beside each other begin at different ones.
    private static int s_told = Environment.ProcessId * 499;

    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_told) % Count);
            if (IsFree(port)) return port;
        }
        throw new InvalidOperationException($"none of the ports from {First} on is free");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
