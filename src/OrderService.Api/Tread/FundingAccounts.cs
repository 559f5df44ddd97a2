using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Tread;

/// <summary>Names of accounts: the caller's own by their names, somebody's by <c>owner/name</c>.</summary>
internal sealed class FundingAccounts(FindAccount find)
{
    /// <summary>The caller's accounts of these names, in their order; refused at the first that is unknown or another's.</summary>
    public async Task<(IReadOnlyList<ManagedAccount> Found, TreadFault? Fault)> OwnAsync(
        StacksAddress owner, IReadOnlyList<string> names, CancellationToken token)
    {
        var found = new List<ManagedAccount>();
        foreach (var given in names)
        {
            var (scope, name) = Split(given);
            if (scope is not null && scope != owner.ToString())
                return ([], TreadFaults.Error(403, "foreign_account", "Access denied to specified accounts"));
            if ((await find.ByNameAsync(owner, name, token)).IsRejected(out _, out var account)) return ([], Unknown(given));
            found.Add(account);
        }
        return (found, null);
    }

    /// <summary>The accounts that a filter names; a superuser names anybody's, by owner and name.</summary>
    public async Task<(IReadOnlyList<ManagedAccount> Found, IReadOnlyList<string> Unknown)> NamedAsync(
        TreadCaller caller, IEnumerable<string> names, CancellationToken token)
    {
        var (found, unknown) = (new List<ManagedAccount>(), new List<string>());
        foreach (var given in names)
        {
            var (scope, name) = Split(given);
            var owner = scope is null
                ? caller.Owner
                : StacksAddress.TryParse(scope, null, out var parsed) && caller.MaySee(parsed) ? parsed : (StacksAddress?)null;
            if (owner is { } wallet && !name.Contains('\0', StringComparison.Ordinal)
                && await find.ByNameAsync(wallet, name, token) is { Error: null } account)
            {
                found.Add(account.Value);
            }
            else
            {
                unknown.Add(given);
            }
        }
        return (found, unknown);
    }

    /// <summary>No such account of the caller's.</summary>
    public static TreadFault Unknown(string name) =>
        TreadFaults.Error(400, "unknown_account", $"Account display name '{name}' not found for user");

    /// <summary>How an order carries the accounts that it names, to be found by them.</summary>
    public static string Label(ManagedAccount account) => account.WireId();

    // Neither an address nor a name has a slash.
    private static (string? Scope, string Name) Split(string given)
    {
        var slash = given.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (null, given) : (given[..slash], given[(slash + 1)..]);
    }
}
