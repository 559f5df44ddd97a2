using Microsoft.Extensions.Options;
using OrderService.Dialects.Wire;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>POST wallet/payout: sends what a strategies wallet holds to its owner, who is the only one that it can go to.</summary>
internal static class PostPayout
{
    public static async Task<IResult> HandleAsync(HttpContext context, IStrategiesWallets wallets, IOptions<SwapCoffeeOptions> options, CancellationToken token)
    {
        var read = await RequestBody.ReadAsync(context, options.Value.BodyBytesMax, PayoutJson.Read);
        if (read.IsRejected(out var why, out var payout)) return SwapCoffeeErrors.From(why);
        return (await wallets.PayOutAsync(payout.Wallet, payout.Entries, token)).IsRejected(out why) ? SwapCoffeeErrors.From(why) : Answers.Empty();
    }
}
