using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Api.Tread;

namespace OrderService.Tests.Tread;

/// <summary>Why the service closes a connection that it let in: the client says nothing, or does not read.</summary>
public sealed class SocketCloseTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private const string Unknown = """{"command":"?"}""";

    [Fact]
    public async Task Silence_closes_with_4000()
    {
        var socket = new PlaySocket { IsReading = true };
        socket.Say("""{"command":"keep_alive"}""");
        socket.Say(Unknown);
        await ServeAsync(socket, new QuickTime());
        socket.Heard.ShouldBe(["""{"type":"error","message":"Unknown command"}"""]); // and nothing of the keep_alive
        socket.Closed.ShouldBe(4000);
    }

    // A thousand wait, and one may be on its way.
    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_002, 4008)]
    public async Task A_client_that_does_not_read_is_closed_with_4008_after_a_thousand_messages(int messages, int? code)
    {
        var socket = new PlaySocket { IsReading = false };
        for (var i = 0; i < messages; i++) socket.Say(Unknown);
        socket.Leave();
        await ServeAsync(socket, TimeProvider.System);
        (socket.Closed, socket.Heard.Count).ShouldBe((code, 0));
    }

    private async Task ServeAsync(PlaySocket socket, TimeProvider time)
    {
        var user = await service.UserAsync();
        var context = new DefaultHttpContext { RequestServices = service.Services };
        context.Request.QueryString = new QueryString($"?token={user.Token}");
        context.Features.Set<IHttpWebSocketFeature>(socket);
        await ActivatorUtilities.CreateInstance<UserOrdersSocket>(service.Services, time).HandleAsync(context);
    }

    // A hundred times as fast: thirty seconds of silence are over soon, and on no machine too soon for what was said before.
    private sealed class QuickTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Quick(dueTime), Quick(period));

        private static TimeSpan Quick(TimeSpan time) => time > TimeSpan.Zero ? time / 100 : time;
    }
}
