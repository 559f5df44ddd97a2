using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Orders;

/// <summary>Whose funds of which token: what a hold is of.</summary>
public readonly record struct HoldKey(StacksAddress Holder, TokenId Token)
{
    /// <summary>The order in which holds are locked: that of the bytes of their texts, as the store sorts them.</summary>
    public static IComparer<HoldKey> LockOrder { get; } = Comparer<HoldKey>.Create(Compare);

    /// <summary>The funds that an order's slices sell.</summary>
    public static HoldKey Of(OrderHeader order) => new(order.Account ?? order.Terms.Owner, order.Terms.SellToken);

    /// <summary>The text in which a waiting slice names the funds that it lacks.</summary>
    public override string ToString() => $"{Holder} {Token}";

    private static int Compare(HoldKey one, HoldKey other)
    {
        var byHolder = string.CompareOrdinal(one.Holder.ToString(), other.Holder.ToString());
        return byHolder != 0 ? byHolder : string.CompareOrdinal(one.Token.ToString(), other.Token.ToString());
    }
}
