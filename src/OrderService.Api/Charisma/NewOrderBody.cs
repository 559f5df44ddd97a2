using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.Charisma;

/// <summary>The body of POST orders/new as it came: every field read, none judged. <see cref="NewOrderRules"/> judges, <see cref="NewOrderTerms"/> makes the order of it.</summary>
internal sealed class NewOrderBody
{
    public Given<OrderUuid> Uuid { get; set; }

    public Given<StacksAddress> Owner { get; set; }

    public Given<ContractId> InputToken { get; set; }

    public Given<TokenId> OutputToken { get; set; }

    public Given<TokenAmount> AmountIn { get; set; }

    public Given<Principal> Recipient { get; set; }

    public Given<RecoverableSignature> Signature { get; set; }

    public Given<ConditionToken> Condition { get; set; }

    public Given<TokenId> BaseAsset { get; set; }

    public Given<TriggerDirection> Direction { get; set; }

    public Given<Price> TargetPrice { get; set; }

    public Given<DateTimeOffset> ValidFrom { get; set; }

    public Given<DateTimeOffset> ValidTo { get; set; }

    public Given<TokenAmount> MinAmountOut { get; set; }

    public Given<BasisPoints> SlippageBps { get; set; }

    /// <summary>The same as <see cref="SlippageBps"/> in per cent, as other services call it.</summary>
    public Given<BasisPoints> Slippage { get; set; }

    public Given<BasisPoints> MaxDeviationBps { get; set; }

    public Given<bool> AcceptUnprotectedOutput { get; set; }

    public Given<RecoverableSignature> TermsSignature { get; set; }

    /// <summary>The strategy that the client says it belongs to, which is one of those below; null where it is not one of at most 200 characters.</summary>
    public string? StrategyId { get; set; }

    /// <summary>All other fields: a JSON object with their text as it came, or null where there are none. Where a term was spelt otherwise than it is written here, its spelling is among them.</summary>
    public string? ClientFields { get; set; }

    /// <summary>Why the body could not be read at all; everything else is empty then.</summary>
    public OrderError? Fault { get; init; }

    /// <summary>Reads the body of a request.</summary>
    public static Task<NewOrderBody> ReadAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value;
        return RequestBody.ReadAsync(context, options.BodyBytesMax, json => NewOrderJson.Read(json.Span, options.ClientFieldsBytesMax));
    }
}
