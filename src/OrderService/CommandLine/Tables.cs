using System.Globalization;
using OrderService.Client;
using Spectre.Console;

namespace OrderService.CommandLine;

/// <summary>Tables for a person, in colour where a terminal shows them; what others wrote is never markup.</summary>
internal sealed class Tables(TextWriter to)
{
    private const int WidthWithoutTerminal = 200;

    private readonly IAnsiConsole _console = Of(to);

    /// <summary>Prints a table; a cell may have a colour, said before it.</summary>
    public void Print(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<(string Text, string? Colour)>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head)));
        foreach (var row in rows)
        {
            table.AddRow(row.Select(
                cell => new Text(cell.Text, cell.Colour is { } colour ? new Style(Style.Parse(colour).Foreground) : Style.Plain)));
        }
        _console.Write(table);
    }

    /// <summary>Prints a line.</summary>
    public void Say(string text) => _console.WriteLine(text);

    /// <summary>A moment for reading.</summary>
    public static string Clock(string moment) =>
        DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : moment;

    /// <summary>The colour of a status.</summary>
    public static string? ColourOf(string status) => status switch
    {
        "confirmed" => "green",
        "failed" => "red",
        "broadcasted" or "cancelling" => "yellow",
        "cancelled" => "grey",
        _ => null,
    };

    private static IAnsiConsole Of(TextWriter to)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(to), Ansi = to == Console.Out ? AnsiSupport.Detect : AnsiSupport.No });
        if (to != Console.Out || Console.IsOutputRedirected) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}

/// <summary>Tokens by symbol and amounts in whole tokens.</summary>
internal sealed class TokenNames(IReadOnlyList<TradedToken> tokens)
{
    /// <summary>Reads what the service trades.</summary>
    public static async Task<TokenNames> OfAsync(OrderServiceClient client, CancellationToken token) =>
        new(await client.TokensAsync(token));

    /// <summary>The symbol of a contract, or the contract where it is not traded.</summary>
    public string Symbol(string contract) => Known(contract)?.Symbol ?? contract;

    /// <summary>An amount with its symbol.</summary>
    public string Amount(string units, string contract) =>
        Known(contract) is { } token ? $"{TokenText.Whole(units, token.Decimals)} {token.Symbol}" : $"{units} base units of {contract}";

    /// <summary>A token by its symbol, in any case, or its contract.</summary>
    public TradedToken Find(string name)
    {
        if (Known(name) is { } exact) return exact;
        var found = tokens.Where(token => token.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new CommandLineFault(
                $"No token is called {name}. There are {string.Join(", ", tokens.Select(token => token.Symbol))}."),
            _ => throw new CommandLineFault(
                $"{name} is more than one token: give {string.Join(" or ", found.Select(token => token.ContractId))}."),
        };
    }

    private TradedToken? Known(string contract) => tokens.FirstOrDefault(token => token.ContractId == contract);
}
