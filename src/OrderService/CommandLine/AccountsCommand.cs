using System.CommandLine;
using OrderService.Client;

namespace OrderService.CommandLine;

/// <summary><c>accounts</c>: a wallet's managed accounts, and what each holds.</summary>
internal static class AccountsCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var read = new ReadOptions(world);
        var command = new Command("accounts", "Shows a wallet's managed accounts and what each holds.");
        read.AddTo(command);
        command.SetAction((parsed, token) => read.RunAsync(parsed, needsWallet: true, async client =>
        {
            var accounts = await client.AccountsAsync(token);
            if (read.IsJson(parsed))
            {
                await read.PrintAsync(accounts);
            }
            else
            {
                new Tables(world.Out).Print(["Account", "Address", "Token", "Holds", "Set aside", "Leaving", "Free"],
                    accounts.SelectMany(Rows));
            }
        }));
        return command;
    }

    private static IEnumerable<(string, string?)[]> Rows(ManagedAccount account)
    {
        var held = account.Balances?.Where(balance => balance.Balance != "0" || balance.Reserved != "0").ToList() ?? [];
        return held.Count == 0 ? [Row(account, null)] : held.Select(balance => Row(account, balance));
    }

    private static (string, string?)[] Row(ManagedAccount account, AccountBalance? held)
    {
        string Whole(string? units) => held is null || units is null ? "" : TokenText.Whole(units, held.Decimals);
        return
        [
            (account.Name, null), (account.Address, null), (held?.Symbol ?? "nothing yet", null),
            (Whole(held?.Balance), null), (Whole(held?.Reserved), null), (Whole(held?.Withdrawing), null), (Whole(held?.Available), null),
        ];
    }
}
