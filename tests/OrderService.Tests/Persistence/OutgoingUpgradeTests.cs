using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Persistence;

/// <summary>
/// Withdrawals' transactions and fills of nonces that had tables of their own, and what becomes of them when the program is renewed.
/// </summary>
public sealed class OutgoingUpgradeTests
{
    private const string Account = "00000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task What_had_tables_of_its_own_stands_in_one_with_its_versions_and_as_it_stood()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ExecuteAsync(source, "DROP SCHEMA public CASCADE; DROP SCHEMA simulator CASCADE; CREATE SCHEMA public");
        await Migrator.ApplyAsync(source, [.. Migrator.Embedded().Where(m => m.Number < 78)], CancellationToken.None);
        await ExecuteAsync(source, $"""
            INSERT INTO solvers (address, next_nonce) VALUES ('S', 100);
            INSERT INTO accounts (id, owner, name, address, created_at) VALUES ('{Account}', 'O', 'one', 'A', now());
            """);
        // Sent once; outbid twice; paid by bytes that were outbid, and not final; paid for good; lost after an abort; lost to another,
        // refused before that.
        await WithdrawalAsync(source, 1, "sent", "t1", ["t1 1 live"]);
        await WithdrawalAsync(source, 2, "sent", "t4", ["t2 2 live", "t3 2 live", "t4 2 live"]);
        await WithdrawalAsync(source, 3, "confirmed", "t5", ["t5 3 live mined", "t6 3 live"]);
        await WithdrawalAsync(source, 4, "confirmed final", "t7", ["t7 4", "t8 4"]);
        await WithdrawalAsync(source, 5, "waiting", "t9", ["t9 5 mined 7"]);
        await WithdrawalAsync(source, 6, "waiting", "t11", ["t10 6 rejected", "t10 6 rejected", "t11 8"]);
        // Not sent yet; outbid; in the place of a call and not mined; mined with an account's nonce long ago, and just now.
        await FillAsync(source, "f1", 20, 5, "-infinity");
        await FillAsync(source, "f2", 21, 5, "2026-01-02T00:00:00Z");
        await FillAsync(source, "f3", 21, 6, "2026-01-02T00:00:00Z");
        await FillAsync(source, "f4", 1, 9, "2026-01-02T00:00:00Z", origin: 3);
        await FillAsync(source, "f5", 10, 5, "2026-01-02T00:00:00Z", origin: 4, isMined: true);
        await FillAsync(source, "f6", 11, 5, "2026-01-02T00:00:00Z", origin: 5, isMined: true, age: "1 minute");

        await Migrator.ApplyAsync(source, CancellationToken.None);

        (await Verdict.ReadAsync(source, """
            SELECT concat_ws(' ', t.tx_id, t.purpose, right(t.withdrawal_id::text, 1), t.status, t.nonce, t.origin_nonce, t.raises, CASE WHEN t.is_final THEN 'final' END,
                (SELECT string_agg(v.tx_id, ',' ORDER BY v.tx_id) FROM outgoing_versions v WHERE v.transaction_id = t.id))
            FROM outgoing_transactions t ORDER BY length(t.tx_id), t.tx_id, t.id
            """)).ShouldBe(
        [
            "f1 fill prepared 20 0", "f3 fill sent 21 1 f2", "f4 fill sent 1 3 0", "f5 fill confirmed 10 4 0 final",
            "f6 fill confirmed 11 5 0",
            "t1 withdrawal 1 prepared 1 0", "t4 withdrawal 2 sent 2 2 t2,t3", "t5 withdrawal 3 confirmed 3 1 t6",
            "t7 withdrawal 4 confirmed 4 1 final t8",
            "t9 withdrawal 5 reverted 5 7 0 final", "t10 withdrawal 6 rejected 6 0 final", "t10 withdrawal 6 rejected 6 0 final",
            "t11 withdrawal 6 replaced 8 0 final",
        ]);
        (await Verdict.ReadAsync(source,
            "SELECT concat_ws(' ', origin_nonce, nonce, is_mined, is_outbid) FROM account_calls ORDER BY origin_nonce")).ShouldBe(
                ["3 1 f f", "4 10 t f", "5 11 t f", "7 5 t f"]);
    }

    private static async Task WithdrawalAsync(NpgsqlDataSource source, int number, string stands, string latest, string[] transactions)
    {
        var (id, status) = ($"00000000-0000-4000-8000-{number:d12}", stands.Split(' ')[0]);
        await ExecuteAsync(source, $"""
            INSERT INTO withdrawals (id, account_id, token, amount, recipient, intent_uuid, status, tries, wake_at, tx_id, block_height, created_at, ended_at, is_final)
            VALUES ('{id}', '{Account}', 'T', 1, 'O', '{id}', '{status}', 1, {(status == "waiting" ? "now()" : "NULL")}, '{latest}', 7, now(), {(status == "confirmed" ? "now()" : "NULL")}, {stands.EndsWith("final", StringComparison.Ordinal)})
            """);
        foreach (var one in transactions.Select(text => text.Split(' ')))
        {
            var origin = one[^1] == "7" ? "'A', 7" : "NULL, NULL";
            await ExecuteAsync(source, $"""
                INSERT INTO withdrawal_transactions (withdrawal_id, tx_id, raw, solver, nonce, fee, is_live, is_rejected, is_mined, sends_count, prepared_at, last_sent_at, origin, origin_nonce)
                VALUES ('{id}', '{one[0]}', '\x01', 'S', {one[1]}, 1, {one.Contains("live")}, {one.Contains("rejected")}, {one.Contains("mined")}, 1, now(), now(), {origin})
                """);
        }
    }

    private static Task FillAsync(
        NpgsqlDataSource source, string txId, int nonce, int fee, string sentAt, int? origin = null, bool isMined = false,
        string age = "2 days") => ExecuteAsync(source, $"""
            INSERT INTO nonce_fills (tx_id, solver, nonce, raw, fee, made_at, last_sent_at, origin, origin_nonce, is_mined)
            VALUES ('{txId}', 'S', {nonce}, '\x01', {fee}, now() - interval '{age}', '{sentAt}', {(origin is null ? "NULL, NULL" : $"'A', {origin}")}, {isMined})
            """);

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
