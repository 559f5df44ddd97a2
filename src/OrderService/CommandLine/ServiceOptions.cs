using System.CommandLine;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary>Which service is meant, and whether the request is printed or sent.</summary>
internal sealed class ServiceOptions(CommandLineWorld world)
{
    public Option<Uri?> Url { get; } = UrlOption("--url",
        "The service's address; without it where ./run starts one, by ASPNETCORE_URLS or PORT.",
        () => ServiceAddress.From(world.Environment));

    public Option<bool> Send { get; } = new("--send")
    {
        Description = "Sends the request and prints the answer, instead of printing a curl.",
    };

    public Option<StacksNetwork?> Network { get; } = NetworkOption("testnet or mainnet; without it the service is asked.");

    public Option<string?> Service { get; } = new("--service")
    {
        Description = "The name of the service that the message is for; without it the service is asked.",
    };

    /// <summary>An address as an option.</summary>
    public static Option<Uri?> UrlOption(string name, string description, Func<Uri?> standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard(),
        CustomParser = result =>
        {
            var isUrl = Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
            if (!isUrl) result.AddError($"{name} must be an http or https address.");
            return isUrl ? url : null;
        },
    };

    public static Option<StacksNetwork?> NetworkOption(string description) =>
        ParsedOption.Of<StacksNetwork>("--network", description, StacksNetwork.TryParse, "must be testnet or mainnet");

    public void AddTo(Command command)
    {
        command.Add(Url);
        command.Add(Send);
    }

    public void AddScopeTo(Command command)
    {
        command.Add(Service);
        command.Add(Network);
    }

    /// <summary>What a message is for: the network and the name that were given, else the service's own.</summary>
    public async Task<(StacksNetwork Network, string Service)> ScopeAsync(ParseResult parsed, CancellationToken token)
    {
        if (parsed.GetValue(Network) is { } named && parsed.GetValue(Service) is { } name) return (named, name);
        using var client = new ServiceClient(parsed.GetValue(Url)!);
        var venue = await client.ReadVenueAsync(token);
        return (parsed.GetValue(Network) ?? venue.Network, parsed.GetValue(Service) ?? venue.Service);
    }

    /// <summary>What the service says that a proof must name.</summary>
    public async Task<string> ProofDomainAsync(ParseResult parsed, CancellationToken token)
    {
        using var client = new ServiceClient(parsed.GetValue(Url)!);
        return (await client.ReadVenueAsync(token)).ProofDomain;
    }

    /// <summary>An address below the service's.</summary>
    public Uri At(ParseResult parsed, string path) => new($"{parsed.GetValue(Url)!.AbsoluteUri.TrimEnd('/')}{path}");

    /// <summary>Prints the curl, or sends the request and prints the answer.</summary>
    public async Task<int> FinishAsync(ParseResult parsed, SignedCall call, CommandLineWorld world, CancellationToken token)
    {
        if (!parsed.GetValue(Send))
        {
            await world.Out.WriteLineAsync(call.ToCurl());
            return 0;
        }
        using var client = new ServiceClient(parsed.GetValue(Url)!);
        var (status, body) = await client.SendAsync(call, token);
        await world.Out.WriteLineAsync(body);
        if (status is >= 200 and < 300) return 0;
        await world.Error.WriteLineAsync($"The service refused with status {status}.");
        return CommandLineFault.Refused;
    }
}
