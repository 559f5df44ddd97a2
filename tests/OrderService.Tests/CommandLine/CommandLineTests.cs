using OrderService.CommandLine;

namespace OrderService.Tests.CommandLine;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("--urls http://127.0.0.1:0", false)]
    [InlineData("--urls=http://127.0.0.1:0", false)]
    [InlineData("--Otlp:Endpoint http://127.0.0.1:4317", false)]
    [InlineData("/urls=http://127.0.0.1:0", false)]
    [InlineData("urls=http://127.0.0.1:0", false)]
    [InlineData("--urls sign", false)]
    [InlineData("sign", true)]
    [InlineData("sign key", true)]
    [InlineData("sing key", true)]
    [InlineData("--help", true)]
    [InlineData("-h", true)]
    [InlineData("-?", true)]
    [InlineData("--version", true)]
    public void Is_a_verb(string line, bool isVerb) =>
        CommandLineHost.IsVerb(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(isVerb);

    [Theory]
    [InlineData("sing", "'sing' is not understood")]
    [InlineData("sign", "Required command")]
    [InlineData("sign sing", "'sing' is not understood")]
    [InlineData("sign key --network moon", "--network must be testnet or mainnet")]
    [InlineData("sign key --key 12", "--key must be 64 hex digits")]
    [InlineData("sign key --key 753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601 --demo", "only one of")]
    [InlineData("sign key --demo --save x", "--save is for a new key")]
    [InlineData("sign key --key-file /nowhere/key", "/nowhere/key is not there")]
    [InlineData("sign message", "Required argument missing")]
    [InlineData("sign message hello", "No key was given")]
    [InlineData("sign cancel --demo", "'--uuid' is required")]
    [InlineData("sign cancel --demo --uuid 12", "--uuid must be a uuid")]
    [InlineData("sign pause --demo --bare --uuid 669e8e74-6b2b-477e-9e4d-cd1399a0ef20", "'--bare' is not understood")]
    [InlineData("sign list --demo --url ftp://127.0.0.1", "--url must be an http or https address")]
    [InlineData("sign api-key --demo --name bot --permissions create,fly --network testnet", "--permissions must be some of")]
    public async Task What_is_not_given_right_ends_with_one_sentence_and_2(string line, string sentence)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(sentence);
        run.Error.TrimEnd().ShouldNotContain("\n");
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help", "sign")]
    [InlineData("sign --help", "api-key")]
    [InlineData("sign order --help", "--condition-token")]
    public async Task Help_names_what_there_is(string line, string named)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));
        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain(named);
    }

    // Whoever types a key in the wrong place must not find it in a log.
    [Theory]
    [InlineData("sign key --key", "5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5ff")]
    [InlineData("sign key", "5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5")]
    [InlineData("sign message hello", "5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5")]
    public async Task A_key_is_never_repeated_in_an_error(string line, string key)
    {
        var run = await CommandRun.OfAsync([.. line.Split(' '), key]);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldNotContain(key);
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:5080/")]
    [InlineData("5117", null, "http://127.0.0.1:5117/")]
    [InlineData("nonsense", null, "http://127.0.0.1:5080/")]
    [InlineData("5117", "http://127.0.0.1:6001", "http://127.0.0.1:6001/")]
    [InlineData(null, "http://+:7000;https://orders.example", "http://127.0.0.1:7000/")]
    [InlineData(null, "http://[::]:7001", "http://127.0.0.1:7001/")]
    [InlineData(null, "https://orders.example", "https://orders.example/")]
    public async Task O5_A_command_calls_the_service_of_its_environment(string? port, string? urls, string called)
    {
        var environment = new Dictionary<string, string>();
        if (port is not null) environment["PORT"] = port;
        if (urls is not null) environment["ASPNETCORE_URLS"] = urls;
        var run = await CommandRun.WithAsync(environment, "sign", "cancel", "--uuid", "e8bc163c-82ee-4187-b328-8c7d4ac636db", "--demo",
            "--network", "testnet", "--service", "a.test");
        run.ExitCode.ShouldBe(0, run.Error);
        (await ShellRun.OfAsync(run.Out)).Url.ShouldBe($"{called}api/v1/orders/e8bc163c-82ee-4187-b328-8c7d4ac636db/cancel");
    }
}
