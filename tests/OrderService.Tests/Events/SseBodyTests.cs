using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Events;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Events;

/// <summary>The body of a stream: its messages, and a client that does not take them.</summary>
public class SseBodyTests
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_message_has_its_id_its_name_and_its_data()
    {
        var (pipe, time) = (new Pipe(), new SteppedTime());
        var body = new SseBody(new Client(pipe.Writer).Context, SlowAfter, time);
        body.Write("log-7", "order", 1L, CharismaJson.Default.Int64);
        body.Write(id: null, name: null, "two\nlines", CharismaJson.Default.String);
        body.StillHere("log-8");
        (await body.FlushAsync(CancellationToken.None)).ShouldBeTrue();
        var read = await pipe.Reader.ReadAsync();
        Encoding.UTF8.GetString(read.Buffer)
            .ShouldBe("id: log-7\nevent: order\ndata: 1\n\ndata: \"two\\nlines\"\n\nid: log-8\n: still here\n\n");
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off_after_a_while_and_not_before()
    {
        var (pipe, time) = (new Pipe(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50)), new SteppedTime());
        var client = new Client(pipe.Writer);
        var body = new SseBody(client.Context, SlowAfter, time);
        body.Write(id: null, name: null, new string('x', 200), CharismaJson.Default.String);
        var flush = body.FlushAsync(CancellationToken.None);
        time.Advance(SlowAfter - TimeSpan.FromMilliseconds(1));
        (flush.IsCompleted, client.IsAborted).ShouldBe((false, false));
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await flush).ShouldBeFalse();
        client.IsAborted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_that_takes_it_late_but_in_time_goes_on()
    {
        var (pipe, time) = (new Pipe(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50)), new SteppedTime());
        var client = new Client(pipe.Writer);
        var body = new SseBody(client.Context, SlowAfter, time);
        body.Write(id: null, name: null, new string('x', 200), CharismaJson.Default.String);
        var flush = body.FlushAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(9));
        pipe.Reader.AdvanceTo((await pipe.Reader.ReadAsync()).Buffer.End);
        (await flush).ShouldBeTrue();
        client.IsAborted.ShouldBeFalse();
        await pipe.Reader.CompleteAsync(); // it leaves
        body.StillHere(id: null);
        (await body.FlushAsync(CancellationToken.None)).ShouldBeFalse();
    }

    private sealed class Client : IHttpResponseBodyFeature, IHttpRequestLifetimeFeature
    {
        public Client(PipeWriter writer)
        {
            Writer = writer;
            Context.Features.Set<IHttpResponseBodyFeature>(this);
            Context.Features.Set<IHttpRequestLifetimeFeature>(this);
        }

        public DefaultHttpContext Context { get; } = new();

        public bool IsAborted { get; private set; }

        public PipeWriter Writer { get; }

        public Stream Stream => Writer.AsStream();

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
