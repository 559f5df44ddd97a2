using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrderService.EmbeddedPostgres;
using OrderService.Hosting;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Hosting;

/// <summary>How the service goes when its supervisor says so.</summary>
[Collection(Processes.Name)]
public sealed class DrainTests
{
    private const int Terminate = 15;

    [Fact]
    public async Task A_request_under_way_at_SIGTERM_ends_with_its_answer_and_no_new_one_is_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(database.ConnectionString);
        // All but its last bytes are long enough for a minute at the least pace of a body: a stall is no client who sends too slowly.
        var body = Encoding.UTF8.GetBytes(new string(' ', 15 * 1024) + Wallet.ManualOrder().Body.ToJsonString());
        using var client = await ConnectAsync(service);
        await using var stream = client.GetStream();
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v1/orders/new HTTP/1.1\r\nHost: {service.Http.BaseAddress!.Authority}\r\nContent-Type: application/json\r\n")
            + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body.AsMemory(0, body.Length - 10));
        (await service.Http.GetAsync("/api/v1/network")).StatusCode.ShouldBe(HttpStatusCode.OK); // what came before is read by now, too

        Signals.Send(service.Id, Terminate).ShouldBeTrue();
        await Until.Async(() => IsOpenAsync(service), isOpen => !isOpen);
        service.HasExited.ShouldBeFalse(service.Output);
        await stream.WriteAsync(body.AsMemory(body.Length - 10));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("HTTP/1.1 200 OK");
        await service.WaitForExitAsync(Until.Limit);
        service.ExitCode.ShouldBe(0, service.Output);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080")]
    [InlineData("http://[::]:5080", "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://10.0.0.7:80", "http://10.0.0.7:80")]
    public void The_banner_names_addresses_that_this_machine_can_call(string listener, string called) =>
        Banner.CallOf(listener).ShouldBe(called);

    private static async Task<TcpClient> ConnectAsync(ServiceProcess service)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Http.BaseAddress!.Port);
        return client;
    }

    private static async Task<bool> IsOpenAsync(ServiceProcess service)
    {
        try
        {
            using var client = await ConnectAsync(service);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
