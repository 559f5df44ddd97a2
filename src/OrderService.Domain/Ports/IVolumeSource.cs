using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Ports;

/// <summary>What a market traded in one minute (its start) of a pair: base units of each of its two tokens.</summary>
public sealed record MinuteVolume(TokenId Base, TokenId Quote, DateTimeOffset Minute, TokenAmount BaseUnits, TokenAmount QuoteUnits);

/// <summary>Where the volume of the market comes from: another process. A venue that cannot tell has none.</summary>
public interface IVolumeSource
{
    /// <summary>
    /// What was traded in each minute of [from, to) that has any, both ways round: each trade counts for base/quote and for quote/base.
    /// Throws what its transport throws.
    /// </summary>
    Task<IReadOnlyList<MinuteVolume>> FetchAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken token);
}
