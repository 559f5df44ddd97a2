using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using OrderService.Hosting;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Hosting;

/// <summary>
/// What whoever starts the service gets wrong ends in one sentence with the setting's name and exit code 1, before a server of its own is
/// started.
/// </summary>
public sealed class StartFaultTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string _folder = PostgresCluster.NewFolder("start");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ASPNETCORE_URLS", "foo", "ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:70000", "ASPNETCORE_URLS")]
    [InlineData("Serilog__MinimumLevel", "Loud", "Serilog:MinimumLevel is Loud")]
    [InlineData("Serilog__MinimumLevel__Override__Npgsql", "Loud", "Serilog:MinimumLevel:Override:Npgsql is Loud")]
    [InlineData("ConnectionStrings__OrderService", "nonsense", "ConnectionStrings:OrderService")]
    [InlineData("ConnectionStrings__OrderService", "Password=very-secret;Port=x", "ConnectionStrings:OrderService")]
    public async Task O1_A_slip_costs_one_sentence(string setting, string value, string named)
    {
        var (code, said) = await StartAsync([], (setting, value));
        code.ShouldBe(1, said);
        said.ShouldStartWith("The service cannot run: ");
        said.ShouldContain(named);
        said.ShouldNotContain("very-secret");
        said.Split('\n').Length.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task O1_A_port_in_use_is_found_before_postgres_starts()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        var (code, said) = await StartAsync([], ("ASPNETCORE_URLS", address));
        code.ShouldBe(1, said);
        said.ShouldStartWith($"The service cannot run: The service cannot listen on {address}");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task O1_A_number_that_is_none_is_named_with_its_setting()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (code, said) = await StartAsync([], ("Execution__Workers", "abc"),
            ("ConnectionStrings__OrderService", database.ConnectionString));
        code.ShouldBe(1, said);
        said.ShouldContain("'abc' at 'Execution:Workers'");
        said.Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("--Accounts:MasterKey=5555555555555555555555555555555555555555555555555555555555555555", "Accounts:MasterKey")]
    [InlineData("--Auth:AdminKeys:0=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Auth:AdminKeys")]
    [InlineData("--Stacks:SolverKeys:0=5555555555555555555555555555555555555555555555555555555555555555", "Stacks:SolverKeys")]
    [InlineData("--Stacks:NodeApiKey=abc", "Stacks:NodeApiKey")]
    public async Task S17_A_secret_on_the_command_line_is_refused(string argument, string named)
    {
        var (code, said) = await StartAsync([argument]);
        code.ShouldBe(1, said);
        said.ShouldStartWith($"The service cannot run: {named} may only come from the environment");
        said.ShouldNotContain(argument.Split('=')[1]);
    }

    [Fact]
    public void O1_Settings_that_nothing_reads_are_found()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Execution:Worker"] = "4", ["Execution:Workers"] = "4", ["Orders:OpenMaxPerOwner"] = "4", ["Stacks:Routes:Hops"] = "1",
            ["Simulator:Nothing"] = "", ["PATH"] = "/bin", ["Foo:Bar"] = "x",
            ["Pricing:Sources:Charisma:BaseUrl"] = "http://x", ["Pricing:Sources:Charisma:Uri"] = "http://x",
        }).Build();
        SettingsMap.Unknown(configuration)
            .ShouldBe(["Execution:Worker", "Pricing:Sources:Charisma:Uri", "Simulator:Nothing", "Stacks:Routes:Hops"], ignoreOrder: true);
    }

    [Fact]
    public void O1_All_settings_of_the_file_are_read() =>
        SettingsMap.Unknown(new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Path.GetDirectoryName(ServiceProcess.Dll("src/OrderService", "OrderService.dll"))!,
                "appsettings.json")).Build()).ShouldBeEmpty();

    private async Task<(int Code, string Said)> StartAsync(string[] arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ServiceProcess.Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in (IEnumerable<(string, string)>)[("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", _folder),
            .. settings])
        {
            start.Environment[key] = value;
        }
        using var service = Process.Start(start)!;
        var (said, told) = (service.StandardError.ReadToEndAsync(), service.StandardOutput.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await service.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!service.HasExited) service.Kill();
        }
        await told;
        return (service.ExitCode, (await said).Trim());
    }
}
