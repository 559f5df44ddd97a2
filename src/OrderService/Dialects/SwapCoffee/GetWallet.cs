namespace OrderService.Dialects.SwapCoffee;

/// <summary>GET {address}/wallet: the address of the strategies wallet as a JSON text, or 404 where none was created.</summary>
internal static class GetWallet
{
    public static async Task<IResult> HandleAsync(string address, HttpContext context, OwnerProof proof, IStrategiesWallets wallets, CancellationToken token)
    {
        if (proof.Check(address, context).IsRejected(out var why, out var caller)) return SwapCoffeeErrors.From(why);
        return (await wallets.FindAsync(caller.Owner, token)).IsRejected(out why, out var wallet)
            ? SwapCoffeeErrors.From(why)
            : Answers.Json(context, json => json.WriteStringValue(wallet.ToString()));
    }
}
