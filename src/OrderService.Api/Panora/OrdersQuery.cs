using System.Globalization;
using FluentValidation;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>What a getOrders call asks for. The page's number is taken under both of its spellings.</summary>
internal sealed record OrdersQuery(StacksAddress ToWallet, bool IsOpen, int Limit, int Page, PanoraTxId? Id, bool WithDetails)
{
    /// <summary>The longest page.</summary>
    public const int LimitMax = 100;

    /// <summary>That of a body that <see cref="OrdersQueryRules"/> let pass.</summary>
    public static OrdersQuery Of(OrdersQueryRecord body)
    {
        _ = PanoraStatus.TryReadFilter(body.Status.Value.Text, out var isOpen);
        _ = TryReadLimit(body.Limit.Value.Text, out var limit);
        _ = TryReadPage((body.PageNumber.IsGiven ? body.PageNumber : body.OtherPageNumber).Value.Text, out var page);
        var id = PanoraTxId.TryParse(body.PanoraTxId.Value.Text, out var read) ? read : (PanoraTxId?)null;
        return new OrdersQuery(FieldReads.Wallet(body.ToWalletAddress)!.Value, isOpen, limit, page, id, FieldReads.Truth(body.TxDetails));
    }

    /// <summary>Reads the length of a page.</summary>
    public static bool TryReadLimit(string? text, out int limit) => FieldReads.TryReadCount(text, out limit) && limit <= LimitMax;

    /// <summary>Reads a page's number.</summary>
    public static bool TryReadPage(string? text, out int page) => FieldReads.TryReadWhole(text, 1, int.MaxValue, out page);
}

/// <summary>What a call for orders must be, whether it came in a query or in a body.</summary>
internal sealed class OrdersQueryRules : PanoraRules<OrdersQueryRecord>
{
    public OrdersQueryRules(ISwapRouter router)
        : base(router)
    {
        Chain(b => b.ChainId, body => body.Product == PanoraProduct.Dca);
        Wallet(b => b.ToWalletAddress, isNeeded: true);
        Needed(b => b.Status, text => PanoraStatus.TryReadFilter(text, out _), "must be active or completed");
        Bound(b => b.Limit, new FieldBounds(1, OrdersQuery.LimitMax));
        Needed(b => b.Limit, text => OrdersQuery.TryReadLimit(text, out _),
            string.Create(CultureInfo.InvariantCulture, $"must be a whole number of 1 to {OrdersQuery.LimitMax}"));
        Bound(b => b.PageNumber, new FieldBounds(1, int.MaxValue));
        Must(b => b.PageNumber, (body, page) => page.IsGiven || body.OtherPageNumber.IsGiven).Says("is missing", "missing_field")
            .Must(page => !page.IsGiven || OrdersQuery.TryReadPage(page.Value.Text, out _)).Says("must be a whole number from 1");
        RuleFor(b => b.OtherPageNumber).Must((body, other) => body.PageNumber.IsGiven || OrdersQuery.TryReadPage(other.Value.Text, out _))
            .OverridePropertyName("page_number").Says("must be a whole number from 1");
        Optional(b => b.PanoraTxId, text => PanoraTxId.TryParse(text, out _), "must be 0x and 64 hex digits");
        Truth(b => b.TxDetails);
    }
}

/// <summary>What a call to cancel must be.</summary>
internal sealed class CancelRules : PanoraRules<CancelRecord>
{
    public CancelRules(ISwapRouter router)
        : base(router)
    {
        Chain(b => b.ChainId, _ => false);
        Needed(b => b.PanoraTxId, text => PanoraTxId.TryParse(text, out _), "must be 0x and 64 hex digits");
        Wallet(b => b.ToWalletAddress, isNeeded: false);
    }
}
