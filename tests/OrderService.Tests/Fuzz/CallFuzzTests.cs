using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Charisma.Groups;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Charisma.Webhooks;
using OrderService.Api.Mcp;
using OrderService.Api.Tread;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Events;
using OrderService.Engine.Pricing;
using OrderService.Engine.Webhooks;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Charisma;
using OrderService.Venues.Stacks.Node;
using OrderService.Venues.Stacks.Routes;

using CancelAllRecord = OrderService.Api.Charisma.Bulk.CancelAllRecord;
using CancelAllRules = OrderService.Api.Charisma.Bulk.CancelAllRules;

namespace OrderService.Tests.Fuzz;

/// <summary>
/// Every reader of what stands beside an order: calls about orders that are there, groups, proofs, queries, headers, arguments of tools,
/// and what nodes and price sources push.
/// </summary>
[Trait(TestScale.Trait, "fuzz")]
public sealed class CallFuzzTests
{
    private static readonly BodyStyle Replaces = CharismaBodies.ReplaceStyle with { OthersBytesMax = 4096, EntryBytesMax = 65_536 };
    private static readonly string Uuids = $"[\"{Samples.Uuid}\",\"550e8400-e29b-41d4-a716-446655440000\"]";
    private static readonly string Filter =
        $$"""{"token":".stx","pair":"{{Samples.Owner}}.a/.stx","strategyId":"grid-1","groupId":"{{Samples.Uuid}}","side":"sell"}""";
    private static readonly string Changes = """{"targetPrice":"0.30","validFrom":"2030-01-01T00:00:00Z","validTo":"2030-02-01T00:00:00.5Z","minAmountOut":"7","slippageBps":250,"maxDeviationBps":3e2,"limitPrice":"1.5","trailingBps":100.0,"trailingAmount":"0.01"}""";

    private static readonly Lazy<Dictionary<string, FuzzTarget>> All =
        new(() => Calls().Concat(Proofs()).Concat(Queries()).Concat(Pushed()).ToDictionary(target => target.Name));

    public static TheoryData<string> Names() => [.. All.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_breaks_the_reader_of(string name) => FuzzRun.Run(All.Value[name], ReaderFuzzTests.InputsCount);

    private static IEnumerable<FuzzTarget> Calls()
    {
        var (amends, many, executes, all, switches) = (new AmendOrderRules(), new ManyRules(), new ExecuteManyRules(), new CancelAllRules(),
            new CancelAllAfterRules());
        var (accounts, withdrawals, tries) = (new NewAccountRules(), new NewWithdrawalRules(), new ExecuteRules());
        byte[][] corpus =
        [
            Bytes($$"""{"changes":{{Changes}},"termsSignature":"{{Samples.Signature()}}"}"""),
            Bytes($$"""{"uuids":{{Uuids}},"retry":true}"""), Bytes($$"""{"filter":{{Filter}},"timeoutSeconds":60}"""),
            Bytes("""{"name":"my account","token":".stx","amount":"5","message":"m","signature":"s","walletAddress":"a","publicKey":"02"}"""),
        ];
        yield return new("calls about orders and accounts", corpus, Judge);
        yield return FuzzTarget.Of("signed texts of such calls", corpus.Select(Encoding.UTF8.GetString), text =>
        {
            _ = amends.FirstRefusal(SignedText.Read<AmendOrderRecord>(text));
            _ = switches.FirstRefusal(SignedText.Read<CancelAllAfterRecord>(text));
            _ = executes.FirstRefusal(SignedText.Read<ExecuteManyRecord>(text));
            _ = withdrawals.FirstRefusal(SignedText.Read<NewWithdrawalRecord>(text));
        });
        var (batches, groups, replaces) = (new NewBatchRules(), new NewGroupRules(), new ReplaceOrderRules());
        var (order, trailing) = (Samples.Body().ToJsonString(),
            Samples.Body(("conditionToken", ".stx"), ("direction", "lt"), ("trailingBps", 250), ("limitPrice", "0.5"),
                ("timeInForce", "gtt"), ("validTo", "2030-01-01T00:00:00Z")).ToJsonString());
        yield return new("orders inside a body",
            [Bytes($$"""{"orders":[{{order}},{{trailing}}],"atomic":true}"""),
                Bytes($$"""{"type":"oco","groupId":"{{Samples.Uuid}}","legs":[{{trailing}},{{order}}]}"""),
                Bytes($$"""{"order":{{trailing}}}""")], bytes =>
                {
                    if (!Utf8.IsValid(bytes)) return; // refused before it is read
                    _ = batches.FirstRefusal(BodyReader<NewBatchRecord>.Read(bytes, Replaces));
                    _ = replaces.FirstRefusal(BodyReader<ReplaceOrderRecord>.Read(bytes, Replaces));
                    var group = BodyReader<NewGroupRecord>.Read(bytes, Replaces);
                    if (groups.FirstRefusal(group) is null) _ = GroupBody.Of(group);
                });

        void Judge(byte[] bytes)
        {
            if (!Utf8.IsValid(bytes)) return;
            var style = CharismaBodies.CallStyle;
            if (BodyReader<AmendOrderRecord>.Read(bytes, style) is var amend && amends.FirstRefusal(amend) is null)
                _ = amend.Changes.Value!.Asked;
            if (BodyReader<ManyRecord>.Read(bytes, style) is var named && many.FirstRefusal(named) is null)
                named.ReadUuids().Error.ShouldBeNull();
            _ = executes.FirstRefusal(BodyReader<ExecuteManyRecord>.Read(bytes, style));
            // told as it was asked for
            if (BodyReader<CancelAllRecord>.Read(bytes, style) is var cancel && all.FirstRefusal(cancel) is null)
                FilterRecord.Of(cancel.Filter.Value!.Filter).Filter.ShouldBe(cancel.Filter.Value.Filter);
            _ = switches.FirstRefusal(BodyReader<CancelAllAfterRecord>.Read(bytes, style));
            _ = accounts.FirstRefusal(BodyReader<NewAccountRecord>.Read(bytes, style));
            _ = withdrawals.FirstRefusal(BodyReader<NewWithdrawalRecord>.Read(bytes, style));
            _ = tries.FirstRefusal(BodyReader<ExecuteRecord>.Read(bytes, CharismaBodies.Style));
        }
    }

    private static IEnumerable<FuzzTarget> Proofs()
    {
        yield return new("proofs in bodies",
            [Bytes($$$"""{"message":"{\"action\":\"cancel_order\"}","signature":"{{{Samples.Signature()}}}","walletAddress":"{{{Samples.Owner}}}","publicKey":"02","order":{"a":[{}]}}"""), [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']], bytes => ProofReader.Read(bytes));
        var (keys, hooks, redeliveries) = (new KeyAskedRules(), new WebhookAskedRules(Options.Create(new WebhooksOptions())),
            new RedeliveryAskedRules());
        string[] texts =
        [
            """{"action":"create_api_key","keyName":"k","permissions":["create","trade"],"expiresAt":"2030-01-01T00:00:00Z","limits":{"maxSlippageBps":200,"maxUsdPerDay":"5.5","tokens":[".stx"],"ips":["10.0.0.0/8","::1"]}}""",
            """{"action":"add_webhook","url":"https://example.com/hook","kinds":["confirmed"],"from":1,"to":7.0}""",
        ];
        yield return FuzzTarget.Of("keys and webhooks that are asked for", texts, text =>
        {
            var key = SignedText.Read<KeyAskedRecord>(text);
            if (keys.FirstRefusal(key) is null) _ = key.Asked.Limits;
            _ = hooks.FirstRefusal(SignedText.Read<WebhookAskedRecord>(text));
            var again = SignedText.Read<RedeliveryAskedRecord>(text);
            if (redeliveries.FirstRefusal(again) is null)
                RedeliveryAskedRecord.Position(again.To).ShouldBeGreaterThanOrEqualTo(RedeliveryAskedRecord.Position(again.From));
        });
        yield return FuzzTarget.Of("addresses of webhooks",
            ["https://example.com/hook?a=b", "http://127.0.0.1:80/", "https://[::1]/", "https://user:password@example.com/#a",
                "https://xn--bcher-kva.example/"], text =>
                {
                    _ = WebhookUrls.Read(text, allowsPrivate: false);
                    _ = WebhookUrls.Read(text, allowsPrivate: true);
                });
        yield return FuzzTarget.Of("revisions and positions in headers",
            ["\"1\"", "*", "\"2147483647\"", "57", "a-57", $"{Samples.Uuid}-9223372036854775807"], text =>
            {
                _ = PatchOrder.ReadRevision(text);
                if (LogPosition.TryParse(text, out var position)) position.Number.ShouldBeGreaterThanOrEqualTo(0);
            });
    }

    private static IEnumerable<FuzzTarget> Queries()
    {
        string[] corpus =
        [
            $"owner={Samples.Owner}&status=open,filled&token=.stx&pair={Samples.Owner}.a/.stx&since=2030-01-01T00:00:00Z&strategyId=a&search=b&page=2&limit=10&sortBy=status&sortOrder=asc", "cursor=MjAzMC0wMS0wMVQxMjowMDowMFo&limit=50",
            "type=dca&include_finished=True&size=5&before_id=7&id=3",
            "statuses=ACTIVE,PAUSED&after=2030-01-01T00:00:00Z&before=1893456000000&custom_order_ids=a,b&page=1&page_size=5&flag=true",
            $"after=log-57&order={Samples.Uuid}&group={Samples.Uuid}&kind=confirmed,failed&snapshot=true&limit=1000",
            "interval=5m&from=2025-01-31T12:00:00Z&to=1738324800000",
        ];
        yield return FuzzTarget.Of("queries", corpus, text =>
        {
            var query = new QueryCollection(QueryHelpers.ParseQuery(text));
            _ = Api.Charisma.OrdersQuery.Read(query);
            _ = Api.SwapCoffee.OrdersQuery.Read(query, Samples.Owner);
            _ = Api.SwapCoffee.OrdersQuery.ReadId(query["id"]);
            var wanted = Api.SwapCoffee.OrdersQuery.One(1);
            _ = Api.Tread.OrdersQuery.ReadList(query, Samples.Start, ref wanted);
            _ = Api.Tread.OrdersQuery.ReadFlag(query, "flag", absent: false, out _);
            _ = PriceQuery.TryReadInterval(query["interval"], out _) | PriceQuery.TryReadMoment(query["from"], out _);
            var request = new DefaultHttpContext().Request;
            request.Query = query;
            _ = EventsQuery.Read(request);
            request.Headers["Last-Event-ID"] = query["after"];
            _ = EventsQuery.Read(request);
        });
        var tokens = new TokenRegistry();
        tokens.Load([new Token(TokenId.Stx, "STX", "Stacks", 6, TokenType.Native),
            new Token(TokenId.Parse($"{Samples.Owner}.a"), "CHA", "Charisma", 38, TokenType.Subnet)]);
        var swaps = new WantedSwaps(tokens, null!, null!, null!, null!);
        yield return FuzzTarget.Of("arguments of tools",
            ["STX", "cha", $"{Samples.Owner}.a", "1.5", "0.30", "1e-7", "2030-01-31T12:00:00Z", Samples.Uuid], text =>
            {
                foreach (var read in (Action[])[() => swaps.Token("sell", text), () => WantedSwaps.Amount("amount", text, tokens.All[0]),
                    () => WantedSwaps.PriceOf("above", text), () => WantedSwaps.Moment("validUntil", text), () => McpCall.Uuid(text)])
                {
                    try
                    {
                        read();
                    }
                    catch (ToolRefusal)
                    {
                        // How a tool says no.
                    }
                }
            });
    }

    private static IEnumerable<FuzzTarget> Pushed()
    {
        yield return new("commands of a socket",
            [Bytes("""{"command":"subscribe","data_type":"user_orders","after":7}"""),
                Bytes("""{"command":"authenticate","token":"ck_live_0"}""")],
                bytes => BodyReader<CommandRecord>.Read(bytes, TreadBodies.Style));
        var stream = new KrakenStreamOptions { TokenMap = { [".stx"] = "STX/USD" } };
        var ticker = new KrakenTicker(stream, TimeSpan.FromSeconds(30), TimeProvider.System);
        yield return new("messages of a price stream",
            [Bytes("""{"channel":"ticker","type":"update","data":[{"symbol":"STX/USD","last":0.30,"timestamp":"2030-01-01T00:00:00.5Z"}]}"""), Bytes("""{"method":"subscribe","success":true,"result":{"symbol":"STX/USD"}}"""), Bytes("""{"channel":"heartbeat"}""")], bytes =>
            {
                try
                {
                    ticker.Take(bytes);
                }
                catch (PriceSourceException)
                {
                    // How a source says that there is no answer.
                }
            });
        var vaults = new VaultListReader(new TokenNames(ContractId.Parse($"{Samples.Owner}.wstx", null)));
        var listed = $$$"""{"status":"success","data":[{"type":"POOL","contractId":"{{{Samples.Owner}}}.pool","name":"P","fee":3000,"reservesA":1000,"reservesB":"2000","externalPoolId":"a.b","tokenA":{"contractId":".stx","symbol":"STX","name":"Stacks","decimals":6,"identifier":"stx"},"tokenB":{"contractId":"{{{Samples.Owner}}}.t","symbol":"T","name":"T","decimals":38,"identifier":"t","image":"https://a/b.png","type":"SUBNET","base":"{{{Samples.Owner}}}.u"}}]}""";
        yield return new("lists of vaults", [Bytes(listed)], bytes =>
        {
            if (Json(bytes) is not { } json) return;
            try
            {
                using (json) _ = vaults.Read(json.RootElement);
            }
            catch (InvalidOperationException)
            {
                // Text that is no Unicode, which its source takes for no answer.
            }
        });
        var txId = new string('a', 64);
        var mined = $$$"""{"tx_id":"0x{{{txId}}}","tx_status":"success","canonical":true,"block_height":7,"block_time":1893456000,"tx_result":{"hex":"0x0703"},"events":[{"event_type":"fungible_token_asset","asset":{"asset_event_type":"transfer","asset_id":"a.b::c","recipient":"{{{Samples.Owner}}}","amount":"5"}}]}""";
        yield return new("transactions as a node tells them", [Bytes(mined), Bytes($$"""{"tx_id":"0x{{txId}}","tx_status":"pending"}""")],
            bytes =>
            {
                if (Json(bytes) is not { } json) return;
                try
                {
                    using (json) _ = NodeTransaction.Of(json.RootElement, txId);
                }
                catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException
                    or OverflowException or ArgumentException)
                {
                    // What the node's client takes for no answer.
                }
            });
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static JsonDocument? Json(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null; // which its own reader says
        }
    }
}
