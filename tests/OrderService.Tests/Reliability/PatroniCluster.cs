using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Three members under Patroni, by the configuration and the script of <c>deploy/ha</c>. They end with the tests, however these end.
/// </summary>
internal sealed class PatroniCluster : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "deploy", "ha", "try");

    private readonly string _folder;
    private readonly Process _script;
    private readonly Dictionary<string, (int Postgres, int Patroni)> _ports;
    private readonly List<Process> _restarted = [];
    private readonly HashSet<string> _stopped = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private PatroniCluster(string folder, Process script, string connectionString)
    {
        (_folder, _script, ConnectionString) = (folder, script, connectionString);
        // etcd and its peers, the servers, Patroni's interfaces
        var ports = File.ReadAllText(Path.Combine(folder, "ports")).Split(' ').Select(p => int.Parse(p, CultureInfo.InvariantCulture))
            .ToArray();
        _ports = new() { ["a"] = (ports[2], ports[5]), ["b"] = (ports[3], ports[6]), ["c"] = (ports[4], ports[7]) };
    }

    /// <summary>The service's, which names all three.</summary>
    public string ConnectionString { get; }

    /// <summary>What Patroni and the servers wrote.</summary>
    public string Logs => string.Join('\n', Directory.EnumerateFiles(_folder, "?.log").Order()
        .SelectMany(file => File.ReadLines(file).TakeLast(40).Select(line => $"{Path.GetFileName(file)}: {line}")));

    /// <summary>A leader with two standbys, one of which its commits wait for.</summary>
    public static async Task<PatroniCluster> StartAsync()
    {
        var folder = PostgresCluster.NewFolder("ha");
        var script = Process.Start(Tool.StartInfo([Script, folder]))!;
        var connectionString = await script.StandardOutput.ReadLineAsync();
        if (connectionString is not null) return new PatroniCluster(folder, script, connectionString);
        throw new InvalidOperationException(await script.StandardError.ReadToEndAsync());
    }

    /// <summary>Leads to this member alone, as its superuser.</summary>
    public NpgsqlDataSource Only(string member, string database = "orderservice") =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = _ports[member].Postgres, Database = database, Username = "postgres", Password = "try",
            Timeout = 30, CommandTimeout = 300, Pooling = false,
        });

    /// <summary>The member that takes writes; waits until one does that is not one of these.</summary>
    public async Task<string> LeaderAsync(params string[] except) =>
        (await Until.Async(
            async () =>
            {
                var members = _ports.Keys.Except(except).Except(_stopped).ToArray();
                var leads = await Task.WhenAll(members.Select(member => IsAsync(member, "SELECT NOT pg_is_in_recovery()")));
                return members.Where((_, i) => leads[i]).FirstOrDefault();
            },
            leader => leader is not null))!;

    /// <summary>The member that Patroni would promote; waits until there is one that is not one of these.</summary>
    public async Task<string> SyncStandbyAsync(params string[] except) =>
        (await Until.Async(
            async () =>
            {
                foreach (var member in _ports.Keys.Except(except).Except(_stopped))
                {
                    if (await TellsAsync(member, "sync")) return member;
                }
                return null;
            },
            standby => standby is not null))!;

    /// <summary>Waits until this leader has a standby that its commits wait for.</summary>
    public Task FollowedAsync(string leader) => Until.Async(
        () => IsAsync(leader, "SELECT count(*) > 0 FROM pg_stat_replication WHERE sync_state = 'sync'"), isFollowed => isFollowed);

    /// <summary>Waits until all three are there again, as after the start.</summary>
    public async Task WholeAsync()
    {
        await Until.Async(
            async () =>
            {
                var leader = await LeaderAsync();
                return await IsAsync(leader, "SELECT count(*) = 2 AND count(*) FILTER (WHERE sync_state = 'sync') = 1 FROM pg_stat_replication");
            },
            isWhole => isWhole);
        await SyncStandbyAsync();
    }

    /// <summary>kill -9 of Patroni and its server, or of the server alone.</summary>
    public void Kill(string member, bool patroniToo = true) => Send(member, KillPoint.Kill, patroniToo);

    /// <summary>Patroni and its server stand still: nobody hears from this machine.</summary>
    public void Stop(string member)
    {
        _stopped.Add(member);
        Send(member, KillPoint.Stop, patroniToo: true);
    }

    public void Continue(string member)
    {
        _stopped.Remove(member);
        Send(member, KillPoint.Continue, patroniToo: true);
    }

    /// <summary>Starts a member that was killed.</summary>
    public void Restart(string member) => _restarted.Add(Process.Start(Tool.StartInfo([Script, _folder, member]))!);

    /// <summary>What an operator does before work on the leader's machine.</summary>
    public async Task SwitchOverAsync(string from, string to)
    {
        var outcome = await Tool.RunAsync(
            [Script, _folder, "ctl", "switchover", "--leader", from, "--candidate", to, "--force"], CancellationToken.None);
        outcome.Output.ShouldContain($"Successfully switched over to \"{to}\"", Case.Sensitive, outcome.Error);
    }

    /// <summary>False also where the member does not answer.</summary>
    public async Task<bool> IsAsync(string member, string question)
    {
        try
        {
            await using var source = Only(member);
            await using var command = source.CreateCommand(question);
            return await command.ExecuteScalarAsync() is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        foreach (var process in _restarted.Append(_script))
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Send(string member, int signal, bool patroniToo)
    {
        if (patroniToo) Signals.Send(int.Parse(File.ReadAllText($"{_folder}/{member}.pid"), CultureInfo.InvariantCulture), signal);
        ServerProcesses.Send(Path.Combine(_folder, member), signal);
    }

    private async Task<bool> TellsAsync(string member, string role)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_ports[member].Patroni}/{role}"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
