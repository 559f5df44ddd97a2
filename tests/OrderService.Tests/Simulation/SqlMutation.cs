using System.Text.RegularExpressions;

namespace OrderService.Tests.Simulation;

/// <summary>A check that is taken out of the statements of an engine on their way to the store, and what its absence is found by.</summary>
internal sealed partial class SqlMutation
{
    private readonly Func<string, string> _rewrite;

    private SqlMutation(string crime, Func<string, string> rewrite) => (Crime, _rewrite) = (crime, rewrite);

    /// <summary>Part of what a judge says who finds it.</summary>
    public string Crime { get; }

    /// <summary>Statements that were changed.</summary>
    public int Count { get; private set; }

    public static SqlMutation Of(string check) => check switch
    {
        "the claim's condition" =>
            new("sent after it was stopped",
                sql => sql.Replace("s.status = 'executing' AND s.claim_id = c.id", "true", StringComparison.Ordinal)),
        "the hold" =>
            new("without the funds",
                sql => sql.Replace("h.token, h.in_flight, h.spent FROM unnest", "h.token, 0::numeric, h.spent FROM unnest",
                    StringComparison.Ordinal)),
        "the window" =>
            new("past its window",
                sql => sql.Contains("FOR NO KEY UPDATE", StringComparison.Ordinal)
                    ? sql : NotAfterRead().Replace(sql, "NULL::timestamptz AS not_after")),
        "the slot" =>
            new("two legs",
                sql => sql.Replace("SELECT group_id, leg FROM group_slots", "SELECT group_id, NULL::integer FROM group_slots",
                    StringComparison.Ordinal)),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, "no such check"),
    };

    public string Rewrite(string sql)
    {
        var changed = _rewrite(sql);
        if (changed != sql) Count++;
        return changed;
    }

    // As EF reads it, in a list of columns.
    [GeneratedRegex(@"\bs\d*\.not_after\b(?=,)")]
    private static partial Regex NotAfterRead();
}
