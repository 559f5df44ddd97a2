using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Engine.Auth;
using OrderService.Engine.Webhooks;

namespace OrderService.Api.Charisma.Webhooks;

/// <summary>
/// A wallet's webhooks. All are proven by the wallet itself, and what is acted on stands in what it signed: no key names an address that
/// outlives it.
/// </summary>
internal static class WebhookEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup($"{CharismaEndpoints.BasePath}/webhooks").WithTags("Webhooks");
        hooks.MapPost("", AddAsync).Needs(new WalletAskProof<WebhookAskedRecord>(WalletActions.AddWebhook));
        hooks.MapGet("", ListAsync).Needs(new WalletCallProof(WalletActions.ListWebhooks));
        hooks.MapGet("/{webhookId}", GetAsync).Needs(new WalletCallProof(WalletActions.ListWebhooks));
        hooks.MapDelete("/{webhookId}", RemoveAsync).Needs(new WalletCallProof(WalletActions.RemoveWebhook));
        hooks.MapPost("/{webhookId}/rotate", RotateAsync).Needs(new WalletCallProof(WalletActions.RotateWebhook));
        hooks.MapPost("/{webhookId}/enable", EnableAsync).Needs(new WalletCallProof(WalletActions.EnableWebhook));
        hooks.MapPost("/{webhookId}/test", TestAsync).Needs(new WalletCallProof(WalletActions.TestWebhook));
        hooks.MapPost("/{webhookId}/redeliver", RedeliverAsync)
            .Needs(new WalletAskProof<RedeliveryAskedRecord>(WalletActions.RedeliverWebhook));
        hooks.MapGet("/{webhookId}/deliveries", DeliveriesAsync).Needs(new WalletCallProof(WalletActions.ListWebhooks));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, ChangeWebhooks change, Microsoft.Extensions.Options.IOptions<WebhooksOptions> options, CancellationToken token)
    {
        var asked = WalletAskProof<WebhookAskedRecord>.AskedOf(context);
        if (WebhookUrls.Read(asked.Url.Value, options.Value.AllowPrivate).IsRejected(out var why, out var url)
            || (await change.AddAsync(WalletCallProof.CallOf(context).Signed, url, asked.Kinds.Value?.OfType<string>().Distinct().ToList(),
                token)).IsRejected(out why, out var added))
        {
            return CharismaErrors.From(why);
        }
        return Secret(context, added.Endpoint, added.Secret);
    }

    private static async Task<IResult> ListAsync(HttpContext context, WebhookDirectory directory, CancellationToken token)
    {
        var found = await directory.OfAsync(WalletCallProof.CallOf(context).Signed.Signer, token);
        return JsonAnswer.Fresh(context, new WebhookListRecord { Status = Answers.Success, Webhooks = [.. found.Select(WebhookJson.Of)] },
            CharismaJson.Default.WebhookListRecord);
    }

    private static async Task<IResult> GetAsync(string webhookId, HttpContext context, WebhookDirectory directory, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)
            || await directory.FindAsync(id, WalletCallProof.CallOf(context).Signed.Signer, token) is not { } found)
        {
            return CharismaErrors.From(ChangeWebhooks.NotFound);
        }
        return JsonAnswer.Fresh(context, new WebhookAnswerRecord { Status = Answers.Success, Webhook = WebhookJson.Of(found) },
            CharismaJson.Default.WebhookAnswerRecord);
    }

    private static async Task<IResult> RemoveAsync(string webhookId, HttpContext context, ChangeWebhooks change, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)) return CharismaErrors.From(ChangeWebhooks.NotFound);
        if (await change.RemoveAsync(WalletCallProof.CallOf(context).Signed, id, token) is { } why) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, new RemovedWebhookRecord { Status = Answers.Success, Message = "The webhook has been removed" },
            CharismaJson.Default.RemovedWebhookRecord);
    }

    private static async Task<IResult> RotateAsync(string webhookId, HttpContext context, ChangeWebhooks change, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)) return CharismaErrors.From(ChangeWebhooks.NotFound);
        return (await change.RotateAsync(WalletCallProof.CallOf(context).Signed, id, token)).IsRejected(out var why, out var rotated)
            ? CharismaErrors.From(why) : Secret(context, rotated.Endpoint, rotated.Secret);
    }

    private static async Task<IResult> EnableAsync(string webhookId, HttpContext context, ChangeWebhooks change, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)) return CharismaErrors.From(ChangeWebhooks.NotFound);
        if ((await change.EnableAsync(WalletCallProof.CallOf(context).Signed, id, token)).IsRejected(out var why, out var enabled))
            return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, new WebhookAnswerRecord { Status = Answers.Success, Webhook = WebhookJson.Of(enabled) },
            CharismaJson.Default.WebhookAnswerRecord);
    }

    private static async Task<IResult> TestAsync(string webhookId, HttpContext context, ChangeWebhooks change, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)) return CharismaErrors.From(ChangeWebhooks.NotFound);
        if ((await change.TestAsync(WalletCallProof.CallOf(context).Signed, id, token)).IsRejected(out var why, out var outcome))
            return CharismaErrors.From(why);
        var told = new WebhookTestRecord
        {
            Delivered = outcome.IsDelivered, AnswerStatus = outcome.Status, Answer = outcome.Answer, Error = outcome.Error,
            TookMs = (int)Math.Min(int.MaxValue, outcome.Took.TotalMilliseconds),
        };
        return JsonAnswer.Fresh(context, new SuccessRecord<WebhookTestRecord> { Status = Answers.Success, Data = told },
            CharismaJson.Default.SuccessRecordWebhookTestRecord);
    }

    private static async Task<IResult> RedeliverAsync(string webhookId, HttpContext context, ChangeWebhooks change, CancellationToken token)
    {
        var call = WalletCallProof.CallOf(context);
        if (!WalletCall.TryParseId(webhookId, out var id)) return CharismaErrors.From(ChangeWebhooks.NotFound);
        var asked = WalletAskProof<RedeliveryAskedRecord>.AskedOf(context);
        var (from, to) = (RedeliveryAskedRecord.Position(asked.From), RedeliveryAskedRecord.Position(asked.To));
        if ((await change.RedeliverAsync(call.Signed, id, from, to, token)).IsRejected(out var why, out var queued))
            return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context,
            new SuccessRecord<RedeliveryRecord> { Status = Answers.Success, Data = new RedeliveryRecord { Queued = queued } },
            CharismaJson.Default.SuccessRecordRedeliveryRecord);
    }

    private static async Task<IResult> DeliveriesAsync(
        string webhookId, HttpContext context, WebhookDirectory directory, CancellationToken token)
    {
        if (!WalletCall.TryParseId(webhookId, out var id)
            || await directory.FindAsync(id, WalletCallProof.CallOf(context).Signed.Signer, token) is null)
        {
            return CharismaErrors.From(ChangeWebhooks.NotFound);
        }
        var (query, before, limit) = (context.Request.Query, long.MaxValue, DeliveryListRecord.LimitDefault);
        if (query.Text("before") is { } beforeText
            && !long.TryParse(beforeText, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out before))
        {
            return CharismaErrors.Field("before", "must be a position");
        }
        if (query.LimitRefusal(DeliveryListRecord.LimitMax, ref limit) is { } badLimit) return CharismaErrors.From(badLimit);
        var found = await directory.DeliveriesAsync(id, before, limit, token);
        return JsonAnswer.Fresh(context,
            new DeliveryListRecord { Status = Answers.Success, Deliveries = [.. found.Select(WebhookJson.Of)] },
            CharismaJson.Default.DeliveryListRecord);
    }

    private static JsonAnswer Secret(HttpContext context, WebhookEndpoint endpoint, WebhookSecret secret) =>
        JsonAnswer.Fresh(context,
            new NewWebhookRecord { Status = Answers.Success, Webhook = WebhookJson.Of(endpoint), Secret = secret.Reveal() },
            CharismaJson.Default.NewWebhookRecord);
}
