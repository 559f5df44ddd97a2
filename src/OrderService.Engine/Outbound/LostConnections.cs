using System.Net.Sockets;

namespace OrderService.Engine.Outbound;

/// <summary>
/// Says of a connection that was lost just after it was made what is said of every other that is lost: the runtime asks a new connection
/// where it leads to, outside of what makes an <see cref="HttpRequestException"/> of its faults.
/// </summary>
internal sealed class LostConnections : DelegatingHandler
{
    /// <summary>As a handler that a factory puts before another.</summary>
    public LostConnections()
    {
    }

    /// <summary>Before this one.</summary>
    public LostConnections(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException lost)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, lost.Message, lost);
        }
    }
}
