using System.CommandLine;
using System.Text.Json;
using OrderService.Client;

namespace OrderService.CommandLine;

/// <summary><c>watch</c>: what happens, a line each, until it is stopped; of one order, until that has ended.</summary>
internal static class WatchCommand
{
    private static readonly string[] Told = ["reason", "txid", "amountOut", "blockHeight", "watchedPrice"];

    public static Command Create(CommandLineWorld world)
    {
        var read = new ReadOptions(world);
        var uuid = new Argument<string?>("uuid")
        {
            Description = "Only this order, from its beginning until it has ended.", Arity = ArgumentArity.ZeroOrOne,
        };
        var after = new Option<string?>("--after") { Description = "Goes on behind this event, by its id." };
        var command = new Command("watch", "Shows what happens to a wallet's orders and accounts as it happens.") { uuid, after };
        read.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            var one = parsed.GetValue(uuid);
            if (one is not null && !Guid.TryParseExact(one, "D", out _))
                throw new CommandLineFault("The uuid must be 8-4-4-4-12 hex digits.");
            return read.RunAsync(parsed, needsWallet: true,
                client => FollowAsync(world, read, client, read.IsJson(parsed), one, parsed.GetValue(after), token));
        });
        return command;
    }

    private static async Task FollowAsync(
        CommandLineWorld world, ReadOptions read, OrderServiceClient client, bool isJson, string? uuid, string? after,
        CancellationToken token)
    {
        // An order's own story is followed from its beginning, so that one that has ended already is told too; else what happens from now
        // on.
        await foreach (var happened in client.WatchAsync(after ?? (uuid is null ? await client.PositionAsync(token) : null), uuid, token))
        {
            if (isJson) await read.PrintAsync(happened, isLine: true);
            else await world.Out.WriteLineAsync($"{Tables.Clock(happened.At)}  {happened.Order ?? happened.Owner ?? "",-36}  {happened.Kind.Replace('_', ' ')}{Facts(happened)}");
            if (uuid is not null && (await client.OrderAsync(uuid, token)).HasEnded
                && happened.Kind is "completed" or "failed" or "cancelled" or "expired" or "confirmed")
            {
                return;
            }
        }
    }

    private static string Facts(ServiceEvent happened)
    {
        if (happened.Facts is not { ValueKind: JsonValueKind.Object } facts) return "";
        var told = Told.Where(name => facts.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(name => $"{name} {facts.GetProperty(name)}");
        return string.Join(", ", told) is { Length: > 0 } text ? $"  ({text})" : "";
    }
}
