using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Venues.Simulated;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Hosting;

/// <summary>Which venue this service swaps on: the setting <c>Venue</c>, <c>simulated</c> or <c>stacks</c>.</summary>
internal static class Venue
{
    /// <summary>Registers the venue; another word than the two throws OptionsValidationException.</summary>
    public static IServiceCollection AddVenue(this IServiceCollection services, IConfiguration configuration) =>
        IsStacks(configuration) ? services.AddStacksVenue(configuration) : services.AddSimulatedVenue(configuration);

    /// <summary>Maps the venue's own routes, where it has any.</summary>
    public static void MapVenue(this WebApplication app)
    {
        if (!IsStacks(app.Configuration)) app.MapGroup("").Open().MapSimulator();
    }

    /// <summary>
    /// What the venue needs before the first request: the play ledger, or settings that fit the chain, its vaults and the accounts that
    /// pay.
    /// </summary>
    public static async Task PrepareVenueAsync(this IServiceProvider services, CancellationToken token)
    {
        if (IsStacks(services.GetRequiredService<IConfiguration>()))
        {
            await services.GetRequiredService<StacksStart>().CheckAsync(token);
            await services.GetRequiredService<VaultRegistry>().RefreshAsync(token);
        }
        else
        {
            await services.GetRequiredService<SimulatedLedger>().InitialiseAsync(token);
        }
        try
        {
            foreach (var solvers in services.GetRequiredService<AllPartitions>().Each<Solvers>()) await solvers.RegisterAsync(token);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            // Told by the start's check already; the worker of the nonces registers them as soon as the node answers.
        }
    }

    private static bool IsStacks(IConfiguration configuration) => configuration["Venue"] switch
    {
        null or "" or "simulated" => false,
        "stacks" => true,
        var other =>
            throw new OptionsValidationException("Venue", typeof(string), [$"Venue is \"{other}\", but must be simulated or stacks."]),
    };
}
