using OrderService.EmbeddedPostgres;

namespace OrderService.Tests.Ground;

/// <summary>
/// A test of the embedded server or of its crashes. It is skipped only where the tests run on a container because the machine has no server
/// to embed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalPostgresFactAttribute : FactAttribute
{
    public LocalPostgresFactAttribute()
    {
        if (ContainerServer.IsAskedFor && !IsInstalled()) Skip = "This machine has no PostgreSQL server to embed.";
    }

    private static bool IsInstalled()
    {
        try
        {
            PostgresBinaries.FindAsync(asked: null, written: null, cluster: "", CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (EmbeddedPostgresException)
        {
            return false;
        }
    }
}
