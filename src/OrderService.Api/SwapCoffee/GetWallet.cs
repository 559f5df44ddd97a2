using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET {address}/wallet: the address of the strategies wallet as a JSON text, or 404 where none was created.</summary>
internal static class GetWallet
{
    public static async Task<IResult> HandleAsync(HttpContext context, StrategiesWallets wallets, CancellationToken token) =>
        (await wallets.FindAsync(CallerProof.CallerOf(context).Owner, token)).IsRejected(out var why, out var wallet)
            ? SwapCoffeeErrors.From(why)
            : JsonAnswer.Fresh(context, wallet.Address.ToString(), SwapCoffeeJson.Default.String);
}
