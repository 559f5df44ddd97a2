using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrderService.Hosting;

/// <summary>
/// Lets requests through whose path has a NUL in it, <c>%00</c>: the server refuses them before any code of ours with an empty 400, without
/// the dialect's body and the headers of CORS. Here the NUL becomes another control character, which is in the name of nothing either, so
/// that the route says what is wrong.
/// </summary>
internal static class NulPaths
{
    /// <summary>Looks at every connection's request lines.</summary>
    public static void TellNulPaths(this KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
        {
            connection.Transport = new Duplex(new Reader(connection.Transport.Input), connection.Transport.Output);
            return next(connection);
        }));

    // The buffer begins with a request's line where the server is about to read one. Its bytes are the transport's own, and nobody else has
    // seen them yet.
    private static void Mend(ReadOnlySequence<byte> buffer)
    {
        var start = buffer.First;
        if (start.Span.IndexOf("%00"u8) < 0) return;
        var line = start.Span.IndexOf((byte)'\n') is >= 0 and var end ? start[..end] : start;
        var target = line.Span.IndexOf(" /"u8);
        if (target is < 3 or > 10 || line.Span[..target].ContainsAnyExceptInRange((byte)'A', (byte)'Z')) return; // no request's line
        var path = line.Span[target..].IndexOf((byte)'?') is >= 0 and var query ? line[target..(target + query)] : line[target..];
        for (var at = path.Span.IndexOf("%00"u8); at >= 0; at = path.Span.IndexOf("%00"u8))
            MemoryMarshal.AsMemory(path).Span[at + 2] = (byte)'1';
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Reader(PipeReader inner) : PipeReader
    {
        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = inner.ReadAsync(cancellationToken);
            if (!read.IsCompletedSuccessfully) return MendedAsync(read);
            var result = read.Result;
            Mend(result.Buffer);
            return new ValueTask<ReadResult>(result);
        }

        public override bool TryRead(out ReadResult result)
        {
            if (!inner.TryRead(out result)) return false;
            Mend(result.Buffer);
            return true;
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private static async ValueTask<ReadResult> MendedAsync(ValueTask<ReadResult> read)
        {
            var result = await read;
            Mend(result.Buffer);
            return result;
        }
    }
}
