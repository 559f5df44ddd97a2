using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Mcp;

/// <summary>What a tool's arguments ask for, as text: whole tokens, symbols or contract ids, ISO times.</summary>
internal sealed record WantedSwap(string Sell, string Buy, string Amount)
{
    public string? AtLeast { get; init; }

    public string? Watch { get; init; }

    public string? Above { get; init; }

    public string? Below { get; init; }

    public string? MeasuredIn { get; init; }

    public string? ValidUntil { get; init; }

    public string? Account { get; init; }

    public string? Uuid { get; init; }
}

/// <summary>Reads them: each text becomes a type here, or a refusal that names its argument.</summary>
internal sealed class WantedSwaps(
    TokenRegistry tokens, ISwapRouter router, FindAccount accounts, ChooseAccount choose, IOptions<OrdersOptions> options)
{
    /// <summary>A token by its symbol, in any case, or its contract.</summary>
    public Token Token(string argument, string name)
    {
        if (TokenId.TryParse(name, out var id) && tokens.Find(id) is { } exact) return exact;
        return tokens.All.Where(token => token.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList() switch
        {
            [var one] => one,
            [] => throw McpCall.Refusal(argument,
                $"is no token that is traded here: there are {string.Join(", ", tokens.All.Select(token => token.Symbol))}"),
            var several =>
                throw McpCall.Refusal(argument, $"is more than one token: name {string.Join(" or ", several.Select(token => token.Id))}"),
        };
    }

    /// <summary>An amount above 0 in whole tokens.</summary>
    public static TokenAmount Amount(string argument, string text, Token token) =>
        HumanAmount.Read(text, token.Decimals, out var amount) == HumanAmountFault.None && amount > TokenAmount.Zero
        ? amount
        : throw McpCall.Refusal(argument,
            $"must be an amount of {token.Symbol} above 0, with at most {token.Decimals} digits behind the point");

    /// <summary>The order that a caller wants, sold from one of its wallet's accounts.</summary>
    public async Task<NewOrder> OrderAsync(WantedSwap wanted, Caller caller, CancellationToken token)
    {
        var account = await AccountAsync(wanted.Account, caller.Owner, token);
        var (sell, buy) = (Token("sell", wanted.Sell), Token("buy", wanted.Buy));
        var (isAbove, isBelow) = (wanted.Above is not null, wanted.Below is not null);
        if ((wanted.Watch is null) != (!isAbove && !isBelow) || (isAbove && isBelow))
            throw McpCall.Refusal("watch", "goes with one of above and below");
        var terms = new OrderTerms
        {
            Uuid = wanted.Uuid is { } given ? McpCall.Uuid(given) : OrderUuid.New(), Owner = caller.Owner,
            Recipient = Principal.From(caller.Owner), SellToken = sell.Id, BuyToken = buy.Id,
            AmountIn = Amount("amount", wanted.Amount, sell), Router = router.Terms.Router, ChainId = router.Terms.Network.ChainId,
            Trigger = wanted.Watch is null ? SliceTrigger.Time : SliceTrigger.Price,
            ConditionToken = wanted.Watch is { } watched ? Token("watch", watched).Id : null,
            Direction = isAbove ? TriggerDirection.Gt : isBelow ? TriggerDirection.Lt : null,
            TargetPrice = (wanted.Above ?? wanted.Below) is { } target ? PriceOf(isAbove ? "above" : "below", target) : null,
            BaseAsset = wanted.Watch is null
                ? null
                : wanted.MeasuredIn is not { } other || other.Equals("USD", StringComparison.OrdinalIgnoreCase)
                ? TokenId.Usd : Token("measuredIn", other).Id,
            MinAmountOut = wanted.AtLeast is { } least ? Amount("atLeast", least, buy) : null,
            ValidTo = wanted.ValidUntil is { } end ? Moment("validUntil", end) : null,
        };
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(options.Value.AttemptsMax) };
        return new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Parts(plan), McpEndpoints.Dialect, null)
        {
            By = caller,
        };
    }

    private async Task<ManagedAccount> AccountAsync(string? given, StacksAddress owner, CancellationToken token)
    {
        if (given is null)
        {
            return (await choose.HandleAsync(owner, McpEndpoints.Dialect, [], token)).IsRejected(out var none, out var only)
                ? throw McpCall.Refusal(none) : only;
        }
        var found = StacksAddress.TryParse(given, null, out var address)
            ? await accounts.ByAddressAsync(address, owner, token) : await accounts.ByNameAsync(owner, given, token);
        return found.IsRejected(out var why, out var account) ? throw McpCall.Refusal(why) : account;
    }

    /// <summary>A price above 0.</summary>
    internal static Price PriceOf(string argument, string text) =>
        Price.TryParse(text, out var price) && price > Price.Zero
            ? price : throw McpCall.Refusal(argument, "must be a price above 0, a decimal number of up to 20 and 18 digits");

    /// <summary>A moment, of UTC where it does not say.</summary>
    internal static DateTimeOffset Moment(string argument, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment) ? moment : throw McpCall.Refusal(argument, "must be a moment such as 2030-01-31T12:00:00Z");
}
