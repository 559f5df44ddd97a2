using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;
using OrderService.Engine.Telemetry;

namespace OrderService.Tests.Auth;

public sealed class AdminKeysTests : IDisposable
{
    private const string One = "0123456789abcdef0123456789abcdef";
    private const string Two = "fedcba9876543210fedcba9876543210";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_key_of_the_options_or_of_the_file_opens_and_no_other()
    {
        File.WriteAllText(_file, $"{Two}\r\n\n");
        var keys = new AdminKeys(Options.Create(new AuthOptions { AdminKeys = [One], AdminKeysFile = _file }), Wrong());
        foreach (var (key, isKnown) in ((string, bool)[])[(One, true), (Two, true), ("", false), (One[1..], false), (One + "0", false),
            (One.ToUpperInvariant(), false)])
        {
            var context = new DefaultHttpContext();
            context.Request.Headers["X-Api-Key"] = key;
            (keys.Check(context).Error is null).ShouldBe(isKnown, key);
        }
        new AdminKeys(Options.Create(new AuthOptions()),
            Wrong()).Check(new DefaultHttpContext()).Error!.Code.ShouldBe("admin_key_required");
    }

    [Fact]
    public void Keys_in_a_settings_file_or_on_a_command_line_stop_the_start()
    {
        File.WriteAllText(_file, $$$"""{"Auth":{"AdminKeys":["{{{One}}}"]}}""");
        Fault(new ConfigurationBuilder().AddJsonFile(_file)).ShouldContain("may only come from the environment");
        Fault(new ConfigurationBuilder().AddCommandLine(["--Auth:AdminKeys:0=" + One])).ShouldContain("may only come from the environment");
        File.WriteAllText(_file, """{"Auth":{"AdminKeys":[]}}""");
        Fault(new ConfigurationBuilder().AddJsonFile(_file)).ShouldBeEmpty();
    }

    [Fact]
    public void Keys_in_the_environment_are_taken_where_they_are_long_enough()
    {
        const string prefix = "ORDERSERVICE_ADMIN_TEST_";
        Environment.SetEnvironmentVariable($"{prefix}Auth__AdminKeys__0", One);
        try
        {
            Fault(new ConfigurationBuilder().AddEnvironmentVariables(prefix)).ShouldBeEmpty();
            Environment.SetEnvironmentVariable($"{prefix}Auth__AdminKeys__0", One[1..]);
            Fault(new ConfigurationBuilder().AddEnvironmentVariables(prefix)).ShouldContain("fewer than 32 characters");
        }
        finally
        {
            Environment.SetEnvironmentVariable($"{prefix}Auth__AdminKeys__0", null);
        }
    }

    [Fact]
    public void A_file_must_exist_and_be_its_owners_alone()
    {
        File.WriteAllText(_file, One);
        SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Fault(new ConfigurationBuilder().AddCommandLine(["--Auth:AdminKeysFile=" + _file])).ShouldContain("chmod 600");
        SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Fault(new ConfigurationBuilder().AddCommandLine(["--Auth:AdminKeysFile=" + _file])).ShouldBeEmpty();
        Fault(new ConfigurationBuilder().AddCommandLine(["--Auth:AdminKeysFile=" + _file + ".none"])).ShouldContain("does not exist");
    }

    private void SetMode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_file, mode);
    }

    private static string Fault(IConfigurationBuilder builder)
    {
        var configuration = builder.Build();
        var options = new AuthOptions();
        configuration.GetSection(AuthOptions.Section).Bind(options);
        return new AdminKeyRules(configuration).Validate(null, options).FailureMessage ?? "";
    }

    private static WrongKeys Wrong() =>
        new(Options.Create(new LimitsOptions()), TimeProvider.System, new EngineTelemetry(NullLogger<EngineTelemetry>.Instance));
}
