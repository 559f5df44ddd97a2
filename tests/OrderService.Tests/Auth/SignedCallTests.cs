using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Auth;

/// <summary>Calls about an order that its owner's wallet proves, in every form and with messages that act once.</summary>
public sealed class SignedCallTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private readonly TestWallet _owner = new();
    private readonly string _uuid = Guid.NewGuid().ToString();

    private DateTimeOffset Now => world.Time.GetUtcNow();

    [Fact]
    public async Task A_bare_uuid_is_accepted_in_every_form()
    {
        var signature = _owner.Sign(_uuid);
        await PassesAsync("cancel_order", [("x-signature", signature)]);
        await PassesAsync("cancel_order", [("x-signature", signature), ("x-public-key", _owner.PublicKey)]);
        await PassesAsync("cancel_order", [("x-signature", signature), ("x-message", _uuid)]);
        await PassesAsync("cancel_order", [("Authorization", $"SIGNATURE {signature}")]);
        await PassesAsync("cancel_order", [("Authorization", $"signature 0x{signature}")]);
        await PassesAsync("cancel_order", [], _owner.Body(_uuid));
        await PassesAsync("cancel_order", [("x-signature", signature)], "not json, and not needed");
    }

    [Fact]
    public async Task A_message_is_accepted_in_a_header_and_in_the_body()
    {
        var first = Message("execute_order", "1");
        await PassesAsync("execute_order", [("x-signature", _owner.Sign(first)), ("x-message", first)]);
        var second = Message("execute_order", "2");
        await PassesAsync("execute_order", [], _owner.Body(second));
        var third = Message("execute_order", "3");
        await PassesAsync("execute_order", [("x-signature", _owner.Sign(third))], _owner.Body(third));
        var fourth = Message("execute_order", "4");
        await PassesAsync("execute_order", [("Authorization", $"SIGNATURE 0x{_owner.Sign(fourth)}"), ("x-message", fourth)]);
    }

    [Fact]
    public async Task A_message_acts_once()
    {
        var message = Message("cancel_order", "");
        (string, string)[] headers = [("x-signature", _owner.Sign(message)), ("x-message", message)];
        await PassesAsync("cancel_order", headers);
        (await CodeAsync("cancel_order", headers, null, 401)).ShouldBe("message_already_used");
        (await CodeAsync("execute_order", headers, null, 401)).ShouldBe("invalid_message");
    }

    [Fact]
    public async Task A_message_and_a_uuid_in_another_case_are_other_texts()
    {
        var upper = _uuid.ToUpperInvariant();
        (await CodeAsync("cancel_order", [("x-signature", _owner.Sign(upper))], null, 401)).ShouldBe("invalid_signature");
        (await CodeAsync("cancel_order", [("x-signature", _owner.Sign(upper)), ("x-message", upper)], null, 401)).ShouldBe(
            "invalid_message");
    }

    [Fact]
    public async Task A_bare_uuid_once_presented_for_cancel_never_executes()
    {
        (string, string)[] headers = [("x-signature", _owner.Sign(_uuid))];
        await PassesAsync("execute_order", headers);
        await PassesAsync("execute_order", headers);
        await PassesAsync("cancel_order", headers);
        await PassesAsync("cancel_order", headers);
        (await CodeAsync("execute_order", headers, null, 401)).ShouldBe("message_presented_for_cancel");
        await new MessageSweeperRun(world).ForeverLaterAsync();
        (await CodeAsync("execute_order", headers, null, 401)).ShouldBe("message_presented_for_cancel");
        var message = Message("execute_order", "after");
        await PassesAsync("execute_order", [("x-signature", _owner.Sign(message)), ("x-message", message)]);
    }

    [Fact]
    public async Task Used_messages_go_when_they_can_no_longer_be_used()
    {
        var message = Message("cancel_order", "purged");
        await PassesAsync("cancel_order", [("x-signature", _owner.Sign(message)), ("x-message", message)]);
        (await RowsAsync()).ShouldBe(1);
        world.Time.Advance(TimeSpan.FromMinutes(5.5));
        await world.Get<MessageSweeper>().TickAsync(CancellationToken.None);
        (await RowsAsync()).ShouldBe(1);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await world.Get<MessageSweeper>().TickAsync(CancellationToken.None)).ShouldBeGreaterThan(0);
        (await RowsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task No_proof_a_strangers_and_a_malformed_one_are_refused()
    {
        (await CodeAsync("cancel_order", [], null, 401)).ShouldBe("missing_credentials");
        (await CodeAsync("cancel_order", [], "{}", 401)).ShouldBe("missing_credentials");
        (await CodeAsync("cancel_order", [("Authorization", "Bearer abc")], null, 401)).ShouldBe("missing_credentials");
        (await CodeAsync("cancel_order", [("Authorization", "SIGNATURE abc")], null, 401)).ShouldBe("invalid_signature");
        (await CodeAsync("cancel_order", [("x-signature", "0x" + _owner.Sign(_uuid))], null, 401)).ShouldBe("invalid_signature");
        (await CodeAsync("cancel_order", [("x-signature", new TestWallet().Sign(_uuid))], null, 401)).ShouldBe("invalid_signature");
        (await CodeAsync("cancel_order", [("x-signature", _owner.Sign(_uuid)), ("x-public-key", new TestWallet().PublicKey)], null,
            401)).ShouldBe("invalid_signature");
        var mainnet = new OrderService.Stacks.Addresses.StacksAddress(22, _owner.Address.Hash);
        var (status, body, _) = await world.SendAsync("POST", $"/orders/{_uuid}/cancel_order?owner={mainnet}",
            [("x-signature", _owner.Sign(_uuid))]);
        (status, (string?)body["code"]).ShouldBe((400, "wrong_network"));
    }

    [Fact]
    public async Task A_refused_proof_comes_as_a_problem_where_that_is_asked_for()
    {
        var (status, body, _) = await world.SendAsync("POST", $"/orders/{_uuid}/cancel_order", [("Accept", "application/problem+json")]);
        (status, (int)body["status"]!, (string?)body["code"],
            (string?)body["title"]).ShouldBe((401, 401, "missing_credentials", "Unauthorized"));
    }

    private string Message(string action, string salt) => _owner.Message(action, Now, $",\"uuid\":\"{_uuid}\",\"salt\":\"{salt}\"");

    private Task<(int Status, JsonNode Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> SendAsync(
        string action, (string, string)[] headers, string? body) =>
            world.SendAsync("POST", $"/orders/{_uuid}/{action}?owner={_owner.Address}", headers, body);

    private async Task PassesAsync(string action, (string, string)[] headers, string? body = null)
    {
        var (status, answer, _) = await SendAsync(action, headers, body);
        status.ShouldBe(200, answer.ToJsonString());
        ((string?)answer["owner"]).ShouldBe(_owner.Address.ToString());
    }

    private async Task<string?> CodeAsync(string action, (string, string)[] headers, string? body, int expected)
    {
        var (status, answer, _) = await SendAsync(action, headers, body);
        status.ShouldBe(expected, answer.ToJsonString());
        return (string?)answer["code"];
    }

    private async Task<int> RowsAsync()
    {
        await using var db = world.OpenDb();
        var signer = _owner.Address.ToString();
        return await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM used_messages WHERE signer = {signer}")
            .SingleAsync();
    }

    // A purge as it would run a year from now; the world's own clock stays.
    private sealed class MessageSweeperRun(AuthWorld world)
    {
        public async Task ForeverLaterAsync()
        {
            await using var db = world.OpenDb();
            await MessageLedger.PurgeAsync(db, world.Time.GetUtcNow().AddYears(1), 1_000_000, CancellationToken.None);
        }
    }
}
