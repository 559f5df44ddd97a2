using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.StacksVenue;

/// <summary>Who may be paid by an order on a chain.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class RecipientTests(DevnetFixture fixture)
{
    [Fact]
    public async Task M11_The_router_every_vault_and_the_token_sold_are_refused_and_the_burn_address_is_taken()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var terms = world.Terms();
        var vaults = world.Get<OrderService.Venues.Stacks.Routes.VaultRegistry>().Snapshot!.Vaults;
        vaults.Count.ShouldBeGreaterThan(1);
        foreach (var doomed in vaults.Select(vault => vault.Id).Append(terms.Router).Append(terms.SellContract))
        {
            var refused = await world.TryCreateAsync(terms with { Uuid = OrderUuid.New(), Recipient = Principal.From(doomed) });
            refused.Error.ShouldBeOfType<OrderError.Field>(doomed.ToString()).Name.ShouldBe("recipient");
        }
        var burnt =
            await world.TryCreateAsync(terms with { Uuid = OrderUuid.New(), Recipient = Principal.Parse("ST000000000000000000002AMW42H") });
        burnt.Error.ShouldBeNull();
    }
}
