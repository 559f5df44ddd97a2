using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;

namespace OrderService.CommandLine;

/// <summary>What <c>backup</c> and <c>restore</c> have in common: whatever an operator can mend is one sentence.</summary>
internal static class BackupTool
{
    public static async Task<int> TellAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception known) when (known is MasterKeyException or MigrationException or EmbeddedPostgresException or NpgsqlException
            or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineFault(known.Message, CommandLineFault.Refused);
        }
    }
}
