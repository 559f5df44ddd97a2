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
