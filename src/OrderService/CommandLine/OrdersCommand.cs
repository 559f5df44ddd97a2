using System.CommandLine;
using OrderService.Client;

namespace OrderService.CommandLine;

/// <summary><c>orders</c>: a wallet's orders as a table, or one order with why it stands where it does.</summary>
internal static class OrdersCommand
{
    private const int LimitMax = 1_000;

    public static Command Create(CommandLineWorld world)
    {
        var read = new ReadOptions(world);
        var uuid = new Argument<string?>("uuid")
        {
            Description = "One order: told to everybody who knows its uuid.", Arity = ArgumentArity.ZeroOrOne,
        };
        var status = new Option<string?>("--status") { Description = "open, broadcasted, cancelling, confirmed, failed or cancelled." };
        var limit = new Option<int>("--limit") { Description = "How many of the newest.", DefaultValueFactory = _ => 20 };
        var command = new Command("orders", "Shows a wallet's orders, or one with why it stands where it does.") { uuid, status, limit };
        read.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            var (one, most) = (parsed.GetValue(uuid), parsed.GetValue(limit));
            if (most is < 1 or > LimitMax) throw new CommandLineFault($"--limit must be 1 to {LimitMax}.");
            if (one is not null && !Guid.TryParseExact(one, "D", out _))
                throw new CommandLineFault("The uuid must be 8-4-4-4-12 hex digits.");
            return read.RunAsync(parsed, needsWallet: one is null, client => one is null
                ? ListAsync(world, read, client, read.IsJson(parsed), parsed.GetValue(status), most, token)
                : ShowAsync(world, read, client, read.IsJson(parsed), one, token));
        });
        return command;
    }

    private static async Task ListAsync(
        CommandLineWorld world, ReadOptions read, OrderServiceClient client, bool isJson, string? status, int limit,
        CancellationToken token)
    {
        var orders = await client.OrdersAsync(status, limit, token);
        if (isJson)
        {
            await read.PrintAsync(orders);
            return;
        }
        var (names, tables) = (await TokenNames.OfAsync(client, token), new Tables(world.Out));
        tables.Print(["Placed (UTC)", "Order", "Sells", "For", "When", "Status", "Why"], orders.Select(order => new (string, string?)[]
        {
            (Tables.Clock(order.CreatedAt), null), (order.Uuid, null), (names.Amount(order.AmountIn, order.InputToken), null),
            (order.AmountOut is { } paid ? names.Amount(paid, order.OutputToken) : names.Symbol(order.OutputToken), null),
            (When(order, names), null),
            (order.Paused ? "paused" : order.Status, Tables.ColourOf(order.Status)), (Why(order), null),
        }));
        if (orders.Count == limit) await world.Error.WriteLineAsync($"These are the newest {limit}: --limit shows more.");
    }

    private static async Task ShowAsync(
        CommandLineWorld world, ReadOptions read, OrderServiceClient client, bool isJson, string uuid, CancellationToken token)
    {
        var (order, why) = (await client.OrderAsync(uuid, token), await client.ExplainAsync(uuid, token));
        if (isJson)
        {
            await read.PrintAsync(new { order, explanation = why });
            return;
        }
        var (names, tables) = (await TokenNames.OfAsync(client, token), new Tables(world.Out));
        tables.Print(["Order", order.Uuid], new (string, string?)[][]
        {
            [("Status", null), (order.Paused ? "paused" : order.Status, Tables.ColourOf(order.Status))],
            [("Owner", null), (order.Owner, null)], [("Paid to", null), (order.Recipient, null)],
            [("Sells", null), (names.Amount(order.AmountIn, order.InputToken), null)],
            [("For", null), (order.AmountOut is { } paid ? names.Amount(paid, order.OutputToken) : names.Symbol(order.OutputToken), null)],
            [("When", null), (When(order, names), null)], [("Placed (UTC)", null), (Tables.Clock(order.CreatedAt), null)],
            [("Transaction", null), (order.Txid ?? "none", null)],
        });
        tables.Say(why.Sentence);
        if (why.Gates.Count == 0) return;
        tables.Print(["Gate", "Open", "Says", "What has to change"], why.Gates.Select(gate => new (string, string?)[]
        {
            (gate.Name, null),
            (gate.Open switch { true => "yes", false => "no", null => "not known" },
                gate.Open switch { true => "green", false => "red", null => "yellow" }), (gate.Says, null), (gate.Change ?? "", null),
        }));
    }

    private static string When(PlacedOrder order, TokenNames names) => order switch
    {
        { ConditionToken: null } => "by call",
        { ConditionToken: "*", MinAmountOut: { } least } => $"at {names.Amount(least, order.OutputToken)} or more",
        { ConditionToken: "*", ValidFrom: { } start } => $"from {Tables.Clock(start)}",
        { ConditionToken: "*" } => "at once",
        _ => $"{names.Symbol(order.ConditionToken)} {(order.Direction == "gt" ? "≥" : "≤")} {order.TargetPrice} {names.Symbol(order.BaseAsset ?? "USD")}",
    };

    private static string Why(PlacedOrder order) =>
        order.FailureReason ?? order.CancelReason ?? order.Reason ?? (order.WaitingFor is { } waits ? $"waits: {waits}" : "");
}
