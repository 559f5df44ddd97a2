using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Client;

namespace OrderService.CommandLine;

/// <summary>What every verb that reads takes: the service, whose orders, and how it is shown.</summary>
internal sealed class ReadOptions(CommandLineWorld world)
{
    /// <summary>Where a key is looked for that no option gives: it need not stand on the command line.</summary>
    public const string KeyVariable = "ORDERSERVICE_API_KEY";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = WalletText.Json.Encoder,
    };
    private static readonly JsonSerializerOptions Line = new(Indented) { WriteIndented = false };

    private readonly KeyOptions _keys = new();
    private readonly ServiceOptions _service = new(world);
    private readonly Option<string?> _apiKey = new("--api-key-file")
    {
        Description = $"A file with an API key of the wallet's, instead of its own key; or the variable {KeyVariable}.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON instead of a table." };

    /// <summary>Adds them.</summary>
    public void AddTo(Command command, bool isOpen = false)
    {
        command.Add(_service.Url);
        command.Add(_json);
        if (isOpen) return;
        _keys.AddTo(command);
        command.Add(_apiKey);
        command.Add(_service.Service);
    }

    /// <summary>True where JSON is asked for.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Runs with a client; what the service refuses, and that it cannot be reached, is one sentence.</summary>
    public async Task<int> RunAsync(ParseResult parsed, bool needsWallet, Func<OrderServiceClient, Task> run)
    {
        var signer = _keys.TryRead(parsed, world, out _) || !string.IsNullOrEmpty(world.Environment(KeyOptions.Variable))
            ? _keys.Read(parsed, world) : null;
        var apiKey = signer is null ? ApiKey(parsed) : null;
        if (needsWallet && signer is null && apiKey is null)
            throw new CommandLineFault($"Say whose: give --key, --key-file, --demo or --api-key-file, or set {KeyVariable}.");
        var url = parsed.GetValue(_service.Url)!;
        using var client = new OrderServiceClient(
            new ClientOptions(url) { Signer = signer, ApiKey = apiKey, Service = parsed.GetValue(_service.Service), Time = world.Time });
        try
        {
            await run(client);
            return 0;
        }
        catch (ServiceRefusedException refused)
        {
            throw new CommandLineFault(refused.Message, CommandLineFault.Refused);
        }
        catch (HttpRequestException away)
        {
            throw new CommandLineFault($"{url} cannot be reached: {away.Message}", CommandLineFault.Refused);
        }
    }

    /// <summary>Prints JSON for a program, or for a person.</summary>
    public async Task PrintAsync(object value, bool isLine = false) =>
        await world.Out.WriteLineAsync(JsonSerializer.Serialize(value, isLine ? Line : Indented));

    private string? ApiKey(ParseResult parsed)
    {
        if (parsed.GetValue(_apiKey) is not { } file) return world.Environment(KeyVariable) is { Length: > 0 } given ? given : null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineFault($"The key file {file} cannot be read: {closed.Message}");
        }
    }
}
