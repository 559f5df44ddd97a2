namespace OrderService.Tests.Tread;

/// <summary>A key that calls too often.</summary>
public sealed class ThrottledTests(ThrottledTests.Fixture service) : IClassFixture<ThrottledTests.Fixture>
{
    [Theory]
    [InlineData("/api/orders/")]
    [InlineData("/api/orders_with_stats/")] // where a 401 has no detail, this has
    public async Task Too_many_calls_are_a_429_that_says_when_to_come_back(string path)
    {
        var user = await service.UserAsync();
        for (var calls = 0; ; calls++)
        {
            calls.ShouldBeLessThan(100);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", $"Token {user.Token}");
            using var answer = await service.Http.SendAsync(request);
            if ((int)answer.StatusCode == 200) continue;
            ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((429, """{"detail":"Request was throttled."}"""));
            answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            return;
        }
    }

    public sealed class Fixture : TreadFixture
    {
        protected override string[] More => ["--Auth:RequestsPerMinute=3"];
    }
}
