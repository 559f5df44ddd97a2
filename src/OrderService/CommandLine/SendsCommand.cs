using System.CommandLine;
using System.Text.Json.Nodes;
using OrderService.Client;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>
/// <c>pause</c> and <c>resume</c>: the operator's switch over all sends of every node, by a call to the operator's listener of one.
/// </summary>
internal static class SendsCommand
{
    public static Command Pause(CommandLineWorld world)
    {
        var (url, why) = (Address(world),
            new Option<string?>("--why")
            {
                Description = "Why, in a line: it is told to operators, in readiness, in the log and on their page.",
            });
        var command = new Command("pause", "Pauses all sends of every node: nothing that is due is swapped until resume.") { why, url };
        command.SetAction(async (parsed, token) =>
        {
            var body = parsed.GetValue(why) is { } text ? new JsonObject { ["why"] = text } : [];
            var answer = await AskAsync(parsed.GetValue(url)!, "pause", body.ToJsonString(WalletText.Json), token);
            await world.Out.WriteLineAsync($"All sends are paused since {(string?)answer["since"]}; the verb resume lets them go on.");
            if ((bool?)answer["drained"] is not true)
            {
                await world.Error.WriteLineAsync(
                    "An execution that began before has not ended yet and may still send: look at what is in flight.");
            }
            return 0;
        });
        return command;
    }

    public static Command Resume(CommandLineWorld world)
    {
        var url = Address(world);
        var command = new Command("resume", "Lets sends go on after pause.") { url };
        command.SetAction(async (parsed, token) =>
        {
            await AskAsync(parsed.GetValue(url)!, "resume", null, token);
            await world.Out.WriteLineAsync("Sends go on.");
            return 0;
        });
        return command;
    }

    // Where a service that was started under the same environment listens for its operator.
    private static Option<Uri?> Address(CommandLineWorld world) => ServiceOptions.UrlOption(
        "--operator", "The address of the operator's listener; without it by Operator__Urls, else 1,000 ports above the service's.",
        () => world.Environment("Operator__Urls") is { Length: > 0 } given
            ? ServiceAddress.First(given) : OperatorListener.Beside(ServiceAddress.From(world.Environment)));

    private static async Task<JsonNode> AskAsync(Uri url, string verb, string? body, CancellationToken token)
    {
        using var client = new ServiceClient(url);
        var (status,
            answer) = await client.SendAsync(
                new SignedCall(HttpMethod.Post, new Uri($"{url.AbsoluteUri.TrimEnd('/')}{OperatorRoutes.Page}/{verb}"), [], body), token);
        return status == StatusCodes.Status200OK
            ? JsonNode.Parse(answer)!
            : throw new CommandLineFault($"{url} answered {status}: {answer} Is it the operator's listener?", CommandLineFault.Refused);
    }
}
