namespace OrderService.EmbeddedPostgres;

/// <summary>
/// Who runs the server. Postgres refuses root and initdb refuses a user without a name, so a service that is one of
/// these puts a command in front: <c>setpriv</c> to become another user, or <c>unshare</c> to keep its own identity
/// on the disk but look like an ordinary user to Postgres.
/// </summary>
internal sealed record ServerAccount(IReadOnlyList<string> Prefix, string? Owner)
{
    private static readonly string[] strangers = ["postgres", "nobody"];

    private static readonly ServerAccount self = new([], null);

    /// <summary>
    /// The account for a folder that exists and belongs to the service, or null when none can write there. Gives the folder to the account.
    /// </summary>
    public static async Task<ServerAccount?> ForNewAsync(string folder, CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess && await HasNameAsync(token)) return await self.CanWriteAsync(folder, token) ? self : null;
        if (Environment.IsPrivilegedProcess)
        {
            foreach (var name in strangers)
            {
                if (await StrangerAsync(name, token) is not { } account) continue;
                await account.GiveAsync(folder, token);
                if (await account.CanWriteAsync(folder, token)) return account;
            }
            await Tool.RunAsync(["chown", "0:0", folder], token);
        }
        return await NamespaceAsync(token) is { } hidden && await hidden.CanWriteAsync(folder, token) ? hidden : null;
    }

    /// <summary>The account that owns an existing cluster.</summary>
    public static async Task<ServerAccount?> ForExistingAsync(string cluster, CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess) return await HasNameAsync(token) ? self : await NamespaceAsync(token);
        var owner = (await Tool.RunAsync(["stat", "-c", "%u:%g", cluster], token)).Output;
        var account = owner.StartsWith("0:", StringComparison.Ordinal) ? await NamespaceAsync(token) : Become(owner);
        return account is not null && await account.CanWriteAsync(cluster, token) ? account : null;
    }

    public async Task GiveAsync(string path, CancellationToken token)
    {
        if (Owner is not null) await Tool.RunAsync(["chown", "-R", Owner, path], token);
    }

    private async Task<bool> CanWriteAsync(string folder, CancellationToken token) =>
        (await Tool.RunAsync([.. Prefix, "test", "-w", folder], token)).Succeeded;

    private static async Task<bool> HasNameAsync(CancellationToken token) =>
        (await Tool.RunAsync(["id", "-un"], token)).Succeeded;

    private static async Task<ServerAccount?> StrangerAsync(string name, CancellationToken token)
    {
        var user = await Tool.RunAsync(["id", "-u", name], token);
        var group = await Tool.RunAsync(["id", "-g", name], token);
        return user.Succeeded && group.Succeeded ? Become($"{user.Output}:{group.Output}") : null;
    }

    private static ServerAccount Become(string owner)
    {
        var ids = owner.Split(':');
        return new ServerAccount(["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups"], owner);
    }

    // The user it is mapped to needs a name in /etc/passwd, and nothing else: on the disk it is still the service.
    private static async Task<ServerAccount?> NamespaceAsync(CancellationToken token)
    {
        foreach (var name in strangers)
        {
            var user = await Tool.RunAsync(["id", "-u", name], token);
            if (!user.Succeeded) continue;
            string[] prefix = ["unshare", "--user", $"--map-user={user.Output}", $"--map-group={user.Output}"];
            if ((await Tool.RunAsync([.. prefix, "true"], token)).Succeeded) return new ServerAccount(prefix, null);
        }
        return null;
    }
}
