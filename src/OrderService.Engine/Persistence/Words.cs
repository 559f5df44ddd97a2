namespace OrderService.Engine.Persistence;

/// <summary>The one text form of a status in SQL, logs and docs: its name in lower case.</summary>
internal static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.Texts[value];

    public static T Parse<T>(string text) where T : struct, Enum => Table<T>.Values[text];

    private static class Table<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().ToDictionary(v => v, v => v.ToString().ToLowerInvariant());
        public static readonly Dictionary<string, T> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
