using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Tests.Ground;
using OrderService.Tests.Simulation;

namespace OrderService.Tests.Persistence;

/// <summary>What a session's end throws is an outage, whether the store says why or is gone without a word.</summary>
public sealed class LostSessionTests
{
    private const string Statement = "SELECT CASE WHEN @last THEN pg_terminate_backend(pg_backend_pid()) END";

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // the second use prepares it
    [InlineData(2)]
    public async Task A_session_that_the_store_ends_at_any_use_of_a_statement_is_an_outage(int usesBefore)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = Preparing(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        for (var use = 0; use < usesBefore; use++) await UseAsync(connection, isLast: false);
        await ShouldBeOutageAsync(() => UseAsync(connection, isLast: true));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_session_that_is_gone_without_a_word_when_it_is_given_a_statement_is_an_outage(int usesBefore)
    {
        await using var database = await TestDatabase.CreateAsync();
        var isGone = false;
        await using var proxy = RewritingProxy.Start(database.ConnectionString,
            text => isGone && text.StartsWith("SELECT CASE", StringComparison.Ordinal) ? throw new IOException("cut") : text);
        await using var source = Preparing(proxy.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        for (var use = 0; use < usesBefore; use++) await UseAsync(connection, isLast: false);
        isGone = true;
        await ShouldBeOutageAsync(() => UseAsync(connection, isLast: false));
    }

    [Fact]
    public async Task A_session_that_the_store_ended_while_its_transaction_stood_idle_is_an_outage()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = Preparing(database.ConnectionString);
        await using var watcher = await source.OpenConnectionAsync();
        await using var connection = await source.OpenConnectionAsync();
        await using (var limit = new NpgsqlCommand("SET idle_in_transaction_session_timeout = 50", connection)) await limit.ExecuteNonQueryAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await UseAsync(connection, isLast: false);
        await Until.Async(async () =>
        {
            await using var look = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE pid = @pid", watcher)
            {
                Parameters = { new("pid", connection.ProcessID) },
            };
            return (long)(await look.ExecuteScalarAsync())!;
        }, sessions => sessions == 0);
        await ShouldBeOutageAsync(() => UseAsync(connection, isLast: false));
    }

    private static NpgsqlDataSource Preparing(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });

    private static async Task UseAsync(NpgsqlConnection connection, bool isLast)
    {
        await using var command = new NpgsqlCommand(Statement, connection) { Parameters = { new("last", isLast) } };
        await command.ExecuteScalarAsync();
    }

    private static async Task ShouldBeOutageAsync(Func<Task> use)
    {
        var fault = await Should.ThrowAsync<Exception>(use);
        Outage.Is(fault).ShouldBeTrue(fault.ToString());
    }
}
