using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>POST {address}/wallet: creates the strategies wallet at once. Again, it answers the same one.</summary>
internal static class PostWallet
{
    public static async Task<IResult> HandleAsync(HttpContext context, StrategiesWallets wallets, CancellationToken token) =>
        (await wallets.OpenAsync(CallerProof.CallerOf(context).Owner, token)).IsRejected(out var why, out var wallet)
            ? SwapCoffeeErrors.From(why)
            : Answers.Transaction(context, TransactionBoc.CreateWallet, wallet.Address);
}
