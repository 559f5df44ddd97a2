using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// POST wallet/payout: sends what a strategies wallet holds to its owner, who is the only one that it can go to. Entry by entry: the first
/// that is refused ends it.
/// </summary>
internal static class PostPayout
{
    public static async Task<IResult> HandleAsync(HttpContext context, FindAccount accounts, Withdraw withdraw, CancellationToken token)
    {
        var payout = BodyFilter<PayoutRecord>.BodyOf(context);
        if ((await accounts.ByAddressAsync(payout.Address.Value, token)).IsRejected(out var why, out var account))
            return SwapCoffeeErrors.From(why);
        if (account.Name != StrategiesWallets.Name) return SwapCoffeeErrors.From(new OrderError.NotFound());
        var id = CreationId.Of(context);
        var entries = payout.Entries.Value!;
        for (var i = 0; i < entries.Count; i++)
        {
            var (of, amount) = (entries[i]!.Token.Value, entries[i]!.Amount.Value);
            if ((await withdraw.HandleAsync(new NewWithdrawal(IdOf(id, i), account, of, amount, Message: null, Actors.Operator),
                token)).IsRejected(out why))
            {
                return SwapCoffeeErrors.From(why);
            }
        }
        return Answers.Empty();
    }

    // The same call again finds what it made before.
    private static Guid IdOf(Guid call, int entry)
    {
        var bytes = call.ToByteArray();
        bytes[^1] ^= (byte)entry;
        return new Guid(bytes);
    }
}
