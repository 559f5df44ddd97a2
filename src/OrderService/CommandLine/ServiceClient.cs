using System.Text.Json;
using OrderService.Engine.Outbound;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary>What the service says one must sign for.</summary>
internal sealed record SignedVenue(StacksNetwork Network, ContractId Router)
{
    /// <summary>The name that messages carry.</summary>
    public string Service { get; init; } = "";

    /// <summary>What a proof of the strategies API names.</summary>
    public string ProofDomain { get; init; } = "";
}

/// <summary>Asks the service. Every way of not getting an answer is one sentence.</summary>
internal sealed class ServiceClient(Uri url) : IDisposable
{
    private const int AnswerMax = 4 << 20;

    private readonly HttpClient _http = Limited(OutboundHttp.Client());

    public async Task<(int Status, string Body)> SendAsync(SignedCall call, CancellationToken token)
    {
        using var request = call.ToRequest();
        try
        {
            using var answer = await _http.SendAsync(request, token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(token));
        }
        catch (HttpRequestException outage)
        {
            throw new CommandLineFault($"{url} cannot be reached: {outage.Message}", CommandLineFault.Refused);
        }
        catch (TaskCanceledException) when (!token.IsCancellationRequested)
        {
            throw new CommandLineFault($"{url} did not answer within {_http.Timeout.TotalSeconds:0} seconds; whether the request took effect is not known.", CommandLineFault.Refused);
        }
    }

    /// <summary>
    /// The network and router of <c>GET /api/v1/network</c>. A chain id that is not the network's is refused: signing it would move funds
    /// elsewhere.
    /// </summary>
    public async Task<SignedVenue> ReadVenueAsync(CancellationToken token)
    {
        var (status,
            body) = await SendAsync(new SignedCall(HttpMethod.Get, new Uri($"{url.AbsoluteUri.TrimEnd('/')}/api/v1/network"), [], null),
                token);
        if (status != 200) throw new CommandLineFault($"{url} answered {status} when asked for its network.", CommandLineFault.Refused);
        return Parse(body)
            ?? throw new CommandLineFault($"{url} does not say which network and router it uses: is it this service?",
                CommandLineFault.Refused);
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Limited(HttpClient client)
    {
        (client.Timeout, client.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(30), AnswerMax);
        return client;
    }

    private static SignedVenue? Parse(string body)
    {
        try
        {
            var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
            var isVenue = StacksNetwork.TryParse(data.GetProperty("network").GetString(), out var network)
                & ContractId.TryParse(data.GetProperty("router").GetString(), out var router)
                && data.GetProperty("chainId").GetUInt32() == network.ChainId;
            return isVenue && data.GetProperty("service").GetString() is { Length: > 0 } service
                && data.GetProperty("proofDomain").GetString() is { Length: > 0 } proof
                ? new SignedVenue(network, router) { Service = service, ProofDomain = proof }
                : null;
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
