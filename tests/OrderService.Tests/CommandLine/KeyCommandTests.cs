using OrderService.CommandLine;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Tests.CommandLine;

public sealed class KeyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sign-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_key_is_shown_with_its_address()
    {
        var lines = Values((await CommandRun.OfAsync("sign", "key")).Out);
        var key = PrivateKey.Parse(lines["private key"]);

        lines["private key"].Length.ShouldBe(66);
        lines["public key"].ShouldBe(key.PublicKey().ToString());
        lines["address"].ShouldBe(key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString());
        Values((await CommandRun.OfAsync("sign", "key")).Out)["private key"].ShouldNotBe(lines["private key"]);
    }

    [Theory]
    [InlineData("testnet", CommandRun.DeployerOnTestnet)]
    [InlineData("mainnet", CommandRun.DeployerOnMainnet)]
    public async Task A_given_key_shows_its_address_and_not_itself(string network, string address)
    {
        var run = await CommandRun.OfAsync("sign", "key", "--key", CommandRun.Deployer, "--network", network);

        Values(run.Out)["address"].ShouldBe(address);
        Values(run.Out)["public key"].ShouldBe(CommandRun.DeployerPublicKey);
        run.Out.ShouldNotContain(CommandRun.Deployer[..64]);
    }

    [Fact]
    public async Task The_demo_key_is_the_one_that_the_simulated_venue_funds()
    {
        var lines = Values((await CommandRun.OfAsync("sign", "key", "--demo")).Out);
        lines["private key"].ShouldBe($"{DemoKey.Hex}01");
        new OrderService.Venues.Simulated.SimulatedOptions().DemoKey.ShouldBe(DemoKey.Hex);
    }

    [Fact]
    public async Task A_saved_key_is_its_owners_alone_and_never_overwritten()
    {
        var path = Path.Combine(_folder.FullName, "key");
        var saved = await CommandRun.OfAsync("sign", "key", "--save", path);

        saved.ExitCode.ShouldBe(0);
        saved.Out.ShouldNotContain("private");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var read = await CommandRun.OfAsync("sign", "key", "--key-file", path);
        read.Out.ShouldBe(saved.Out);
        read.Error.ShouldBeEmpty();
        (await CommandRun.OfAsync("sign", "key", "--save", path)).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_warned_about()
    {
        var path = Path.Combine(_folder.FullName, "key");
        await File.WriteAllTextAsync(path, $"  {CommandRun.Deployer}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var run = await CommandRun.OfAsync("sign", "key", "--key-file", path);

        Values(run.Out)["address"].ShouldBe(CommandRun.DeployerOnTestnet);
        run.Error.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task The_environment_gives_the_key_where_no_option_does()
    {
        var environment = new Dictionary<string, string> { ["ORDERSERVICE_KEY"] = CommandRun.Deployer };
        Values((await CommandRun.WithAsync(environment, "sign", "message", "hello")).Out)["address"].ShouldBe(CommandRun.DeployerOnTestnet);
        Values((await CommandRun.WithAsync(environment, "sign", "message", "hello", "--demo")).Out)["address"].ShouldNotBe(
            CommandRun.DeployerOnTestnet);

        var wrong =
            await CommandRun.WithAsync(new Dictionary<string, string> { ["ORDERSERVICE_KEY"] = "nonsense" }, "sign", "message", "hello");
        wrong.ExitCode.ShouldBe(2);
        wrong.Error.ShouldNotContain("nonsense");
    }

    private static Dictionary<string, string> Values(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..13].TrimEnd(), line => line[13..]);
}
