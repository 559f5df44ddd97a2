using System.CommandLine;
using System.Globalization;
using OrderService.Client;

namespace OrderService.CommandLine;

/// <summary><c>preview</c>: what an order would be, in whole tokens by symbol. Nothing is stored, and nothing is signed.</summary>
internal static class PreviewCommand
{
    private const string Usd = "USD";

    public static Command Create(CommandLineWorld world)
    {
        var read = new ReadOptions(world);
        var amount = new Argument<string>("amount") { Description = "How much is sold, in whole tokens, such as 10.5." };
        var sell = new Argument<string>("sell") { Description = "What is sold, by symbol or contract." };
        var buy = new Argument<string>("buy") { Description = "What is bought." };
        var least = new Option<string?>("--at-least") { Description = "The least to be paid, in whole tokens." };
        var watch = new Option<string?>("--watch") { Description = "The token whose price is waited for; without it at once." };
        var above = new Option<string?>("--above") { Description = "Due at this price or more, in USD or --in." };
        var below = new Option<string?>("--below") { Description = "Due at this price or less." };
        var measure = new Option<string?>("--in") { Description = "What that price is measured in, by symbol; USD without it." };
        var command = new Command("preview", "Says what an order would be now, and all that would be refused of it.")
        {
            amount, sell, buy, least, watch, above, below, measure,
        };
        read.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            var (up, down) = (parsed.GetValue(above), parsed.GetValue(below));
            if ((parsed.GetValue(watch) is null) != (up is null && down is null) || (up is not null && down is not null))
                throw new CommandLineFault("--watch goes with --above or with --below.");
            return read.RunAsync(parsed, needsWallet: false, async client =>
            {
                var names = await TokenNames.OfAsync(client, token);
                var (sold, bought) = (names.Find(parsed.GetValue(sell)!), names.Find(parsed.GetValue(buy)!));
                var preview = await client.PreviewAsync(new NewOrder
                {
                    InputToken = sold.ContractId, OutputToken = bought.ContractId,
                    AmountIn = Units(parsed.GetValue(amount)!, sold, "The amount"),
                    MinAmountOut = parsed.GetValue(least) is { } text ? Units(text, bought, "--at-least") : null,
                    ConditionToken = parsed.GetValue(watch) is { } watched ? names.Find(watched).ContractId : "*",
                    BaseAsset = parsed.GetValue(watch) is null
                        ? null
                        : parsed.GetValue(measure) is not { } other || other.Equals(Usd, StringComparison.OrdinalIgnoreCase)
                        ? Usd : names.Find(other).ContractId,
                    Direction = up is not null ? "gt" : down is not null ? "lt" : null, TargetPrice = up ?? down,
                }, token);
                if (read.IsJson(parsed)) await read.PrintAsync(preview);
                else Show(new Tables(world.Out), preview, names, sold, bought);
            });
        });
        return command;
    }

    private static void Show(Tables tables, OrderPreview preview, TokenNames names, TradedToken sold, TradedToken bought)
    {
        tables.Say(preview.Sentence);
        var rows = new List<(string, string?)[]>
        {
            Row("Would it be taken", preview.Acceptable ? "yes" : "no", preview.Acceptable ? "green" : "red"),
            Row("Would it be due now", preview.WouldTriggerNow ? "yes" : "no"),
        };
        if (preview.Swap is { } swap)
        {
            rows.Add(Row("Quote of now", names.Amount(swap.AmountOut, bought.ContractId)));
            if (swap.MinAmountOut is { } least) rows.Add(Row("Never less than", names.Amount(least, bought.ContractId)));
            if (swap.ImpactBps is { } impact) rows.Add(Row("Cost of its size", Percent(impact)));
            if (swap.BelowBelievedBps is { } below) rows.Add(Row("Below the believed prices", Percent(below)));
            if (swap is { Taken: false, Why: { } why }) rows.Add(Row("Not swapped now", why, "yellow"));
        }
        if (preview.Funds is { } funds)
        {
            rows.Add(Row("Funds", $"{names.Amount(funds.Balance, sold.ContractId)} of {names.Amount(funds.Required, sold.ContractId)}",
                funds.Enough ? "green" : "red"));
        }
        foreach (var refusal in preview.Refusals) rows.Add(Row($"Refused: {refusal.Field ?? refusal.Code}", refusal.Error, "red"));
        tables.Print(["Preview", ""], rows);
    }

    private static (string, string?)[] Row(string name, string value, string? colour = null) => [(name, null), (value, colour)];

    private static string Percent(int bps) => $"{(bps / 100m).ToString(CultureInfo.InvariantCulture)} %";

    private static UInt128 Units(string text, TradedToken token, string what) =>
        TokenText.TryUnits(text, token.Decimals, out var units) && units > 0
            ? units
            : throw new CommandLineFault(
                $"{what} must be an amount of {token.Symbol} above 0 with at most {token.Decimals} digits behind the point.");
}
