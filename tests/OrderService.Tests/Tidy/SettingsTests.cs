using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Wire;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.Tidy;

/// <summary>
/// appsettings.json and the tables of docs/settings.md name every key with the default that the code has, so neither can drift.
/// </summary>
public sealed partial class SettingsTests
{
    private static readonly string Root = Repository.Root;
    private static readonly string Settings = Path.Combine(Root, "src", "OrderService", "appsettings.json");

    private static readonly IReadOnlyList<(string Section, Type Options)> Sections = SettingsMap.Sections;

    // Given by the host from DATA_DIR, never from a section. The options of commands are another thing of the same name.
    private static readonly Type[] NotConfigured = [typeof(EmbeddedPostgresOptions)];

    private sealed record Key(string Path, object? Default, bool IsOfElement);

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Sections.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Appsettings_says_what_the_code_has_by_default(int row)
    {
        var (section, type) = Sections[row];
        var empty = Bound(new ConfigurationBuilder().Build(), section, type);
        var named = Bound(new ConfigurationBuilder().AddJsonFile(Settings).Build(), section, type);
        JsonSerializer.Serialize(named, type).ShouldBe(JsonSerializer.Serialize(empty, type));
    }

    [Fact]
    public void Appsettings_names_every_key_and_no_other()
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (section, node) in JsonNode.Parse(File.ReadAllText(Settings))!.AsObject())
        {
            if (Sections.Any(s => s.Section == section)) Collect(section, node, written);
        }
        written.ShouldBe(Keys().Where(key => !key.IsOfElement).Select(key => key.Path), ignoreOrder: true);
    }

    [Fact]
    public void The_table_names_every_key_and_no_other()
    {
        var sections = Sections.Select(s => s.Section + ":").ToArray();
        Table().Keys.Where(path => sections.Any(s => path.StartsWith(s, StringComparison.Ordinal)))
            .ShouldBe(Keys().Select(key => key.Path), ignoreOrder: true);
    }

    [Fact]
    public void The_table_has_the_defaults_of_the_code()
    {
        var table = Table();
        foreach (var key in Keys()) table[key.Path].ShouldBe(Text(key.Default), key.Path);
    }

    [Fact]
    public void Every_options_class_is_in_these_tests()
    {
        var known = Sections.Select(s => s.Options).Concat(NotConfigured).ToHashSet();
        foreach (var (_, type) in Sections) AddNested(type, known);
        new[] { typeof(OrdersOptions), typeof(OrdersApiOptions), typeof(StacksOptions),
            typeof(SettingsMap) }.SelectMany(one => one.Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)
                && type.Namespace != "OrderService.CommandLine" && !known.Contains(type)).ShouldBeEmpty();
    }

    private static object Bound(IConfiguration configuration, string section, Type type)
    {
        var options = Activator.CreateInstance(type, nonPublic: true)!;
        configuration.GetSection(section).Bind(options);
        return options;
    }

    // Of a list's element the path has N in the place of its number.
    private static IEnumerable<Key> Keys() =>
        Sections.SelectMany(s => KeysOf(s.Section, s.Options, false)).DistinctBy(key => key.Path);

    private static IEnumerable<Key> KeysOf(string prefix, Type type, bool isOfElement)
    {
        var defaults = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (var property in SettableOf(type))
        {
            var path = $"{prefix}:{property.Name}";
            var value = property.GetValue(defaults);
            var nested = Nested(property.PropertyType);
            if (nested is null || value is null || value is IList) yield return new Key(path, value, isOfElement);
            if (nested is null) continue;
            var isElement = value is null or IList;
            foreach (var key in KeysOf(value is IList ? $"{path}:N" : path, nested, isOfElement || isElement)) yield return key;
        }
    }

    private static IEnumerable<PropertyInfo> SettableOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } || typeof(IEnumerable).IsAssignableFrom(p.PropertyType));

    // The options class inside a property: itself, or that of a list's elements.
    private static Type? Nested(Type type)
    {
        var inner = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : type;
        return inner.Name.EndsWith("Options", StringComparison.Ordinal) ? inner : null;
    }

    private static void AddNested(Type type, HashSet<Type> known)
    {
        foreach (var nested in SettableOf(type).Select(p => Nested(p.PropertyType)).OfType<Type>())
        {
            if (known.Add(nested)) AddNested(nested, known);
        }
    }

    private static void Collect(string path, JsonNode? node, HashSet<string> written)
    {
        if (node is not JsonObject members) written.Add(path);
        else foreach (var (name, value) in members) Collect($"{path}:{name}", value, written);
    }

    /// <summary>The rows of the page: key and default, both in backticks; a default that is not is empty text.</summary>
    private static Dictionary<string, string> Table() =>
        File.ReadAllLines(Path.Combine(Root, "docs", "settings.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups["key"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);

    private static string Text(object? value) => value switch
    {
        null or "" => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum word => word.ToString(),
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        TimeSpan span =>
            span.ToString("c", CultureInfo.InvariantCulture) is var full && full.Contains('.', StringComparison.Ordinal)
                && span.Milliseconds > 0 ? full.TrimEnd('0') : full,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z]+(:[A-Za-z0-9]+)+)` \| (`(?<value>[^`]*)`|[^|]*?) \|")]
    private static partial Regex Row();
}
