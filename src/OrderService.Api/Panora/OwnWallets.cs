using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>What a key's wallet may name as its own: itself, and the managed accounts that it owns.</summary>
internal sealed class OwnWallets(FindAccount find, ChooseAccount choose)
{
    /// <summary>The name of the account that pays where a wallet has several and a call names none.</summary>
    public const string AccountName = "panora";

    // The strategies wallet, which that dialect opens by itself.
    private static readonly string[] OtherDialects = ["strategies"];

    /// <summary>Why a wallet may not be named in a field, or null.</summary>
    public async Task<OrderError?> RefusalAsync(string field, StacksAddress wallet, StacksAddress owner, CancellationToken token) =>
        wallet == owner || !(await find.ByAddressAsync(wallet, owner, token)).IsRejected(out _) ? null : Foreign(field);

    /// <summary>
    /// The account that pays an order: the one that is named as payer, or else as the one that is paid; the key's own wallet stands for its
    /// only account.
    /// </summary>
    public async Task<Result<ManagedAccount>> PayerAsync(WantedOrder wanted, StacksAddress owner, CancellationToken token)
    {
        if (await RefusalAsync("toWalletAddress", wanted.ToWallet, owner, token) is { } why) return why;
        var payer = wanted.FromWallet ?? wanted.ToWallet;
        if (payer == owner) return await choose.HandleAsync(owner, AccountName, OtherDialects, token);
        return (await find.ByAddressAsync(payer, owner, token)).IsRejected(out _, out var account) ? Foreign("fromWalletAddress") : account;
    }

    private static OrderError.Forbidden Foreign(string field) =>
        new("wrong_wallet", $"{field} must be the wallet of this API key, or a managed account of it");
}
