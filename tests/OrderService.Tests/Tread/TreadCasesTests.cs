using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;
using Xunit.Abstractions;

namespace OrderService.Tests.Tread;

/// <summary>
/// The acceptance cases of tests/tread-cases, all of them, against a service. A missing node is a failure, never skipped.
/// </summary>
public sealed class TreadCasesTests(TreadFixture service, ITestOutputHelper output) : IClassFixture<TreadFixture>
{
    private const int Cases = 91;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Every_case_holds()
    {
        var (code, told) = await RunAsync(await VariablesAsync());
        output.WriteLine(told);
        told.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(Cases, told);
        code.ShouldBe(0, told);
    }

    private async Task<JsonObject> VariablesAsync()
    {
        var (a, b, c) = (await service.UserAsync(), await service.UserAsync(), await service.UserAsync());
        await a.OpenAsync("empty");
        await a.OpenAsync("tight", cha: 1_000);
        await a.OpenAsync("main", cha: 100_000, susdt: 10_000);
        await b.OpenAsync("other", cha: 100_000, susdt: 10_000);
        await c.OpenAsync("bulk", cha: 100_000, susdt: 10_000);
        var expired = await service.KeyAsync(a.Wallet);
        await service.SqlAsync(
            $"UPDATE api_keys SET expires_at = now() - interval '1 minute' WHERE key_hash = encode(sha256('{expired}'), 'hex')");
        return new JsonObject
        {
            ["BASE_URL"] = service.BaseUrl, ["TOKEN"] = a.Token, ["OWNER"] = a.Owner, ["ACCOUNT"] = "main", ["ACCOUNT_EMPTY"] = "empty",
            ["ACCOUNT_TIGHT"] = "tight", ["TOKEN_B"] = b.Token, ["OWNER_B"] = b.Owner,
            ["ACCOUNT_B"] = "other", ["TOKEN_BULK"] = c.Token, ["ACCOUNT_BULK"] = "bulk", ["ADMIN_TOKEN"] = TreadFixture.AdminKey,
            ["EXPIRED_TOKEN"] = expired, ["VENUE"] = "simulated", ["BASE"] = "CHA",
            ["QUOTE"] = "sUSDT", ["PAIR"] = TreadClient.Pair, ["NO_ORDER"] = "11111111-1111-4111-8111-111111111111",
        };
    }

    private static async Task<(int Code, string Told)> RunAsync(JsonObject variables)
    {
        var (folder, file) = (Path.Combine(Repository.Root, "tests", "tread-cases"),
            Path.Combine(Path.GetTempPath(), $"tread-{Guid.NewGuid():N}.json"));
        await File.WriteAllTextAsync(file, variables.ToJsonString());
        var only = Environment.GetEnvironmentVariable("TREAD_CASES");
        var start = new ProcessStartInfo("node", ["run.mjs", "cases.json", file, .. only is null ? Array.Empty<string>() : [only]])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        using var killer = new Timer(_ => node.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
        var errors = node.StandardError.ReadToEndAsync();
        var told = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(file);
        return (node.ExitCode, told + await errors);
    }
}
