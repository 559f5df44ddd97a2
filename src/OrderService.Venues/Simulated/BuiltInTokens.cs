using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>The tokens of a fresh checkout: native STX and four contracts, each of the five with the subnet token that wraps it.</summary>
internal static class BuiltInTokens
{
    /// <summary>All of them, their contracts under one deployer.</summary>
    public static IEnumerable<SimulatedTokenOptions> Under(StacksAddress deployer) =>
    [
        new() { Id = ".stx", Symbol = "STX", Name = "Stacks", Usd = "0.8" },
        .. WithSubnet(deployer, "token-susdt", "sUSDT", "Bridged USDT", 6, "1", walkBps: 10),
        .. WithSubnet(deployer, "charisma-token", "CHA", "Charisma", 6, "0.05"),
        .. WithSubnet(deployer, "welsh-token", "WELSH", "Welsh Corgi Coin", 6, "0.0004"),
        .. WithSubnet(deployer, "sbtc-token", "sBTC", "Stacks Bitcoin", 8, "100000"),
        new()
        {
            Id = new ContractId(deployer, "stx-token-subnet-v1").ToString(), Symbol = "STX-subnet", Name = "Stacks (subnet)", Base = ".stx",
        },
    ];

    private static SimulatedTokenOptions[] WithSubnet(
        StacksAddress deployer, string contract, string symbol, string name, int decimals, string usd, int? walkBps = null)
    {
        var id = new ContractId(deployer, contract).ToString();
        return
        [
            new() { Id = id, Symbol = symbol, Name = name, Decimals = decimals, Usd = usd, WalkBps = walkBps },
            new() { Id = $"{id}-subnet-v1", Symbol = $"{symbol}-subnet", Name = $"{name} (subnet)", Decimals = decimals, Base = id },
        ];
    }
}
