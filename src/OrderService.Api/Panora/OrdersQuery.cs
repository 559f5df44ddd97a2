using System.Globalization;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>What a getOrders call asks for. The page's number is taken under both of its spellings.</summary>
internal sealed record OrdersQuery(StacksAddress ToWallet, bool IsOpen, int Limit, int Page, PanoraTxId? Id, bool WithDetails)
{
    /// <summary>The longest page.</summary>
    public const int LimitMax = 100;

    /// <summary>What is asked for, or null where the fields have a refusal.</summary>
    public static OrdersQuery? Read(CallFields fields, PanoraProduct product, VenueTerms venue)
    {
        fields.Chain(venue.Network, isNeeded: product == PanoraProduct.Dca);
        var wallet = fields.Wallet("toWalletAddress", venue.Network);
        var isOpen = fields.Need<bool>("status", PanoraStatus.TryReadFilter, "must be active or completed");
        var limit = fields.Need<int>("limit", TryReadLimit, string.Create(CultureInfo.InvariantCulture, $"must be a whole number of 1 to {LimitMax}"));
        var page = fields.Need<int>(!fields.Has("pageNumber") && fields.Has("page_number") ? "page_number" : "pageNumber", TryReadPage, "must be a whole number from 1");
        var id = fields.Has("panoraTxId") ? fields.Need<PanoraTxId>("panoraTxId", PanoraTxId.TryParse, "must be 0x and 64 hex digits") : (PanoraTxId?)null;
        var withDetails = fields.Read<bool>("txDetails", FieldReads.TryReadTruth, "must be true or false");
        return fields.Refusal is null ? new OrdersQuery(wallet, isOpen, limit, page, id, withDetails) : null;
    }

    private static bool TryReadLimit(string? text, out int limit) => FieldReads.TryReadCount(text, out limit) && limit <= LimitMax;

    private static bool TryReadPage(string? text, out int page) => FieldReads.TryReadWhole(text, 1, int.MaxValue, out page);
}
