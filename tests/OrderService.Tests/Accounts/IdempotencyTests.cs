using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Accounts;

/// <summary>The ledger of creating calls, on a clock of the test's.</summary>
public sealed class IdempotencyTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public async Task A_call_that_broke_off_is_taken_over_after_its_lease_with_the_id_that_it_had()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var ledger = Ledger(source);
        var call = Call("a", "body");
        var first = (await ledger.BeginAsync(call, default)).Value;
        (await ledger.BeginAsync(call, default)).Error.ShouldBeOfType<OrderError.Conflict>().Code.ShouldBe("idempotency_in_flight");
        (await ledger.BeginAsync(Call("a", "other"), default)).Error.ShouldBeOfType<OrderError.Unprocessable>().Code.ShouldBe(
            "idempotency_key_reused");
        _time.Advance(TimeSpan.FromSeconds(61));
        (await ledger.BeginAsync(Call("a", "other"), default)).Error!.Code.ShouldBe("idempotency_key_reused");
        var second = (await ledger.BeginAsync(call, default)).Value;
        (second.Id, second.Answer).ShouldBe((first.Id, null));
        await ledger.KeepAsync(call, new StoredAnswer("application/json", [1, 2], "o-1"), default);
        // the one that broke off comes back: the first answer stays
        await ledger.KeepAsync(call, new StoredAnswer("application/json", [3], null), default);
        var third = (await ledger.BeginAsync(call, default)).Value;
        (third.Id, third.Answer!.ContentType, third.Answer.OrderId).ShouldBe((first.Id, "application/json", "o-1"));
        third.Answer.Body.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task W4_An_answer_that_lasts_is_given_again_until_then_and_makes_room_after_it()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var ledger = Ledger(source);
        var call = Call("w", "body") with { Lasts = TimeSpan.FromSeconds(10) };
        var first = (await ledger.BeginAsync(call, default)).Value;
        await ledger.KeepAsync(call, new StoredAnswer("application/json", [1], "o-1"), default);
        _time.Advance(TimeSpan.FromSeconds(9));
        (await ledger.BeginAsync(call, default)).Value.Answer!.OrderId.ShouldBe("o-1");
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = (await ledger.BeginAsync(call, default)).Value;
        (second.Id != first.Id, second.Answer).ShouldBe((true, null));
        (await ledger.BeginAsync(call, default)).Error!.Code.ShouldBe("idempotency_in_flight");
        await ledger.KeepAsync(call, new StoredAnswer("application/json", [2], "o-2"), default);
        (await ledger.BeginAsync(call, default)).Value.Answer!.OrderId.ShouldBe("o-2");
    }

    [Fact]
    public async Task A_refused_call_is_forgotten_and_a_kept_one_after_its_window()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var ledger = Ledger(source);
        var (refused, kept) = (Call("r", "body"), Call("k", "body"));
        var before = (await ledger.BeginAsync(refused, default)).Value.Id;
        await ledger.ForgetAsync(refused, default);
        (await ledger.BeginAsync(refused, default)).Value.Id.ShouldNotBe(before);
        await ledger.BeginAsync(kept, default);
        await ledger.KeepAsync(kept, new StoredAnswer("application/json", [1], null), default);
        await ledger.ForgetAsync(kept, default);
        var again = (await ledger.BeginAsync(kept, default)).Value.Answer!;
        (again.OrderId, again.Body.Single()).ShouldBe((null, (byte)1));
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        (await ledger.PurgeAsync(100, default)).ShouldBeGreaterThanOrEqualTo(2);
        (await ledger.BeginAsync(kept, default)).Value.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_at_once_one_begins()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var ledger = Ledger(source);
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => ledger.BeginAsync(Call("race", "body"), default)));
        answers.Count(a => a.Error is null).ShouldBe(1);
        answers.Where(a => a.Error is not null).ShouldAllBe(a => a.Error!.Code == "idempotency_in_flight");
    }

    private IdempotencyLedger Ledger(NpgsqlDataSource source) => new(source, Options.Create(new AuthOptions()), _time);

    private static IdempotentCall Call(string key, string body) =>
        new("POST /somewhere owner", key, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)));
}
