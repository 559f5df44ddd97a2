using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Charisma;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

/// <summary>Tokens, vaults and swaps of a venue that exists nowhere.</summary>
internal static class CallSamples
{
    public static readonly ContractId Wrapped = Contract("wstx");
    public static readonly TokenId SubnetCha = Id("cha-subnet");
    public static readonly TokenId SubnetUsd = Id("usd-subnet");
    public static readonly TokenId Cha = Id("cha");
    public static readonly TokenId Usd = Id("usd");
    public static readonly TokenId Nameless = Id("nameless");

    public static readonly StacksVault Withdraw =
        new(Contract("cha-link"), VaultKind.Sublink, Cha, SubnetCha, 0, default, default, null, true);
    public static readonly StacksVault Deposit =
        new(Contract("usd-link"), VaultKind.Sublink, Usd, SubnetUsd, 0, default, default, null, true);
    public static readonly StacksVault ChaUsd = Pool("cha-usd", Cha, Usd);
    public static readonly StacksVault ChaStx = Pool("cha-stx", Cha, TokenId.Stx);
    public static readonly StacksVault Outside = Pool("outside", Cha, Usd) with { ExternalPool = Principal.From(Contract("the-pool")) };

    public static readonly VaultSnapshot Vaults = new(
        [Withdraw, Deposit, ChaUsd, ChaStx, Outside],
        [StacksToken.Stx, Token(SubnetCha, TokenType.Subnet), Token(SubnetUsd, TokenType.Subnet), Token(Cha, TokenType.Sip10, "charisma"),
            Token(Usd, TokenType.Sip10, "usdc"), Token(Nameless, TokenType.Sip10)],
        Wrapped, Samples.Start, default, new RouteOptions());

    public static ContractId Contract(string name) => new(Samples.Owner, name);

    public static TokenId Id(string name) => TokenId.Of(Contract(name));

    public static Hop Hop(StacksVault vault, bool sellsA) =>
        new(vault.Id, vault.OpcodeSelling(sellsA), sellsA ? vault.TokenA : vault.TokenB, sellsA ? vault.TokenB : vault.TokenA,
            new TokenAmount(1_000), new TokenAmount(900));

    public static RouterCall.Swap Swap(UInt128 min, params Hop[] hops) =>
        new(Samples.Verified(), Principal.From(Samples.Owner),
            new Quote(hops[0].TokenIn, hops[^1].TokenOut, new TokenAmount(1_000), new TokenAmount(900), hops, Samples.Start),
            new TokenAmount(min));

    private static StacksVault Pool(string name, TokenId a, TokenId b) =>
        new(Contract(name), VaultKind.Pool, a, b, 3_000, new TokenAmount(1_000_000), new TokenAmount(1_000_000), null, true);

    private static StacksToken Token(TokenId id, TokenType type, string? asset = null) =>
        new(new Token(id, id.ToString(), id.ToString(), 6, type), asset);
}
