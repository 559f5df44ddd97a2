using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Transactions;

namespace OrderService.Venues.Stacks.Node;

/// <summary>
/// A Stacks node and its API over HTTP: one client asks, the other sends. Every member throws HttpRequestException or TimeoutException
/// where the node cannot be asked, or answers what is no answer.
/// </summary>
internal sealed class StacksNode(HttpClient client, HttpClient sender, StacksOptions options) : IReadOnlyCalls
{
    private const int AnswerMax = 4 << 20;
    private const int PageSize = 50, PagesMax = 4; // what is further back was used long before it is asked about

    /// <summary>The tip, and the network that the node is on.</summary>
    public async Task<NodeTip> TipAsync(CancellationToken token)
    {
        var answer = await GetAsync("v2/info", token);
        return Read(answer,
            json => new NodeTip(json.GetProperty("stacks_tip_height").GetInt64(), json.GetProperty("stacks_tip").GetString() ?? "",
                json.GetProperty("network_id").GetUInt32()));
    }

    /// <summary>An account's next nonce as the chain has it, mempool left out, and its balance in micro-STX.</summary>
    public async Task<NodeAccount> AccountAsync(StacksAddress address, CancellationToken token)
    {
        var answer = await GetAsync($"v2/accounts/{address}?proof=0", token);
        return Read(answer, json => new NodeAccount(json.GetProperty("nonce").GetUInt64(), new TokenAmount(UInt128.Parse(
            (json.GetProperty("balance").GetString() ?? "")[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
    }

    /// <inheritdoc/>
    public async Task<ClarityValue?> CallAsync(
        ContractId contract, string function, IReadOnlyList<ClarityValue> arguments, CancellationToken token)
    {
        var body = JsonSerializer.Serialize(new { sender = contract.Issuer.ToString(),
            arguments = arguments.Select(argument => "0x" + Convert.ToHexStringLower(ClarityWriter.ToBytes(argument))) });
        var answer = await PostJsonAsync($"v2/contracts/call-read/{contract.Issuer}/{contract.Name}/{function}", body, token);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        return Read(answer, json =>
        {
            if (!json.GetProperty("okay").GetBoolean()) return null;
            return ClarityReader.TryReadHex(json.GetProperty("result").GetString(), out var value)
                ? value : throw new FormatException("a result that is no Clarity value");
        });
    }

    /// <summary>The names of a contract's functions; null where there is no such contract.</summary>
    public Task<IReadOnlyList<string>?> FunctionsAsync(ContractId contract, CancellationToken token) =>
        NamesAsync(contract, "functions", token);

    /// <summary>The names of a contract's fungible tokens, as post-conditions name them; null where there is no such contract.</summary>
    public Task<IReadOnlyList<string>?> AssetsAsync(ContractId contract, CancellationToken token) =>
        NamesAsync(contract, "fungible_tokens", token);

    /// <summary>
    /// What the chain itself counts of an address: STX, and fungible tokens by their contract; of a contract with several the one of which
    /// there is most.
    /// </summary>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress address, CancellationToken token)
    {
        var answer = await GetAsync($"extended/v1/address/{address}/balances", token);
        return Read(answer, json =>
        {
            var held = new Dictionary<TokenId, TokenAmount> { [TokenId.Stx] = Balance(json.GetProperty("stx")) };
            foreach (var of in json.GetProperty("fungible_tokens").EnumerateObject())
            {
                if (!AssetId.TryParse(of.Name, out var asset)) throw new FormatException("a token that is no asset");
                var id = TokenId.Of(asset.Contract);
                held[id] = TokenAmount.Max(held.GetValueOrDefault(id), Balance(of.Value));
            }
            return held;
        });

        static TokenAmount Balance(JsonElement of) =>
            TokenAmount.TryParse(of.GetProperty("balance").GetString(), out var units)
                ? units : throw new FormatException("a balance that is no amount");
    }

    /// <summary>The middle estimate for a payload, micro-STX; null where the node has none.</summary>
    public async Task<ulong?> EstimateFeeAsync(byte[] payload, int sizeOfTransaction, CancellationToken token)
    {
        var body =
            JsonSerializer.Serialize(new { transaction_payload = Convert.ToHexStringLower(payload), estimated_len = sizeOfTransaction });
        var answer = await PostJsonAsync("v2/fees/transaction", body, token);
        if (answer.Status == HttpStatusCode.BadRequest) return null; // NoEstimateAvailable
        return Read(answer, json =>
        {
            var fees = json.GetProperty("estimations").EnumerateArray().Select(estimate => estimate.GetProperty("fee").GetUInt64()).Order()
                .ToList();
            return fees.Count == 0 ? (ulong?)null : fees[fees.Count / 2];
        });
    }

    /// <summary>Sends the bytes of a transaction.</summary>
    public async Task<SubmitOutcome> BroadcastAsync(byte[] raw, CancellationToken token)
    {
        using var content = new ByteArrayContent(raw);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var answer = await SendAsync(sender, HttpMethod.Post, "v2/transactions", content, token);
        if (answer.Status == HttpStatusCode.OK) return new SubmitOutcome.Accepted();
        // A refusal is a 400; anything else is the node's or the way's own trouble, and says nothing of the bytes.
        return answer.Status == HttpStatusCode.BadRequest ? Refusal.Read(answer.Body) : throw Unusable(answer);
    }

    /// <summary>What the API knows of a transaction; null where it does not know it.</summary>
    public async Task<NodeTransaction?> TransactionAsync(string txId, CancellationToken token)
    {
        var answer = await GetAsync($"extended/v1/tx/0x{txId}", token);
        return answer.Status == HttpStatusCode.NotFound ? null : Read(answer, json => NodeTransaction.Of(json, txId));
    }

    /// <summary>
    /// The ids of the mined transactions that used this nonce of an account, as origin or as sponsor, among so many of its latest, in
    /// pages.
    /// </summary>
    public async Task<IReadOnlyList<string>> MinedAsync(StacksAddress address, ulong nonce, CancellationToken token)
    {
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await GetAsync(string.Create(CultureInfo.InvariantCulture,
                $"extended/v1/address/{address}/transactions?limit={PageSize}&offset={page * PageSize}"), token);
            var (found, count) = Read(answer, json =>
            {
                var all = json.GetProperty("results").EnumerateArray().ToList();
                var own = all.Where(one => Names(one, "sender_address", "nonce") || Names(one, "sponsor_address", "sponsor_nonce"));
                return (own.Select(one => (one.GetProperty("tx_id").GetString() ?? "").Replace("0x", "", StringComparison.Ordinal))
                    .Where(IsId).ToList(), all.Count);
            });
            if (found.Count > 0 || count < PageSize) return found;
        }
        return [];

        bool Names(JsonElement one, string who, string which) =>
            one.TryGetProperty(who, out var named) && named.ValueEquals(address.ToString())
            && one.TryGetProperty(which, out var used) && used.ValueKind == JsonValueKind.Number && used.TryGetUInt64(out var number)
            && number == nonce;
    }

    /// <summary>The bytes of a transaction; null where the API does not have them.</summary>
    public async Task<byte[]?> RawAsync(string txId, CancellationToken token)
    {
        var answer = await GetAsync($"extended/v1/tx/0x{txId}/raw", token);
        return answer.Status == HttpStatusCode.NotFound
            ? null : Read(answer, json => Convert.FromHexString((json.GetProperty("raw_tx").GetString() ?? "")[2..]));
    }

    private async Task<IReadOnlyList<string>?> NamesAsync(ContractId contract, string of, CancellationToken token)
    {
        var answer = await GetAsync($"v2/contracts/interface/{contract.Issuer}/{contract.Name}", token);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        return Read(answer,
            json => json.GetProperty(of).EnumerateArray().Select(named => named.GetProperty("name").GetString() ?? "").ToList());
    }

    private static bool IsId(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private Task<NodeAnswer> GetAsync(string path, CancellationToken token) => SendAsync(client, HttpMethod.Get, path, null, token);

    private async Task<NodeAnswer> PostJsonAsync(string path, string body, CancellationToken token)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await SendAsync(client, HttpMethod.Post, path, content, token);
    }

    private async Task<NodeAnswer> SendAsync(HttpClient over, HttpMethod method, string path, HttpContent? content, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(options.RequestTimeout);
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await over.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.Content.Headers.ContentLength > AnswerMax)
                throw new HttpRequestException($"the node answered {path} with more than {AnswerMax} bytes");
            await response.Content.LoadIntoBufferAsync(AnswerMax, limit.Token);
            return new NodeAnswer(path, response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"the node did not answer {path.Split('?')[0]} within {options.RequestTimeout}");
        }
        catch (IOException broken)
        {
            throw new HttpRequestException($"the node broke off its answer to {path.Split('?')[0]}", broken);
        }
    }

    private static T Read<T>(NodeAnswer answer, Func<JsonElement, T> read)
    {
        if (answer.Status != HttpStatusCode.OK) throw Unusable(answer);
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or OverflowException or ArgumentException)
        {
            throw new HttpRequestException($"the node answered {answer.Path} with what is no answer", fault, answer.Status);
        }
    }

    private static HttpRequestException Unusable(NodeAnswer answer) =>
        new($"the node answered {answer.Path} with status {(int)answer.Status}", null, answer.Status);

    private sealed record NodeAnswer(string Path, HttpStatusCode Status, byte[] Body);
}
