using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;
using OrderService.Tests.StacksVenue;

namespace OrderService.Tests.Reliability;

/// <summary>What a service answered.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    /// <summary>True where it says when to ask again.</summary>
    public bool SaysWhen { get; init; }

    public string? Code => (string?)Body?["code"];

    public string? TxId => (string?)Body?["txid"];

    public string? CreatedAt => (string?)Body?["data"]?["createdAt"];

    public override string ToString() => $"{Status} {Body?.ToJsonString()}";
}

/// <summary>The calls of a client. Null where nothing came back: the service has gone, and what it did is not known.</summary>
internal static class OrderCalls
{
    public static Task<Answer?> CreateAsync(this ServiceProcess service, SignedOrder order) =>
        SendAsync(service,
            new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders/new")
            {
                Content = new StringContent(order.Body.ToJsonString(), Encoding.UTF8, "application/json"),
            });

    public static Task<Answer?> ReadAsync(this ServiceProcess service, string uuid) =>
        SendAsync(service, new HttpRequestMessage(HttpMethod.Get, $"/api/v1/orders/{uuid}"));

    /// <summary>Waits for the prices of the first poll, which comes after a service serves.</summary>
    public static Task PricesAsync(this ServiceProcess service) => Until.Async(
        () => SendAsync(service, new HttpRequestMessage(HttpMethod.Get, "/api/v1/prices")),
        answer => answer?.Body?["data"] is JsonArray { Count: > 0 });

    public static Task<Answer?> CancelAsync(this ServiceProcess service, string uuid) =>
        ProvenAsync(service, HttpMethod.Patch, uuid, "cancel", Wallet.Prove("cancel_order", uuid));

    public static Task<Answer?> CancelAsync(this ServiceProcess service, DevnetWallet wallet, string uuid) =>
        ProvenAsync(service, HttpMethod.Patch, uuid, "cancel", wallet.Prove("cancel_order", uuid));

    public static Task<Answer?> ExecuteAsync(this ServiceProcess service, string uuid) =>
        ProvenAsync(service, HttpMethod.Post, uuid, "execute", Wallet.Prove("execute_order", uuid));

    /// <summary>How many passes a background worker has made; null where the process does not answer.</summary>
    public static async Task<long?> PassesAsync(this ServiceProcess service, string worker)
    {
        try
        {
            var start = $"orderservice_workers_passes_total{{worker=\"{worker}\"}} ";
            var line = (await service.Operator.GetStringAsync("/metrics")).Split('\n')
                .Single(l => l.StartsWith(start, StringComparison.Ordinal));
            return long.Parse(line[start.Length..], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static Task<Answer?> ProvenAsync(
        ServiceProcess service, HttpMethod method, string uuid, string verb, (string Message, string Signature) proof)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/orders/{uuid}/{verb}");
        request.Headers.Add("x-message", proof.Message);
        request.Headers.Add("x-signature", proof.Signature);
        return SendAsync(service, request);
    }

    private static async Task<Answer?> SendAsync(ServiceProcess service, HttpRequestMessage request)
    {
        try
        {
            using (request)
            {
                using var answer = await service.Http.SendAsync(request);
                return new Answer((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()))
                {
                    SaysWhen = answer.Headers.RetryAfter is not null,
                };
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
