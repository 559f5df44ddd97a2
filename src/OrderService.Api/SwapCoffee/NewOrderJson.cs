using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>Makes the order of a body that <see cref="NewStrategyRules"/> let pass.</summary>
internal static class NewOrderJson
{
    private static readonly NewStrategyRules Rules = new();

    /// <summary>The order of a text, or the first field that is not as it must be.</summary>
    public static Result<NewOrderBody> Read(ReadOnlyMemory<byte> json) =>
        Read(BodyReader<NewStrategyRecord>.Read(json.Span, SwapCoffeeBodies.Style));

    /// <summary>The same of a record that nobody has judged yet.</summary>
    public static Result<NewOrderBody> Read(NewStrategyRecord body) => Rules.FirstRefusal(body) is { } why ? why : Of(body);

    /// <summary>The order.</summary>
    public static NewOrderBody Of(NewStrategyRecord body) => new(
        body.TokenFrom.Value!.Address.Value, body.TokenTo.Value!.Address.Value, body.InputAmount.Value,
        StrategyNumbers.Whole(body.MaxSuborders), StrategyNumbers.Whole(body.MaxInvocations),
        StrategyNumbers.TrySlippage(body.Slippage.Value, out var slippage) ? slippage : default, SettingsOf(body), body.ReferralName.Value);

    private static StrategySettings SettingsOf(NewStrategyRecord body)
    {
        var settings = body.Settings.Value!;
        return body.Type.Value == StrategyType.Limit
            ? new StrategySettings.Limit(settings.MinOutputAmount.Value)
            : new StrategySettings.Dca(StrategyNumbers.Whole(settings.Delay), StrategyNumbers.RateOf(settings));
    }
}
