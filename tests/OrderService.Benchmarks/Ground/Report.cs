using System.Globalization;

namespace OrderService.Benchmarks.Ground;

/// <summary>One line of a result: what was asked for, what was measured, and the limit of this machine that it is held against.</summary>
internal sealed record Figure(string What, string Target, string Measured, string Limit, string Ratio, bool Passes)
{
    public string ToMarkdown() => $"| {What} | {Target} | {Measured} | {Limit} | {Ratio} | {(Passes ? "PASS" : "**FAIL**")} |";
}

/// <summary>The figures of one benchmark. Notes are shown, not judged.</summary>
internal sealed class Report
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<Figure> Figures => _figures;

    public IReadOnlyList<string> Notes => _notes;

    public void Add(string what, string target, string measured, string limit, string ratio, bool passes)
    {
        _figures.Add(new Figure(what, target, measured, limit, ratio, passes));
        Console.WriteLine(_figures[^1].ToMarkdown());
    }

    public void Note(FormattableString text)
    {
        _notes.Add(text.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(_notes[^1]);
    }

    public static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
