namespace OrderService.Dialects.SwapCoffee;

/// <summary>POST {address}/wallet: creates the strategies wallet at once. Again, it answers the same one.</summary>
internal static class PostWallet
{
    public static async Task<IResult> HandleAsync(string address, HttpContext context, OwnerProof proof, IStrategiesWallets wallets, CancellationToken token)
    {
        if (proof.Check(address, context).IsRejected(out var why, out var caller)) return SwapCoffeeErrors.From(why);
        return (await wallets.OpenAsync(caller.Owner, token)).IsRejected(out why, out var wallet)
            ? SwapCoffeeErrors.From(why)
            : Answers.Transaction(context, TransactionBoc.CreateWallet, wallet);
    }
}
