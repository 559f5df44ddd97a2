using System.Reflection;
using System.Text.RegularExpressions;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Persistence;

/// <summary>
/// The SQL of the program: each text of the sources that is some, and the whole statements that are put together from several.
/// </summary>
internal static partial class StatementTexts
{
    public static IEnumerable<(string Where, string Text)> OfSources() =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match text in TextLiteral().Matches(File.ReadAllText(path))
        let sql = text.Value.Trim('$', '"')
        where Sql().IsMatch(sql)
        select (Path.GetRelativePath(Repository.Root, path), sql);

    /// <summary>Statements that are fields, as they are sent.</summary>
    public static IEnumerable<(string Where, string Text)> OfAssemblies() =>
        from assembly in (Assembly[])[typeof(StoreSchema).Assembly, typeof(LedgerSource).Assembly]
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType == typeof(string)
        let sql = (string?)field.GetValue(null)
        where sql is not null && Sql().IsMatch(sql)
        select ($"{type.FullName}.{field.Name}", sql);

    [GeneratedRegex("\\$*\"{3}.*?\"{3}|\\$?\"(?:[^\"\\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex TextLiteral();

    [GeneratedRegex(@"\b(?:SELECT|INSERT INTO|DELETE FROM|UPDATE\s+\S+(?:\s+\w+)?\s+SET)\s")]
    private static partial Regex Sql();
}
