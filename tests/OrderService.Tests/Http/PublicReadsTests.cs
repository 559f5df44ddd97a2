namespace OrderService.Tests.Http;

/// <summary>The service where everyone may list orders.</summary>
public sealed class PublicService : ServiceFixture
{
    protected override IReadOnlyList<string> More => ["--Orders:PublicReads=true"];
}

/// <summary>What a list looks at where it asks for no proof.</summary>
public sealed class PublicReadsTests(PublicService service) : IClassFixture<PublicService>
{
    [Fact]
    public async Task An_order_of_a_managed_account_is_listed_to_its_owner_only()
    {
        var owner = new OrderService.Tests.SwapCoffee.StrategyClient(service.Client, OrderService.Stacks.Crypto.PrivateKey.Generate(),
            service.Wallet.SellToken);
        await owner.OpenAsync();
        await owner.CreatedAsync(owner.Limit("999999999999999999"));
        var (status, page) = await service.Wallet.GetAsync($"/api/v1/orders?owner={owner.Address}");
        (status, page["data"]!.AsArray().Count).ShouldBe((200, 0));
        (await service.Wallet.GetAsync($"/api/v1/orders?owner={owner.Address}&page=1")).Body["pagination"]!["total"]!.GetValue<int>()
            .ShouldBe(0);
        var message = owner.Message("list_orders", $",\"owner\":\"{owner.Address}\"");
        var (own, mine) = await service.Wallet.GetAsync($"/api/v1/orders?owner={owner.Address}", request =>
        {
            request.Headers.Add("x-message", message);
            request.Headers.Add("x-signature", owner.Sign(message));
        });
        (own, mine["data"]!.AsArray().Count).ShouldBe((200, 1), mine.ToJsonString());
    }

    [Fact]
    public async Task W14_A_proof_that_is_there_is_looked_at_and_narrows_nothing()
    {
        var (status, made) = await service.Wallet.PostOrderAsync(service.Wallet.Order());
        status.ShouldBe(200, made.ToJsonString());
        (await ListAsync()).ShouldBe(200);
        (await ListAsync(("X-API-Key", "ck_live_" + new string('0', 64)))).ShouldBe(401);
        (await ListAsync(("x-signature", new string('0', 130)), ("x-message", "{}"))).ShouldBe(401);

        async Task<int> ListAsync(params (string Name, string Value)[] headers)
        {
            var (code, page) = await service.Wallet.GetAsync("/api/v1/orders", request =>
            {
                foreach (var (name, value) in headers) request.Headers.Add(name, value);
            });
            if (code == 200) page["data"]!.AsArray().Count.ShouldBe(1);
            return code;
        }
    }
}
