using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>GET /simulator/accounts/{address}: what an account holds.</summary>
internal static class GetAccount
{
    internal sealed record Balance(string Token, string Symbol, int Decimals, string Amount);

    internal sealed record Account(string Address, IReadOnlyList<Balance> Balances);

    /// <summary>An account that never held anything has no balances.</summary>
    public static async Task<IResult> HandleAsync(
        string address, SimulatedWorld world, SimulatedLedger ledger, TimeProvider time, CancellationToken token)
    {
        if (!Principal.TryParse(address, out var account)) return SimulatorErrors.Field(time, "address", "must be a Stacks address");
        var held = await ledger.BalancesAsync(account, token);
        var balances = world.TokenList.Where(listed => held.ContainsKey(listed.Id))
            .Select(listed => new Balance(listed.Id.ToString(), listed.Symbol, listed.Decimals, held[listed.Id].ToString()));
        return Results.Ok(new Account(account.ToString(), [.. balances]));
    }
}
