using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>The ranges of <see cref="PricingOptions"/>, checked when the service starts.</summary>
internal sealed class PricingOptionsRules : IValidateOptions<PricingOptions>
{
    private static readonly Price JumpFactorMin = Price.Parse("1.01");
    private static readonly Price JumpFactorMax = Price.Parse("1000000");

    public ValidateOptionsResult Validate(string? name, PricingOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(PricingOptions options)
    {
        foreach (var problem in Ranges(options)) yield return $"{PricingOptions.Section}:{problem}";
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (options.Sources.KrakenStream is { } stream)
        {
            names.Add(KrakenTicker.SourceName);
            foreach (var problem in KrakenStreamRules.Problems(stream, options.Sources))
                yield return $"{PricingOptions.Section}:Sources:KrakenStream: {problem}";
        }
        foreach (var source in options.Sources.All())
        {
            if (!names.Add(source.Name)) yield return $"{PricingOptions.Section}:Sources has two sources named '{source.Name}'";
            foreach (var problem in Problems(source)) yield return $"{PricingOptions.Section}:Sources '{source.Name}': {problem}";
        }
    }

    private static IEnumerable<string> Ranges(PricingOptions options)
    {
        if (!Within(options.PollInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1)))
            yield return "PollInterval must be 50 ms to 1 hour";
        if (!Within(options.StaleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))) yield return "StaleAfter must be 1 second to 1 day";
        if (!Within(options.PollTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)))
            yield return "PollTimeout must be 50 ms to 1 minute";
        if (options.StaleAfter < options.PollInterval) yield return "StaleAfter must not be shorter than PollInterval";
        if (options.MaxDeviation is < 1 or > BasisPoints.Max) yield return "MaxDeviation must be 1 to 10000 basis points";
        if (!Price.TryParse(options.MaxJump, out var factor) || factor < JumpFactorMin || factor > JumpFactorMax)
            yield return "MaxJump must be a factor of 1.01 to 1000000";
        if (!Within(options.JumpHold, TimeSpan.Zero, TimeSpan.FromDays(1))) yield return "JumpHold must be 0 to 1 day";
        if (!Within(options.OpinionMaxAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)))
            yield return "OpinionMaxAge must be 1 second to 1 day";
        if (options.SourcesMin is < 1 or > 100) yield return "SourcesMin must be 1 to 100";
        if (!Within(options.ThinAfter, TimeSpan.FromHours(1), TimeSpan.FromDays(3650)))
            yield return "ThinAfter must be 1 hour to 3650 days";
        if (!Within(options.HistoryRetention, options.ThinAfter, TimeSpan.FromDays(3650)))
            yield return "HistoryRetention must be ThinAfter to 3650 days";
        if (!Within(options.ThinInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)))
            yield return "ThinInterval must be 1 second to 1 day";
        if (!TokenId.TryParse(options.SbtcToken, out _)) yield return "SbtcToken must be a token";
        if (options.Sources.Charisma is { Limit: < 1 or > 100_000 }) yield return "Sources:Charisma:Limit must be 1 to 100000";
    }

    private static IEnumerable<string> Problems(HttpPriceSourceOptions source)
    {
        if (string.IsNullOrWhiteSpace(source.Name) || source.Name.Length > 40 || source.Name.Contains(',', StringComparison.Ordinal))
            yield return "Name must be 1 to 40 characters without a comma";
        if (source.Preset is { } preset && !PriceSourcePresets.Names.Contains(preset))
            yield return $"Preset must be one of {string.Join(", ", PriceSourcePresets.Names)}";
        if (source.Preset is not null && source.TokenMap.Count == 0) yield return "a Preset needs a TokenMap";
        if (source.Interval is { } interval && !Within(interval, TimeSpan.Zero, TimeSpan.FromHours(1)))
            yield return "Interval must be 0 to 1 hour";
        if (!IsWebAddress(source.UrlTemplate)) yield return "the address must be an absolute http or https URL";
        if (source.PricePath.Length == 0) yield return "PricePath must be set";
        if (source.TokenPath is null && source.ArrayPath is not null) yield return "ArrayPath needs a TokenPath";
        if (source.TokenPath is null && !source.AsksPerToken && source.TokenMap.Count == 0)
            yield return "without a TokenPath and without {token} in the URL a TokenMap is needed";
        if (!Within(source.Timeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)))
            yield return "Timeout must be 50 ms to 1 minute";
        if (source.StaleAfter is { } stale && !Within(stale, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)))
            yield return "StaleAfter must be 1 second to 1 day";
        if (source.MaxBytes is < 64 or > 64 * 1024 * 1024) yield return "MaxBytes must be 64 bytes to 64 MiB";
        foreach (var (id, alias) in source.TokenMap)
        {
            if (!TokenId.TryParse(id, out var token) || token == TokenId.Usd) yield return $"TokenMap: '{id}' is not a token";
            if (string.IsNullOrEmpty(alias)) yield return $"TokenMap: '{id}' has no name";
        }
    }

    private static bool IsWebAddress(string template) =>
        Uri.TryCreate(template.Replace(HttpPriceSourceOptions.TokenPlaceholder, "token", StringComparison.Ordinal), UriKind.Absolute,
            out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static bool Within(TimeSpan value, TimeSpan min, TimeSpan max) => value >= min && value <= max;
}
