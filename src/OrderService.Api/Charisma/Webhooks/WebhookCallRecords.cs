using Microsoft.Extensions.Options;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Webhooks;

namespace OrderService.Api.Charisma.Webhooks;

/// <summary>What a wallet's message says that adds a webhook.</summary>
internal sealed record WebhookAskedRecord : RequestRecord
{
    /// <summary>Where messages go.</summary>
    public Given<string> Url { get; init; }

    /// <summary>Which kinds of events; all where it is left out.</summary>
    public Given<IReadOnlyList<string?>> Kinds { get; init; }
}

/// <summary>What a wallet's message says that has events sent again.</summary>
internal sealed record RedeliveryAskedRecord : RequestRecord
{
    /// <summary>The first position.</summary>
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> From { get; init; }

    /// <summary>The last of them.</summary>
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> To { get; init; }

    /// <summary>A position that the rules let pass.</summary>
    internal static long Position(Given<WireNumber> given) => TryRead(given, out var position) ? position : 0;

    /// <summary>Reads a position, a whole number from 1.</summary>
    internal static bool TryRead(Given<WireNumber> given, out long position)
    {
        var isOne = given.IsRead && given.Value.TryScale(0, out var number) && number > 0 && number <= long.MaxValue;
        position = isOne ? (long)given.Value.ScaleFloor(0) : 0;
        return isOne;
    }
}

/// <summary>What a message that adds a webhook must say.</summary>
internal sealed class WebhookAskedRules : RequestRules<WebhookAskedRecord>
{
    public WebhookAskedRules(IOptions<WebhooksOptions> options)
    {
        Refuse(body => WebhookUrls.Read(body.Url.Value, options.Value.AllowPrivate).Error);
        Must(b => b.Kinds,
            (_, kinds) => !kinds.IsGiven
                || (kinds is { IsRead: true, Value: { Count: > 0 } words }
                    && words.All(word => word is not null && EventsQuery.Kinds.Contains(word)))).Says("must name kinds of events");
    }
}

/// <summary>What a message that has events sent again must say.</summary>
internal sealed class RedeliveryAskedRules : RequestRules<RedeliveryAskedRecord>
{
    public RedeliveryAskedRules()
    {
        Must(b => b.From, (_, from) => RedeliveryAskedRecord.Position(from) > 0).Says("must be a position: a whole number from 1");
        Must(b => b.To, (body, to) => RedeliveryAskedRecord.TryRead(to, out var last) && last >= RedeliveryAskedRecord.Position(body.From))
            .Says("must be a position, from or later");
    }
}
