using System.Text.RegularExpressions;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>
/// Each schema of the store can be a partition that an engine of several servers (Citus, sharding by schema) holds whole on one of them:
/// the catalogue and the statements have nothing that such an engine refuses. What it refuses is said in decision 19.
/// </summary>
public sealed partial class PartitionableSchemaTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    // The first migration that had to know of this; a distributed table takes one change a command.
    private const int FirstKnowing = 88;

    private const string Ours = "n.nspname IN ('public', 'simulator')";

    /// <summary>What must not be there, each as a query for the names of what is.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "a trigger", $"SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT tgisinternal AND {Ours}" },
        { "a rule", $"SELECT rulename || ' on ' || relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE rulename <> '_RETURN' AND {Ours}" },
        { "a counter that is no bigint", $"SELECT relname FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE seqtypid <> 'bigint'::regtype AND {Ours}" },
        { "an identity or a default of a counter that is no bigint", $"SELECT relname || '.' || attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE (attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE '%nextval(%') AND atttypid <> 'bigint'::regtype AND {Ours}" },
        { "a key into another schema", $"SELECT conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class f ON f.oid = k.confrelid WHERE f.relnamespace <> c.relnamespace AND {Ours}" },
        { "a view over another schema", "SELECT view_name FROM information_schema.view_table_usage WHERE view_schema <> table_schema AND view_schema IN ('public', 'simulator')" },
        { "a check of the whole row", $"SELECT conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE conbin::text ~ ':varattno 0 ' AND {Ours}" },
        { "an index or a default of the whole row", $"SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid WHERE concat(indexprs, indpred, adbin) ~ ':varattno 0 ' AND {Ours}" },
        { "a function of a row", $"SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE EXISTS (SELECT FROM unnest(proargtypes) AS of (type) JOIN pg_type t ON t.oid = of.type WHERE t.typtype = 'c') AND {Ours}" },
        { "a function that is not immutable", $"SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE provolatile <> 'i' AND {Ours}" },
        { "a partition of partitions, a parent, a materialised view or a foreign table", $"SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (relkind IN ('m', 'f') OR (relkind = 'p' AND relispartition) OR (relkind = 'r' AND relhassubclass)) AND {Ours}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_catalogue_has_not(string what, string query) => (await NamesAsync(query)).ShouldBeEmpty(what);

    [Fact]
    public void A_migration_changes_a_table_by_one_command_at_a_time() =>
        Migrator.Embedded().Where(migration => migration.Number >= FirstKnowing && SeveralCommands().IsMatch(Bare(migration.Sql)))
            .Select(migration => migration.Name).ShouldBeEmpty();

    [Theory]
    [InlineData("ALTER TABLE a ADD COLUMN b int, ADD COLUMN c int;", true)]
    [InlineData("ALTER TABLE a\n    DROP CONSTRAINT b,\n    ADD CONSTRAINT c CHECK (d > 0);", true)]
    [InlineData("ALTER TABLE a ADD CONSTRAINT c CHECK (d IN (1, 2));\nALTER TABLE a DROP COLUMN e;", false)]
    public void Several_commands_are_found(string sql, bool found) => SeveralCommands().IsMatch(Bare(sql)).ShouldBe(found);

    [Fact]
    public async Task A_statement_that_changes_rows_draws_what_is_volatile_in_its_first_part_only()
    {
        var names = await NamesAsync("SELECT DISTINCT proname::text FROM pg_proc WHERE provolatile = 'v' AND pronamespace = 'pg_catalog'::regnamespace");
        names.ShouldContain("gen_random_uuid");
        var statements = StatementTexts.OfSources().Concat(StatementTexts.OfAssemblies()).ToList();
        statements.Count.ShouldBeGreaterThan(300);
        statements.Where(statement => LateDraws(statement.Text, names)).Select(statement => statement.Where).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE a SET b = gen_random_uuid()", true)]
    [InlineData("WITH c AS (SELECT gen_random_uuid() AS id) UPDATE a SET b = c.id FROM c", false)]
    [InlineData("WITH c AS (SELECT (1) AS one), d AS (UPDATE a SET b = gen_random_uuid()) SELECT 1", true)]
    [InlineData("WITH d AS (UPDATE a SET b = gen_random_uuid()) SELECT 1", true)]
    [InlineData("UPDATE a SET b = 1 RETURNING set_config('x', 'y', true)", true)]
    [InlineData("SELECT gen_random_uuid()", false)]
    public void A_late_draw_is_found(string sql, bool found) =>
        LateDraws(sql, ["gen_random_uuid", "set_config"]).ShouldBe(found);

    [Fact]
    public async Task No_statement_names_a_schema_or_mixes_the_store_with_the_play_chain_or_takes_a_row_as_a_value_while_it_changes_rows()
    {
        var tables = await NamesAsync($"SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind IN ('r', 'p', 'v') AND nspname = 'public'");
        var mixed = new Regex($@"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:{string.Join('|', tables)})\b");
        foreach (var (where, text) in StatementTexts.OfSources())
        {
            SchemaNamed().IsMatch(text).ShouldBeFalse($"{where} names the schema");
            (Changes().IsMatch(text) && RowTaken().IsMatch(text)).ShouldBeFalse($"{where} takes a row as a value");
            Session().IsMatch(text).ShouldBeFalse($"{where} changes the session, listens or locks a table");
            if (text.Contains("simulator.", StringComparison.Ordinal)) mixed.IsMatch(text).ShouldBeFalse($"{where} mixes two schemas");
        }
    }

    // Where a statement changes rows: a volatile function after the parts that come before its first comma or its body, or in a part that
    // changes rows itself.
    private static bool LateDraws(string sql, IReadOnlyCollection<string> names)
    {
        if (!Changes().IsMatch(sql)) return false;
        var first = FirstPart(sql);
        return Draws(sql[first.Length..], names) || (Changes().IsMatch(first) && Draws(first, names));
    }

    private static bool Draws(string sql, IReadOnlyCollection<string> names) =>
        Called().Matches(sql).Any(call => names.Contains(call.Groups[1].Value));

    private static string FirstPart(string sql)
    {
        if (!sql.TrimStart().StartsWith("WITH ", StringComparison.Ordinal)) return "";
        var (depth, at) = (0, sql.IndexOf('('));
        for (; at >= 0 && at < sql.Length; at++)
        {
            depth += sql[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) break;
        }
        return at < 0 ? "" : sql[..Math.Min(at + 1, sql.Length)];
    }

    // Without comments, bodies of functions and what stands in brackets.
    private static string Bare(string sql)
    {
        var bare = Noise().Replace(sql, "");
        for (var before = ""; before != bare;) (before, bare) = (bare, Brackets().Replace(bare, ""));
        return bare;
    }

    private async Task<List<string>> NamesAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }

    [GeneratedRegex(@"ALTER TABLE[^;]*,\s*(?:ADD|DROP|ALTER|VALIDATE|SET|RENAME|ENABLE|DISABLE)\b")]
    private static partial Regex SeveralCommands();

    [GeneratedRegex(@"--[^\n]*|\$\$.*?\$\$", RegexOptions.Singleline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\b(?:INSERT INTO|DELETE FROM|UPDATE\s+[\w.{}]+(?:\s+\w+)?\s+SET)\b")]
    private static partial Regex Changes();

    [GeneratedRegex(@"\b([a-z_][a-z0-9_]*)\(")]
    private static partial Regex Called();

    [GeneratedRegex(@"\bpublic\.\w")]
    private static partial Regex SchemaNamed();

    [GeneratedRegex(@"\brow_to_json\(|\bto_jsonb?\(\s*\w+\s*\)|\(\s*\w+\.\*\s*\)")]
    private static partial Regex RowTaken();

    [GeneratedRegex(@"\bpg_notify\(|^\s*(?:LISTEN|NOTIFY|LOCK TABLE|CREATE TEMP)\b|\bSET (?:SESSION )?(?:synchronous_commit|enable_\w+|plan_cache_mode)\b")]
    private static partial Regex Session();
}
