using System.Text.Json.Nodes;

namespace OrderService.Stacks.Tests;

internal static class Vectors
{
    public static JsonNode Intents { get; } = Load("intents.json");

    public static JsonNode Messages { get; } = Load("messages.json");

    public static JsonNode Addresses { get; } = Load("addresses.json");

    public static JsonNode Transactions { get; } = Load("transactions.json");

    public static JsonNode Sponsored { get; } = Load("sponsored.json");

    public static JsonNode Terms { get; } = Load("terms.json");

    public static JsonNode Of(this JsonNode node, string name) => node[name] ?? throw new KeyNotFoundException(name);

    public static string Text(this JsonNode node, string name) => node.Of(name).GetValue<string>();

    public static string? TextOrNull(this JsonNode node, string name) => node[name]?.GetValue<string>();

    public static JsonNode ById(this JsonNode list, string id) => list.AsArray().Single(item => item!.Text("id") == id)!;

    public static TheoryData<string> Ids(JsonNode list) => [.. list.AsArray().Select(item => item!.Text("id"))];

    private static JsonNode Load(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", name)))!;
}
