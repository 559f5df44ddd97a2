using System.Text.Json.Nodes;
using OrderService.Client;
using OrderService.CommandLine;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Http;

namespace OrderService.Tests.CommandLine;

/// <summary>
/// The verbs that read, and the C# client under them, against the real service: in tables for a person, in JSON for a program, in whole
/// tokens by symbol.
/// </summary>
public sealed class ReadCommandTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private string Url => service.Client.BaseAddress!.ToString().TrimEnd('/');

    [Fact]
    public async Task Prices_are_shown_by_symbol()
    {
        var run = await RunAsync("prices", "stx", "CHA");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldMatch(@"│ STX +│ [\d.]+ +│ \d+ s +│ simulated");
        run.Out.ShouldContain("│ CHA ");
        run.Out.ShouldNotContain("WELSH");
        JsonNode.Parse((await RunAsync("prices", "STX", "--json")).Out)!.AsArray().Single()!["tokenId"]!.ToString().ShouldBe(".stx");
        var unknown = await RunAsync("prices", "DOGE");
        (unknown.ExitCode, unknown.Out).ShouldBe((2, ""));
        unknown.Error.ShouldContain("No token is called DOGE. There are STX, ");
    }

    [Fact]
    public async Task Orders_are_a_table_of_whole_tokens_and_one_of_them_is_explained()
    {
        var waiting = service.Wallet.Order(
            body => (body["conditionToken"], body["targetPrice"], body["direction"], body["baseAsset"]) = (".stx", "1000", "gt", "USD"));
        (await service.Wallet.PostOrderAsync(waiting)).Status.ShouldBe(200);
        var uuid = (string)waiting["uuid"]!;
        var list = await RunAsync("orders", "--demo");
        list.ExitCode.ShouldBe(0, list.Error);
        list.Out.ShouldMatch($@"│ {uuid} │ 1 CHA-subnet +│ STX +│ STX ≥ 1000 USD +│ open +│ waits: price");
        JsonNode.Parse((await RunAsync("orders", "--demo", "--status", "open", "--json")).Out)!.AsArray()
            .Select(order => (string)order!["uuid"]!).ShouldContain(uuid);

        var one = await RunAsync("orders", uuid);
        one.ExitCode.ShouldBe(0, one.Error);
        one.Out.ShouldContain("It waits for STX at 1000 USD or more");
        one.Out.ShouldMatch(@"│ price +│ no +│");
        ((string)JsonNode.Parse((await RunAsync("orders", uuid, "--json")).Out)!["explanation"]!["waitingFor"]!).ShouldBe("price");
        (await RunAsync("orders", Guid.NewGuid().ToString())).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(1),
            run => run.Error.ShouldContain("not found", Case.Insensitive));
        (await RunAsync("orders")).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(2), run => run.Error.ShouldContain("Say whose"));
    }

    [Fact]
    public async Task A_preview_is_asked_for_in_whole_tokens_by_symbol()
    {
        var run = await RunAsync("preview", "10.5", "cha-subnet", "stx", "--demo");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("It would sell 10.5 CHA-subnet for about ");
        run.Out.ShouldMatch(@"│ Would it be taken +│ yes");
        run.Out.ShouldMatch(@"│ Quote of now +│ [\d.]+ STX");
        var later = JsonNode.Parse(
            (await RunAsync("preview", "1", "CHA-subnet", "STX", "--watch", "STX", "--above", "1000", "--demo", "--json")).Out)!;
        ((bool)later["acceptable"]!, (bool)later["wouldTriggerNow"]!).ShouldBe((true, false));
        (await RunAsync("preview", "1.1234567", "CHA-subnet", "STX")).Error.ShouldContain("with at most 6 digits behind the point");
        (await RunAsync("preview", "1", "CHA-subnet", "STX", "--above", "2")).Error.ShouldContain("--watch goes with");
    }

    [Fact]
    public async Task Watch_tells_an_order_from_its_beginning_to_its_end()
    {
        var body = service.Wallet.Order(Wallet.AtOnce);
        (await service.Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        var uuid = (string)body["uuid"]!;
        var run = await RunAsync("watch", uuid, "--demo");
        run.ExitCode.ShouldBe(0, run.Error);
        foreach (var kind in (string[])["created", "triggered", "broadcast", "sent", "confirmed"]) run.Out.ShouldContain($"{uuid}  {kind}");
        run.Out.ShouldMatch(@"confirmed  \(txid [0-9a-f]{64}, amountOut \d+, blockHeight \d+\)");
        var lines = (await RunAsync("watch", uuid, "--demo", "--json")).Out.Trim().Split('\n').Select(line => JsonNode.Parse(line)!)
            .ToList();
        lines.Select(line => (string)line["id"]!).Distinct().Count().ShouldBe(lines.Count);
        lines.ShouldAllBe(line => (string)line["order"]! == uuid);
    }

    [Fact]
    public async Task Accounts_show_what_each_holds_by_a_key_of_the_wallet_s()
    {
        var key = await service.Wallet.NewKeyAsync("\"accounts\"");
        using var opened = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = new StringContent("""{"name":"savings"}""", System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "X-API-Key", key } },
        };
        var (status, account) = await service.Wallet.SendAsync(opened);
        status.ShouldBe(200, account.ToJsonString());
        var given = new JsonObject
        {
            ["address"] = (string)account["account"]!["address"]!, ["token"] = service.Wallet.SellToken, ["amount"] = "2500000",
        };
        using var faucet = await service.Client.PostAsync("/simulator/faucet",
            new StringContent(given.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        var run = await CommandRun.NowAsync(new Dictionary<string, string> { [ReadOptions.KeyVariable] = key }, "accounts", "--url", Url);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldMatch(@"│ savings │ ST[0-9A-Z]+ │ CHA-subnet │ 2\.5 ");
    }

    [Fact]
    public async Task The_client_places_pauses_resumes_executes_and_cancels_and_calls_again_where_that_helps()
    {
        var signer = new WalletSigner(PrivateKey.Parse(DemoKey.Hex));
        using var client = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Signer = signer });
        var wanted = new NewOrder { InputToken = service.Wallet.SellToken, OutputToken = ".stx", AmountIn = 1_000_000 };
        (await client.PlaceAsync(wanted)).Status.ShouldBe("open");
        (await client.PlaceAsync(wanted)).Uuid.ShouldBe(wanted.Uuid); // the same order
        (await client.PauseAsync(wanted.Uuid)).Paused.ShouldBeTrue();
        (await client.ResumeAsync(wanted.Uuid)).Paused.ShouldBeFalse();
        (await client.ExecuteAsync(wanted.Uuid)).Length.ShouldBe(64);
        await service.Wallet.WaitAsync(wanted.Uuid, "confirmed");
        (await client.ExplainAsync(wanted.Uuid)).Sentence.ShouldStartWith("It is done");
        var other = await client.PlaceAsync(wanted with { Uuid = Guid.NewGuid().ToString() });
        (await client.CancelAsync(other.Uuid)).Status.ShouldBe("cancelled");
        (await Should.ThrowAsync<ServiceRefusedException>(
            client.PlaceAsync(wanted with { Uuid = Guid.NewGuid().ToString(), OutputToken = "ST000000000000000000002AMW42H.nothing" })))
            .ShouldSatisfyAllConditions(refused => refused.Status.ShouldBe(400), refused => refused.Code.ShouldBe("unknown_token"),
                refused => refused.Field.ShouldBe("outputToken"));
        using var elsewhere = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Signer = signer, Service = "another.example" });
        (await Should.ThrowAsync<ServiceRefusedException>(elsewhere.PlaceAsync(wanted))).Code.ShouldBe("wrong_service");

        using var busy = new BusyFirst(2);
        using var patient = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Handler = busy });
        (await patient.TokensAsync()).ShouldNotBeEmpty();
        busy.Asked.ShouldBe(3);
        using var hasty = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Handler = new BusyFirst(1), RetriesMax = 0 });
        (await Should.ThrowAsync<ServiceRefusedException>(hasty.TokensAsync())).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("busy"), refused => refused.IsPassing.ShouldBeTrue());
    }

    [Fact]
    public async Task The_client_places_groups_and_changes_and_replaces_orders()
    {
        var signer = new WalletSigner(PrivateKey.Parse(DemoKey.Hex));
        using var client = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Signer = signer });
        var wanted = new NewOrder
        {
            InputToken = service.Wallet.SellToken, OutputToken = ".stx", AmountIn = 1_000_000, ConditionToken = ".stx", Direction = "gt",
            TargetPrice = "1000",
        };
        NewOrder Fresh() => wanted with { Uuid = Guid.NewGuid().ToString() };
        var group = await client.PlaceGroupAsync(GroupType.Oco, [Fresh(), Fresh()]);
        (group.Type, group.Status, group.ActiveLeg).ShouldBe(("oco", "open", null));
        group.Legs.Select(leg => (leg.GroupId, leg.Leg)).ShouldBe([(group.GroupId, 1), (group.GroupId, 2)]);
        (await client.GroupAsync(group.GroupId)).Legs.Count.ShouldBe(2);
        (await client.CancelGroupAsync(group.GroupId)).ShouldAllBe(one => one.Ok && one.OrderStatus == "cancelled");
        (await client.GroupAsync(group.GroupId)).Status.ShouldBe("ended");
        var preview = await client.PreviewGroupAsync(GroupType.Bracket, [Fresh(), Fresh()]);
        (preview.Acceptable, preview.Legs.Count, preview.Refusals[0].Field).ShouldBe((false, 2, "legs"));

        await client.PlaceAsync(wanted);
        var read = await client.RevisedAsync(wanted.Uuid);
        read.Revision.ShouldBe(1);
        var until = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero);
        (await client.AmendAsync(read, new OrderChanges { TargetPrice = "1100.50", ValidTo = until, SlippageBps = 50 })).TargetPrice
            .ShouldBe("1100.5");
        (await Should.ThrowAsync<ServiceRefusedException>(client.AmendAsync(read, new OrderChanges { TargetPrice = "1200" }))).Code
            .ShouldBe("revision_mismatch");
        using var cut = new OrderServiceClient(new ClientOptions(new Uri(Url)) { Signer = signer, Handler = new LosesAnswer() });
        read = await cut.RevisedAsync(wanted.Uuid);
        // its change is made, the answer lost, and the call made again
        (await cut.AmendAsync(read, new OrderChanges { TargetPrice = "1300.0", ValidTo = until.AddDays(1) })).TargetPrice.ShouldBe("1300");
        (await client.RevisedAsync(wanted.Uuid)).Revision.ShouldBe(3);

        var instead = Fresh();
        (await client.ReplaceAsync(wanted.Uuid, instead)).Uuid.ShouldBe(instead.Uuid);
        (await client.OrderAsync(wanted.Uuid)).CancelReason.ShouldBe("replaced_by_order");
        (await client.CancelAsync(instead.Uuid)).Status.ShouldBe("cancelled");
    }

    private sealed class LosesAnswer : HttpClientHandler
    {
        private bool _hasLost;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Patch || _hasLost) return answer;
            _hasLost = true;
            answer.Dispose();
            throw new HttpRequestException("the answer was lost");
        }
    }

    [Theory]
    [InlineData("10.5", 6, "10500000")]
    [InlineData("0.000001", 6, "1")]
    [InlineData("1.10", 1, "11")]
    [InlineData("7", 0, "7")]
    [InlineData("1.01", 1, null)]
    [InlineData("", 6, null)]
    [InlineData("1e3", 6, null)]
    [InlineData("-1", 6, null)]
    [InlineData("1.2.3", 6, null)]
    [InlineData("340282366920938463463374607431768211456", 0, null)]
    public void Whole_tokens_become_base_units_exactly_or_not_at_all(string text, int decimals, string? units)
    {
        TokenText.TryUnits(text, decimals, out var read).ShouldBe(units is not null);
        if (units is not null) read.ShouldBe(UInt128.Parse(units, null));
        if (units is not null) TokenText.TryUnits(TokenText.Whole(units, decimals), decimals, out var again).ShouldBe(again == read);
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.NowAsync(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = Url }, args);

    // A service that is busy so many times, and then is the real one.
    private sealed class BusyFirst(int times) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (++Asked > times) return base.SendAsync(request, cancellationToken);
            var busy = new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)
            {
                Content = new StringContent("""{"error":"busy now","code":"busy"}"""),
            };
            busy.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.Zero);
            return Task.FromResult(busy);
        }
    }
}
