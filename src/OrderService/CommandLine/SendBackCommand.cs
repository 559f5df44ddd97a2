using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Node;

namespace OrderService.CommandLine;

/// <summary>What is asked of <c>send-back</c>; no amount is all that the account holds.</summary>
internal sealed record SendBackWish(
    StacksAddress Account, TokenId Token, TokenAmount? Amount, PrivateKey Payer, ulong? Fee, string? Connection);

/// <summary>
/// <c>send-back</c>: sends STX, or a token that is of no subnet, from a managed account to its owner's wallet. However often it is run, the
/// chain takes one of what was signed on a nonce of the account's.
/// </summary>
internal static class SendBackCommand
{
    public const string Verb = "send-back";

    public static Command Create(CommandLineWorld world)
    {
        var account = ParsedOption.Of<StacksAddress>("--account", "The address of the managed account.", StacksAddress.TryParse,
            "must be a Stacks address", isRequired: true);
        var of = ParsedOption.Of<TokenId>("--token", "The token's contract, or .stx.", TokenId.TryParse, "must be a contract id or .stx",
            isRequired: true);
        var amount = ParsedOption.Of<TokenAmount>("--amount", "Base units; without it all that the account holds.", TokenAmount.TryParse,
            "must be a whole number of base units");
        var fee = new Option<ulong?>("--fee")
        {
            Description = "Micro-STX that the key pays; without it the node's estimate within the settings' bounds.",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string, instead of the database in the settings.",
        };
        var keys = new KeyOptions();
        var command = new Command(Verb,
            "Sends STX, or a token that is of no subnet, from a managed account to its owner. The key that is given pays the fee, and is none of the service's.") { account, of, amount, fee, connection };
        keys.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            if (!keys.TryRead(parsed, world, out var payer)) throw new CommandLineFault("Give the key that pays the fee: --key-file FILE.");
            var wish = new SendBackWish(parsed.GetValue(account)!.Value, parsed.GetValue(of)!.Value, parsed.GetValue(amount), payer,
                parsed.GetValue(fee), parsed.GetValue(connection));
            return await RunAsync(world, ServiceHost.CreateBuilder([]).Configuration, wish, token);
        });
        return command;
    }

    internal static async Task<int> RunAsync(
        CommandLineWorld world, IConfiguration configuration, SendBackWish wish, CancellationToken token)
    {
        try
        {
            using var loggers = ConsoleLog.Bootstrap(configuration);
            await using var database = wish.Connection is null ? await ServiceDatabase.OpenAsync(configuration, loggers, token) : null;
            await using var source = NpgsqlDataSource.Create(wish.Connection ?? database!.ConnectionString);
            await Migrator.ApplyAsync(source, token);
            await using var venue = VenueOf(configuration, source, world.Time);
            var databases = new PooledDbContextFactory<OrdersDb>(new DbContextOptionsBuilder<OrdersDb>().UseNpgsql(source).Options);
            return await SendAsync(world, venue, new SendBack(databases, world.Time), MasterKeySource.Of(configuration), wish, token);
        }
        catch (Exception known) when (known is SendBackException or MasterKeyException or MigrationException
            or OrderService.EmbeddedPostgres.EmbeddedPostgresException or NpgsqlException or FormatException || Outage.Is(known))
        {
            throw new CommandLineFault(known.Message, CommandLineFault.Refused);
        }
    }

    private static async Task<int> SendAsync(
        CommandLineWorld world, ServiceProvider venue, SendBack back, MasterKeySource keys, SendBackWish wish, CancellationToken token)
    {
        var network = venue.GetRequiredService<StacksChain>().Network;
        var master = keys.Read(network, isNeeded: true)
            ?? throw new MasterKeyException($"The master key is not there: it would be {keys.Where}.");
        var transfers = venue.GetRequiredService<ReturnTransfer>();
        var account = await back.FindAsync(wish.Account, token);
        var held = await transfers.HeldAsync(account.Address, wish.Token, token);
        var returned = new Returned(account, wish.Token, wish.Amount ?? held);
        if (returned.Amount > held || held == TokenAmount.Zero)
            throw new SendBackException($"{account.Address} holds {held} of {wish.Token}.");
        var transfer = await transfers.OfAsync(returned, wish.Payer.PublicKey().ToAddress(network), wish.Fee,
            chainNext => back.NonceAsync(account.Address, chainNext, token), token);
        var signed = await back.SignAsync(returned, transfer, master, wish.Payer, token);
        if (await venue.GetRequiredService<StacksNodes>().BroadcastAsync(signed.Raw.ToArray(), token) is SubmitOutcome.Refused refused)
        {
            if (refused.IsDefinite) await back.RefusedAsync(signed, token);
            throw new SendBackException($"The node refused {signed.TxId}: {refused.Reason}.");
        }
        await world.Error.WriteLineAsync(
            $"{returned.Amount} of {wish.Token} are on their way to {account.Owner}; the fee is {transfer.Sponsor!.Fee} micro-STX.");
        await world.Out.WriteLineAsync(signed.TxId);
        return 0;
    }

    private static ServiceProvider VenueOf(IConfiguration configuration, NpgsqlDataSource source, TimeProvider time)
    {
        if (configuration["Venue"] != "stacks")
        {
            throw new CommandLineFault(
                "Only on a Stacks venue are there tokens of no subnet to send back: set Venue=stacks, as the service has it.");
        }
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(configuration);
        services.AddSingleton(source);
        services.AddSingleton(time);
        services.AddStacksVenue(configuration);
        return services.BuildServiceProvider();
    }
}
