using System.Net.Sockets;
using OrderService.Client;
using OrderService.Domain.Ports;
using OrderService.Engine.Outbound;

namespace OrderService.Tests.Outbound;

/// <summary>A connection that is lost while it is made is a lost connection, whatever the runtime throws of it.</summary>
public sealed class LostConnectionsTests
{
    private static readonly Uri Address = new("http://127.0.0.1:9/");

    [Fact]
    public async Task What_the_socket_says_is_told_as_a_lost_connection()
    {
        using var client = new HttpClient(new LostConnections(new Lost()));
        var fault = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(Address));
        (fault.HttpRequestError, fault.InnerException is SocketException).ShouldBe((HttpRequestError.ConnectionError, true));
        Outage.Is(fault).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 30, 2)]
    [InlineData(1, 0, 1)] // nobody waits that long
    [InlineData(0, 30, 1)]
    public async Task The_client_sends_again_after_it_while_that_may_be_waited_for(int retriesMax, int waitSeconds, int calls)
    {
        using var lost = new Lost();
        using var client = new OrderServiceClient(
            new ClientOptions(Address) { Handler = lost, RetriesMax = retriesMax, WaitMax = TimeSpan.FromSeconds(waitSeconds) });
        await Should.ThrowAsync<HttpRequestException>(() => client.TokensAsync());
        lost.Calls.ShouldBe(calls);
    }

    private sealed class Lost : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            throw new SocketException((int)SocketError.NotConnected);
        }
    }
}
