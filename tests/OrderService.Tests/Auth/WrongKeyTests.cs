using OrderService.Engine.Auth;

namespace OrderService.Tests.Auth;

/// <summary>Keys that nobody has, many at a time.</summary>
public sealed class WrongKeyTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private readonly TestWallet _owner = new();

    [Fact]
    public async Task S12_After_thirty_wrong_keys_no_other_is_looked_up_for_a_minute_and_who_showed_a_right_one_goes_on()
    {
        var (known, _) = await world.CreateKeyAsync(_owner, "known");
        var (fresh, _) = await world.CreateKeyAsync(_owner, "fresh");
        (await AskAsync(known)).Status.ShouldBe(200);
        for (var i = 0; i < 30; i++) (await AskAsync(i % 2 == 0 ? ApiKeySecret.New().Reveal() : "nonsense")).Status.ShouldBe(401);
        for (var i = 0; i < 3; i++)
        {
            var (status, code, retry) = await AskAsync(ApiKeySecret.New().Reveal());
            (status, code).ShouldBe((429, "too_many_requests"));
            retry.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        }
        (await AskAsync(fresh)).Status.ShouldBe(429); // it may be a guess like the others
        (await AskAsync(known)).Status.ShouldBe(200);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync(fresh)).Status.ShouldBe(200);
        (await AskAsync("nonsense")).Status.ShouldBe(401);
    }

    private async Task<(int Status, string? Code, TimeSpan? Retry)> AskAsync(string key)
    {
        var (status, body, headers) = await world.SendAsync("POST", $"/orders/{Guid.NewGuid()}/list_orders?owner={_owner.Address}",
            [("X-API-Key", key)]);
        return (status, (string?)body["code"], headers.RetryAfter?.Delta);
    }
}
