using System.Reflection;
using System.Text.RegularExpressions;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>What the engine calls things: closed sets, and names that say what they are.</summary>
public sealed partial class EngineWordsTests
{
    // The engine's own names of fields. A dialect translates what it calls otherwise; a new one is added here, and to each dialect that
    // shows it.
    private static readonly string[] Fields =
    [
        "amount", "amountIn", "attemptsMax", "baseAsset", "conditionToken", "cursor", "from", "inputToken", "interval", "minAmountOut",
        "name", "outputToken", "parts", "rateMax", "rateMin", "recipient",
        "termsSignature", "to", "token", "url", "validTo", "walletAddress",
    ];

    private static readonly string[] Projects = ["Stacks", "Domain", "Engine", "Venues", "Api"];

    [Fact]
    public void The_fields_that_the_engine_names_are_a_closed_set() =>
        Sources().SelectMany(text => FieldName().Matches(text)).Select(match => match.Groups[1].Value).Distinct()
            .Order(StringComparer.Ordinal).ShouldBe(Fields);

    [Fact]
    public void Every_worker_has_a_name_of_its_own_and_is_in_the_list()
    {
        var names = typeof(WorkerNames).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!).ToList();
        WorkerNames.All.ShouldBe(names, ignoreOrder: true);
        names.Distinct().Count().ShouldBe(names.Count);
        Sources().SelectMany(text => BareWorkerName().Matches(text)).Select(match => match.Value).ShouldBeEmpty();
    }

    [Fact]
    public void What_has_to_be_awaited_says_so_in_its_name() =>
        Types().SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.DeclaredOnly))
            .Where(method => IsAwaited(method.ReturnType) && !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal)
                && !method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}").ShouldBeEmpty();

    private static IEnumerable<Type> Types() =>
        Projects.Select(name => Assembly.Load($"OrderService.{name}")).Append(typeof(ServiceHost).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("OrderService", StringComparison.Ordinal) == true
            && !type.Name.Contains('<', StringComparison.Ordinal) && !typeof(Delegate).IsAssignableFrom(type));

    private static bool IsAwaited(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static IEnumerable<string> Sources() =>
        new[] { "Domain",
            "Engine" }.SelectMany(name =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", $"OrderService.{name}"), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    [GeneratedRegex(@"OrderError\.(?:Field|UnknownToken)\(""([A-Za-z]+)""")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"(?:WorkerFailed|AddExpectedWorker|Beat)\(""\w+""")]
    private static partial Regex BareWorkerName();
}
