using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Reads accounts with what they hold and what of it is set aside. The chain is asked last: what left an account meanwhile is counted twice
/// rather than not at all.
/// </summary>
internal sealed class ReadAccounts(IDbContextFactory<OrdersDb> databases, VenueBalances venue, TokenRegistry tokens, ISwapRouter router)
{
    private const int WithdrawalsMax = 20;

    /// <summary>All accounts of an owner, oldest first.</summary>
    public async Task<Result<IReadOnlyList<AccountView>>> OfAsync(StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Owner == owner).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)
            .ToListAsync(token);
        var views = new List<AccountView>(accounts.Count);
        foreach (var account in accounts)
        {
            if ((await ViewAsync(db, account, withOthers: false, token)).IsRejected(out var why, out var view)) return why;
            views.Add(view);
        }
        return views;
    }

    /// <summary>One account, with all that lies on it.</summary>
    public async Task<Result<AccountView>> OneAsync(ManagedAccount account, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await ViewAsync(db, account, withOthers: true, token);
    }

    private OtherFunds[] OthersOf(IReadOnlyDictionary<TokenId, TokenAmount> held, IEnumerable<Token> listed)
    {
        var shown = listed.Select(known => known.Id).ToHashSet();
        return [.. held.Where(of => of.Value > TokenAmount.Zero && !shown.Contains(of.Key))
            .OrderBy(of => of.Key.ToString(), StringComparer.Ordinal).Select(of => new OtherFunds(of.Key, tokens.Find(of.Key), of.Value))];
    }

    private async Task<Result<AccountView>> ViewAsync(OrdersDb db, ManagedAccount account, bool withOthers, CancellationToken token)
    {
        var reserved = await db.Reservations.AsNoTracking().Where(r => r.AccountId == account.Id && r.Reserved > TokenAmount.Zero)
            .Select(r => new { r.Token, r.Reserved }).ToListAsync(token);
        var withdrawals = await db.Withdrawals.AsNoTracking().Where(w => w.AccountId == account.Id).OrderByDescending(w => w.CreatedAt)
            .ThenByDescending(w => w.Id).Take(WithdrawalsMax).ToListAsync(token);
        var open = await db.Withdrawals.AsNoTracking()
            .Where(w => w.AccountId == account.Id && (w.Status == WithdrawalStatus.Waiting || w.Status == WithdrawalStatus.Sent))
            .ToListAsync(token);
        var held = withOthers || router.TakesCalls ? await venue.HoldingsAsync(account.Address, token) : null;
        var shown = Shown(reserved.Select(r => r.Token).Concat(open.Select(w => w.Token)), held).ToList();
        if ((await venue.ReadAsync(account.Address, [.. shown.Select(s => s.Id)], token)).IsRejected(out var why, out var balances))
            return why;
        var funds = shown.ConvertAll(s => new TokenFunds(s, new AccountFunds(
            balances[s.Id], Sum(reserved.Where(r => r.Token == s.Id).Select(r => r.Reserved)),
            Sum(open.Where(w => w.Token == s.Id).Select(w => w.Amount)))));
        return new AccountView(account, funds, withdrawals) { Others = withOthers && held is not null ? OthersOf(held, shown) : null };
    }

    // Every subnet token; where the account can call, what else it holds of what is listed, and STX at least; and whatever something of it
    // is set aside of.
    private IEnumerable<Token> Shown(IEnumerable<TokenId> setAside, IReadOnlyDictionary<TokenId, TokenAmount>? held)
    {
        var known = new HashSet<TokenId>();
        foreach (var token in tokens.All.Where(t => t.Type == TokenType.Subnet || IsHeld(t.Id)).Where(t => known.Add(t.Id)))
            yield return token;
        foreach (var id in setAside.Where(known.Add))
        {
            yield return tokens.Find(id) ?? Token.Unlisted(id) with
            {
                Symbol = NameOf(id), Name = NameOf(id),
            };
        }

        bool IsHeld(TokenId id) => router.CanCall(id) && (id == TokenId.Stx || held?.GetValueOrDefault(id) > TokenAmount.Zero);
    }

    private static string NameOf(TokenId id) => id.IsContract(out var contract) ? contract.Value.Name : id.ToString();

    private static TokenAmount Sum(IEnumerable<TokenAmount> amounts) => amounts.Aggregate(TokenAmount.Zero, (sum, amount) => sum + amount);
}
