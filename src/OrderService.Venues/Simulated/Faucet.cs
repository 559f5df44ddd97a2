using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>POST /simulator/faucet: play money for anybody.</summary>
internal static class Faucet
{
    internal sealed record Funded(string Address, string Token, string Amount, string Balance);

    /// <summary>Answers the balance after the gift.</summary>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, SimulatedWorld world, SimulatedOptions options, SimulatedLedger ledger, FundsCame came, TimeProvider time,
        CancellationToken token)
    {
        if (await SimulatorBody.ReadAsync(request, token) is not { } body) return SimulatorErrors.Malformed(time);
        if (!Principal.TryParse(body.Text("address"), out var account))
            return SimulatorErrors.Field(time, "address", "must be a Stacks address");
        if (!account.Address.BelongsTo(world.Network))
            return SimulatorErrors.Field(time, "address", $"is of another network: this one is {world.Network}", "wrong_network");
        if (!TokenId.TryParse(body.Text("token"), out var id)) return SimulatorErrors.Field(time, "token", "must be a contract id or .stx");
        if (!world.Tokens.TryGetValue(id, out var of))
            return SimulatorErrors.Field(time, "token", $"is not a token this service knows: {id}", "unknown_token");
        if (!TokenAmount.TryParse(body.Text("amount"), out var amount))
            return SimulatorErrors.Field(time, "amount", "must be an integer numeric string");
        if (amount == TokenAmount.Zero) return SimulatorErrors.Field(time, "amount", "must be positive");
        var max = MaxOf(of, options.FaucetMax);
        if (amount > max) return SimulatorErrors.Field(time, "amount", $"must be at most {max} for one call", "faucet_max");
        var balance = await ledger.FundAsync(account, id, amount, token);
        await came.HandleAsync(account, id, token);
        return Results.Ok(new Funded(account.ToString(), id.ToString(), amount.ToString(), balance.ToString()));
    }

    private static TokenAmount MaxOf(Token of, long wholeTokens)
    {
        var units = (UInt128)wholeTokens;
        for (var i = 0; i < of.Decimals; i++) units *= 10;
        return new TokenAmount(units);
    }
}
