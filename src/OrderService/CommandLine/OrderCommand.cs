using System.CommandLine;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary><c>sign order</c>: signs an order's transfer intent, and its terms where asked.</summary>
internal static class OrderCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var (keys, service, options) = (new KeyOptions(), new ServiceOptions(world), new OrderOptions());
        var router = ParsedOption.Of<ContractId>("--router", "The router that the intent pays; without it the service is asked.",
            ContractId.TryParse, "must be a contract id, ADDRESS.name");
        var terms = new Option<bool>("--terms")
        {
            Description = "Adds a second signature over price, recipient, window and the other terms.",
        };
        var command = new Command("order", "Signs an order and prints a curl that creates it.");
        keys.AddTo(command);
        options.AddTo(command);
        command.Add(terms);
        service.AddTo(command);
        command.Add(service.Network);
        command.Add(router);
        command.SetAction(async (parsed, token) =>
        {
            var signer = keys.Read(parsed, world);
            var venue = await VenueAsync(parsed, service, parsed.GetValue(router), token);
            var order = options.Read(parsed, signer.Address(venue.Network), venue);
            var body = order.ToJson(signer.Sign(order.Intent()), parsed.GetValue(terms) ? signer.Sign(order.Terms()) : null);
            await world.Error.WriteLineAsync($"Order {order.Uuid} of {order.Owner}: {venue.Router} on {venue.Network} may draw {order.AmountIn} of {order.InputToken} once.");
            return await service.FinishAsync(parsed, new SignedCall(HttpMethod.Post, service.At(parsed, "/api/v1/orders/new"), [], body),
                world, token);
        });
        return command;
    }

    // What the person names outweighs what the service says: a service that says otherwise would have them sign for another network or
    // router.
    private static async Task<SignedVenue> VenueAsync(
        ParseResult parsed, ServiceOptions service, ContractId? router, CancellationToken token)
    {
        var network = parsed.GetValue(service.Network);
        if (network is not null && router is not null) return new SignedVenue(network.Value, router.Value);
        using var client = new ServiceClient(parsed.GetValue(service.Url)!);
        var venue = await client.ReadVenueAsync(token);
        if (network is { } wanted && wanted != venue.Network)
            throw new CommandLineFault($"The service is on {venue.Network}, not on {wanted}.", CommandLineFault.Refused);
        return router is { } named ? venue with { Router = named } : venue;
    }
}
