using OrderService.CommandLine;

namespace OrderService.Tests.CommandLine;

/// <summary>One run of a command in this process, at a fixed moment, with an environment of its own.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    public const string Deployer = "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601";
    public const string DeployerPublicKey = "0390a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa";
    public const string DeployerOnMainnet = "SP1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRCBGD7R";
    public const string DeployerOnTestnet = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM";
    public const long Now = 1763690000000;

    public static Task<CommandRun> OfAsync(params string[] args) => WithAsync(new Dictionary<string, string>(), args);

    public static Task<CommandRun> WithAsync(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        AtAsync(new FixedClock(), environment, args);

    /// <summary>By this machine's clock: for commands that ask a service.</summary>
    public static Task<CommandRun> NowAsync(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        AtAsync(TimeProvider.System, environment, args);

    private static async Task<CommandRun> AtAsync(TimeProvider time, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CommandLineWorld(output, error, time, name => environment.GetValueOrDefault(name));
        var exitCode = await CommandLineHost.RunAsync(args, world);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
    }
}
