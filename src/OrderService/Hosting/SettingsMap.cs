using System.Collections;
using System.Reflection;
using OrderService.Api.Mcp;
using OrderService.Api.Wire;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Webhooks;
using OrderService.Venues.Simulated;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

using RouteOptions = OrderService.Venues.Stacks.Routes.RouteOptions;

namespace OrderService.Hosting;

/// <summary>Which class reads which section: where the names of all settings are known.</summary>
internal static class SettingsMap
{
    public static readonly IReadOnlyList<(string Section, Type Options)> Sections =
    [
        ("Orders", typeof(OrdersOptions)), ("Orders", typeof(OrdersApiOptions)), ("Execution", typeof(ExecutionOptions)),
        ("Ended", typeof(EndedOptions)),
        ("Store", typeof(StoreOptions)), ("Events", typeof(EventsOptions)), ("Webhooks", typeof(WebhooksOptions)),
        ("Pricing", typeof(PricingOptions)),
        ("Service", typeof(ServiceOptions)), ("Auth", typeof(AuthOptions)), ("Accounts", typeof(MasterKeyOptions)),
        ("Accounts", typeof(AccountsOptions)),
        ("Simulator", typeof(SimulatedOptions)), ("Limits", typeof(LimitsOptions)), ("Proxies", typeof(ProxiesOptions)),
        ("Operator", typeof(OperatorOptions)), ("Otlp", typeof(OtlpOptions)), ("Log", typeof(LogOptions)), ("Mcp", typeof(McpOptions)),
        ("Stacks", typeof(StacksOptions)), ("Stacks", typeof(VaultListOptions)), ("Stacks:Routes", typeof(RouteOptions)),
        .. DialectServices.All.SelectMany(dialect => dialect.Settings),
    ];

    /// <summary>
    /// The settings that nothing reads, which are misspelt, or of another version. Only sections of the service are looked at: the rest
    /// belongs to others.
    /// </summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration) =>
        Sections.Select(section => section.Section.Split(':')[0]).Distinct()
            .SelectMany(
                root => Unknown(configuration.GetSection(root), [.. Sections.Where(s => s.Section == root).Select(s => s.Options)]));

    private static IEnumerable<string> Unknown(IConfigurationSection section, IReadOnlyList<Type> types)
    {
        var known = types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .ToLookup(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            var deeper = Sections.Where(s => s.Section.Equals(child.Path, StringComparison.OrdinalIgnoreCase)).Select(s => s.Options)
                .Concat(known[child.Key].Select(property => property.PropertyType)).ToList();
            if (deeper.Count == 0) yield return child.Path;
            else if (deeper.All(IsOptions)) foreach (var path in Unknown(child, deeper)) yield return path;
        }
    }

    // Lists and dictionaries have any key, and what is in them is checked by those who read it.
    private static bool IsOptions(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) && !typeof(IEnumerable).IsAssignableFrom(type);
}
