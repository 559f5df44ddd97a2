using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The same call twice, of a client that cannot say that it is the same.</summary>
public sealed class RepeatedStrategyTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    [Fact]
    public async Task W4_The_same_body_with_the_same_proof_is_one_order_for_ten_seconds()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var (body, proof) = (client.Limit("999999999999999999"), client.Header());
        var first = await PostAsync(client, body, proof);
        var again = await PostAsync(client, body, proof);
        (first.Replayed, again.Replayed, again.Order, again.Body).ShouldBe((false, true, first.Order, first.Body));
        var other = await PostAsync(client, client.Limit("999999999999999998"), proof); // one proof serves many calls
        (await PostAsync(client, body, client.Header())).Order.ShouldNotBe(first.Order); // and who signs again means another
        await using (var command = service.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("UPDATE idempotency_keys SET created_at = created_at - interval '10 minutes'"))
        {
            await command.ExecuteNonQueryAsync();
        }
        var later = await PostAsync(client, body, proof);
        later.Replayed.ShouldBeFalse();
        new[] { first.Order, other.Order, later.Order }.Distinct().Count().ShouldBe(3);
        (await client.SendAsync(HttpMethod.Get, "orders")).Body!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task W4_Of_many_at_once_one_makes_the_order_and_all_are_answered_it()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var (body, proof) = (client.Limit("999999999999999999"), client.Header());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(client, body, proof)));
        answers.Select(a => a.Order).Distinct().Count().ShouldBe(1);
        answers.Count(a => !a.Replayed).ShouldBe(1);
    }

    private async Task<(string Order, bool Replayed, string Body)> PostAsync(StrategyClient client, JsonObject body, string proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/strategies/{client.Address}/order")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-verify", proof);
        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return (response.Headers.GetValues("X-Order-Id").Single(), response.Headers.Contains("Idempotent-Replayed"), text);
    }
}
