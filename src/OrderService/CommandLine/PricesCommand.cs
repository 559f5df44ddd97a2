using System.CommandLine;
using System.Globalization;

namespace OrderService.CommandLine;

/// <summary><c>prices</c>: the believed prices.</summary>
internal static class PricesCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var read = new ReadOptions(world);
        var wanted = new Argument<string[]>("tokens")
        {
            Description = "Only these, by symbol or contract.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("prices", "Shows the prices that the service believes.") { wanted };
        read.AddTo(command, isOpen: true);
        command.SetAction((parsed, token) => read.RunAsync(parsed, needsWallet: false, async client =>
        {
            var (all, named) = (await client.PricesAsync(token), parsed.GetValue(wanted) ?? []);
            var names = await TokenNames.OfAsync(client, token);
            var only = named.Select(name => names.Find(name).ContractId).ToHashSet(StringComparer.Ordinal);
            var shown = all.Where(price => only.Count == 0 || only.Contains(price.TokenId)).ToList();
            // who asks for a few wants to know who said so
            if (only.Count > 0) shown = [.. await Task.WhenAll(shown.Select(price => client.PriceAsync(price.TokenId, token)))];
            if (read.IsJson(parsed))
            {
                await read.PrintAsync(shown);
                return;
            }
            var now = world.Time.GetUtcNow();
            new Tables(world.Out).Print(["Token", "USD", "Age", "From"], shown.Select(price => new (string, string?)[]
            {
                (price.Symbol ?? price.TokenId, null), (price.UsdPriceExact, null),
                (Age(now - DateTimeOffset.FromUnixTimeMilliseconds(price.LastUpdated)), null),
                (price.CalculationDetails?.PriceSource ?? "", null),
            }));
            foreach (var missing in only.Where(id => shown.TrueForAll(price => price.TokenId != id)))
                await world.Error.WriteLineAsync($"{names.Symbol(missing)} has no believed price now.");
        }));
        return command;
    }

    private static string Age(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s");
}
