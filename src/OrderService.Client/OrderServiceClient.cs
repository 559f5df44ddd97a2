using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Client;

/// <summary>
/// A service, as its native API has it: reads, signs, and calls again where that is safe and may help. A refusal is a
/// <see cref="ServiceRefusedException"/>; a service that cannot be reached an <see cref="HttpRequestException"/>.
/// </summary>
public sealed partial class OrderServiceClient(ClientOptions options) : IDisposable
{
    private const string Base = "api/v1";
    private const int PageMax = 50;

    private readonly ServiceHttp _http = new(options);
    private ServiceNetwork? _network;

    /// <summary>What is signed for: asked once. One that is another service than the one that was named is refused.</summary>
    public async Task<ServiceNetwork> NetworkAsync(CancellationToken token = default)
    {
        if (_network is { } known) return known;
        var network = await GetAsync<ServiceNetwork>("network", token);
        if (options.Service is { } wanted && wanted != network.Service)
            throw new ServiceRefusedException(200, "wrong_service", $"This is {network.Service}, not {wanted}: nothing is signed for it.");
        if (!StacksNetwork.TryParse(network.Network, out var named) || named.ChainId != network.ChainId)
        {
            throw new ServiceRefusedException(200, "wrong_network",
                $"{network.Network} has another chain id than {network.ChainId}: nothing is signed for it.");
        }
        return _network = network;
    }

    /// <summary>The signer's address on the service's network; null without a signer.</summary>
    public async Task<string?> AddressAsync(CancellationToken token = default) =>
        options.Signer is { } signer && StacksNetwork.TryParse((await NetworkAsync(token)).Network, out var network)
            ? signer.Address(network).ToString() : null;

    /// <summary>All tokens that are traded.</summary>
    public Task<IReadOnlyList<TradedToken>> TokensAsync(CancellationToken token = default) =>
        GetAsync<IReadOnlyList<TradedToken>>("tokens", token);

    /// <summary>The believed prices, in USD.</summary>
    public Task<IReadOnlyList<BelievedPrice>> PricesAsync(CancellationToken token = default) =>
        GetAsync<IReadOnlyList<BelievedPrice>>("prices?limit=1000", token);

    /// <summary>One of them, with who said it.</summary>
    public Task<BelievedPrice> PriceAsync(string token, CancellationToken cancellation = default) =>
        GetAsync<BelievedPrice>($"prices/{Uri.EscapeDataString(token)}?details=true", cancellation);

    /// <summary>One order, as anyone sees it who knows its uuid.</summary>
    public Task<PlacedOrder> OrderAsync(string uuid, CancellationToken token = default) => GetAsync<PlacedOrder>($"orders/{uuid}", token);

    /// <summary>Why an order stands where it does.</summary>
    public Task<Explanation> ExplainAsync(string uuid, CancellationToken token = default) =>
        GetAsync<Explanation>($"orders/{uuid}/explain", token);

    /// <summary>The newest orders of the signer, or of the key's wallet.</summary>
    public async Task<IReadOnlyList<PlacedOrder>> OrdersAsync(string? status = null, int limit = 50, CancellationToken token = default)
    {
        var (owner, found, cursor) = (await AddressAsync(token), new List<PlacedOrder>(), (string?)"");
        while (cursor is not null && found.Count < limit)
        {
            var query = $"orders?cursor={Uri.EscapeDataString(cursor)}&limit={Math.Min(PageMax, limit - found.Count)}"
                + $"{(status is null ? "" : $"&status={Uri.EscapeDataString(status)}")}{(owner is null ? "" : $"&owner={owner}")}";
            var page =
                await SignedAsync<OrdersAnswer>(HttpMethod.Get, query, "list_orders", null, token, owner is null ? [] : [("owner", owner)]);
            found.AddRange(page.Data);
            cursor = page.NextCursor;
        }
        return found;
    }

    /// <summary>The managed accounts of the signer, or of the key's wallet.</summary>
    public async Task<IReadOnlyList<ManagedAccount>> AccountsAsync(CancellationToken token = default) =>
        (await SignedAsync<AccountsAnswer>(HttpMethod.Get, "accounts", "list_accounts", null, token)).Accounts;

    /// <summary>What an order would be; nothing is stored, and nothing needs a signature.</summary>
    public async Task<OrderPreview> PreviewAsync(NewOrder order, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var body = order.Body(await AddressAsync(token), null);
        return (await _http.ReadAsync<DataAnswer<OrderPreview>>(() => Request(HttpMethod.Post, "orders/preview", body), token)).Data;
    }

    /// <summary>Signs an order and places it. The same order again is answered as it is stored.</summary>
    public async Task<PlacedOrder> PlaceAsync(NewOrder order, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var body = await SignAsync(order, token);
        return (await _http.ReadAsync<DataAnswer<PlacedOrder>>(() => Request(HttpMethod.Post, "orders/new", body), token)).Data;
    }

    /// <summary>Cancels an order.</summary>
    public Task<PlacedOrder> CancelAsync(string uuid, CancellationToken token = default) => ChangeAsync("cancel", uuid, token);

    /// <summary>Pauses an order.</summary>
    public Task<PlacedOrder> PauseAsync(string uuid, CancellationToken token = default) => ChangeAsync("pause", uuid, token);

    /// <summary>Lets a paused order go on.</summary>
    public Task<PlacedOrder> ResumeAsync(string uuid, CancellationToken token = default) => ChangeAsync("resume", uuid, token);

    /// <summary>Swaps now, whatever the price; the id of the transaction.</summary>
    public async Task<string> ExecuteAsync(string uuid, CancellationToken token = default) =>
        (await SignedAsync<ExecutedAnswer>(HttpMethod.Post, $"orders/{uuid}/execute", "execute_order", null, token, ("uuid", uuid))).Txid;

    /// <summary>Where the log is now: what happens next is behind it.</summary>
    public async Task<string> PositionAsync(CancellationToken token = default)
    {
        var owner = await AddressAsync(token);
        var page = (await SignedAsync<DataAnswer<PositionAnswer>>(HttpMethod.Get,
            $"events?limit=1{(owner is null ? "" : $"&owner={owner}")}", "list_orders", null, token,
            owner is null ? [] : [("owner", owner)])).Data;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{page.Log}-{page.Head}");
    }

    /// <summary>
    /// What happens to the signer's orders and accounts, from a position on (null for all that ever did), of one order where it is named.
    /// It comes back by itself where it breaks off, misses nothing and tells nothing twice; it ends with its token, or with what will not
    /// get better by itself.
    /// </summary>
    public async IAsyncEnumerable<ServiceEvent> WatchAsync(
        string? after = null, string? order = null, [EnumeratorCancellation] CancellationToken token = default)
    {
        var owner = await AddressAsync(token);
        var path = $"events?{(order is null ? "" : $"order={order}&")}{(owner is null ? "" : $"owner={owner}&")}";
        async Task<HttpRequestMessage> CallAsync() =>
            Request(HttpMethod.Get, path, null, await ProofAsync("list_orders", token, owner is null ? [] : [("owner", owner)]));
        await foreach (var happened in new EventStream(_http, options.Time).FollowAsync(CallAsync, after, token)) yield return happened;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private WalletSigner Signer => options.Signer ?? throw new InvalidOperationException("this call needs a signer");

    private async Task<Dictionary<string, object?>> SignAsync(NewOrder order, CancellationToken token)
    {
        var (network, signer) = (await NetworkAsync(token), Signer);
        if (!ContractId.TryParse(order.InputToken, null, out var sells) || !ContractId.TryParse(network.Router, null, out var router))
            throw new ArgumentException("What is sold must be a contract.", nameof(order));
        var signature = signer.Sign(new TransferIntent(sells, order.AmountIn, Principal.From(router), order.Uuid, network.ChainId));
        return order.Body(await AddressAsync(token), signature);
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken token) =>
        (await _http.ReadAsync<DataAnswer<T>>(() => Request(HttpMethod.Get, path, null), token)).Data;

    private async Task<PlacedOrder> ChangeAsync(string verb, string uuid, CancellationToken token) =>
        (await SignedAsync<DataAnswer<PlacedOrder>>(HttpMethod.Patch, $"orders/{uuid}/{verb}", $"{verb}_order", null, token,
            ("uuid", uuid))).Data;

    // A message works once, so a call that is made again is signed anew.
    private async Task<T> SignedAsync<T>(
        HttpMethod method, string path, string action, object? body, CancellationToken token,
        params (string Name, JsonNode Value)[] members)
    {
        if (options.Signer is not null) await NetworkAsync(token);
        return await _http.ReadAsync<T>(() => Request(method, path, body, Proof(action, members)), token);
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> ProofAsync(
        string action, CancellationToken token, params (string Name, JsonNode Value)[] members)
    {
        if (options.Signer is not null) await NetworkAsync(token);
        return Proof(action, members);
    }

    private (string Name, string Value)[] Proof(string action, (string Name, JsonNode Value)[] members)
    {
        if (options.Signer is not { } signer || options.ApiKey is not null) return [];
        var network = _network!;
        if (!StacksNetwork.TryParse(network.Network, out var named)) throw new InvalidOperationException("the network was read before");
        var all = members.Select(member => (member.Name, (JsonNode?)member.Value.DeepClone()))
            .Append(("salt", Guid.NewGuid().ToString("N"))).ToArray();
        var message = WalletText.Of((named, network.Service), signer.Address(named), action, options.Time.GetUtcNow(), all);
        return [("x-message", message), ("x-signature", signer.Sign(message))];
    }

    private static HttpRequestMessage Request(
        HttpMethod method, string path, object? body, IReadOnlyList<(string Name, string Value)>? headers = null)
    {
        var request = new HttpRequestMessage(method, $"{Base}/{path}");
        foreach (var (name, value) in headers ?? []) request.Headers.Add(name, value);
        if (body is not null) request.Content = JsonContent.Create(body, options: ClientJson.Options);
        return request;
    }
}
