using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using OrderService.CommandLine;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Accounts;

/// <summary>Where the master key comes from, what a wrong one says, and its rotation.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MasterKeyTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("master-key").FullName;
    private TestDatabase _database = null!;

    private string Own => Path.Combine(_folder, MasterKeyFile.OwnName);

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public void The_services_own_is_made_once_for_its_owner_only_and_never_on_mainnet()
    {
        var source = new MasterKeySource(null, null, Own);
        source.Read(StacksNetwork.Mainnet, isNeeded: false).ShouldBeNull();
        File.Exists(Own).ShouldBeFalse();
        source.Read(StacksNetwork.Testnet, isNeeded: true).ShouldBeNull();
        File.Exists(Own).ShouldBeFalse();
        var made = source.Read(StacksNetwork.Testnet, isNeeded: false)!;
        File.GetUnixFileMode(Own).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        source.Read(StacksNetwork.Testnet, isNeeded: true)!.Id.ShouldBe(made.Id);
        source.Read(StacksNetwork.Mainnet, isNeeded: true).ShouldBeNull();
    }

    [Fact]
    public void The_default_is_in_the_data_folder_whoever_s_the_server()
    {
        MasterKeySource Of(params (string, string?)[] settings) =>
            MasterKeySource.Of(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Item1, s.Item2)))
                .Build());
        Of(("DATA_DIR", _folder)).ShouldBe(new MasterKeySource(null, null, Own));
        Of(("DATA_DIR", _folder), ("ConnectionStrings:OrderService", "Host=x")).ShouldBe(new MasterKeySource(null, null, Own));
        Of(("DATA_DIR", _folder), ("Accounts:MasterKeyFile", "/key"), ("Accounts:MasterKey", ""))
            .ShouldBe(new MasterKeySource(null, "/key", Own));
    }

    [Theory]
    [InlineData("short", "must hold 64 hex digits")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000", "must hold 64 hex digits")]
    public void A_file_that_holds_no_key_says_so(string text, string problem)
    {
        File.WriteAllText(Own, text);
        File.SetUnixFileMode(Own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Read(Own)).Message.ShouldContain(problem);
    }

    [Fact]
    public void A_file_that_others_can_read_or_that_is_not_there_is_refused_and_none_is_written_over()
    {
        MasterKeyFile.Create(Own);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Create(Own)).Message.ShouldContain("cannot be made");
        File.SetUnixFileMode(Own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Read(Own)).Message.ShouldContain("chmod 600");
        Should.Throw<MasterKeyException>(() => MasterKeyFile.Read(Own + ".gone")).Message.ShouldContain("is not there");
        Should.Throw<MasterKeyException>(
            () => new MasterKeySource("a", "b", null).Read(StacksNetwork.Testnet, false)).Message.ShouldContain("only one");
        Should.Throw<MasterKeyException>(
            () => new MasterKeySource("a", null, null).Read(StacksNetwork.Testnet, false)).Message.ShouldContain("64 hex digits");
    }

    [Fact]
    public async Task A_wrong_or_missing_master_key_is_one_sentence_at_the_start()
    {
        var first = MasterKey.Generate();
        await using (var world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Accounts:MasterKey", first.Reveal())))
        {
            // nothing is encrypted yet: any key will do
            (await StartAsync(world, new MasterKeySource(MasterKey.Generate().Reveal(), null, null))).ShouldBeNull();
            (await StartAsync(world, new MasterKeySource(first.Reveal(), null, null))).ShouldBeNull();
            await world.OpenAccountAsync();
            (await StartAsync(world, new MasterKeySource(first.Reveal(), null, null))).ShouldBeNull();
            (await StartAsync(world, new MasterKeySource(MasterKey.Generate().Reveal(), null, null)))!.ShouldContain(
                "is not the one that this database's 1 account keys are encrypted with");
            (await StartAsync(world, new MasterKeySource(null, null, null)))!.ShouldContain("no master key was given");
            (await StartAsync(world, new MasterKeySource(null, null, Own)))!.ShouldContain($"is not at {Own}");
            (await StartAsync(world, new MasterKeySource(null, null, Own), StacksNetwork.Mainnet))!.ShouldContain(
                "On mainnet the service does not make or use a master key of its own");
            File.Exists(Own).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task S5_A_service_of_signed_orders_only_makes_its_master_key_and_refuses_to_start_without_it()
    {
        await using (var world = await EngineWorld.StartAsync(_database.ConnectionString,
            settings: [("Accounts:MasterKey", ""), ("DATA_DIR", _folder)], time: null))
        {
            File.GetUnixFileMode(Own).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await world.CreateAsync(world.Terms(OrderService.Domain.Orders.SliceTrigger.Manual));
            (await StartAsync(world, new MasterKeySource(null, null, Own))).ShouldBeNull();
            (await StartAsync(world, new MasterKeySource(MasterKey.Generate().Reveal(), null, null)))!.ShouldContain(
                "is not the one that this database's orders' signatures are encrypted with");
            File.Move(Own, Own + ".lost");
            (await StartAsync(world, new MasterKeySource(null, null, Own)))!.ShouldContain($"is not at {Own}");
            File.Exists(Own).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task S5_On_mainnet_nothing_starts_without_a_master_key_that_was_given()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        (await StartAsync(world, new MasterKeySource(null, null, Own), StacksNetwork.Mainnet))!.ShouldContain(
            "set Accounts__MasterKeyFile");
        File.Exists(Own).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rotation_encrypts_every_key_anew_in_one_go_and_may_be_run_again()
    {
        var (old, next) = (MasterKey.Generate(), MasterKey.Generate());
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Accounts:MasterKey", old.Reveal()));
        var accounts = new[] { await world.OpenAccountAsync(), await world.OpenAccountAsync(), await world.OpenAccountAsync() };
        var rotate = new RotateMasterKey(world.Get<IDbContextFactory<OrdersDb>>(), world.Time);
        await Should.ThrowAsync<MasterKeyException>(() => rotate.HandleAsync(MasterKey.Generate(), next, default));
        (await rotate.HandleAsync(old, next, default)).ShouldBe(3);
        (await rotate.HandleAsync(old, next, default)).ShouldBe(0);
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        foreach (var key in await db.Set<AccountKey>().AsNoTracking().ToListAsync())
            key.Open(accounts.Single(a => a.Id == key.AccountId), StacksNetwork.Testnet, next).ShouldNotBeNull();
        // A process that still has the old one opens no account under it, and signs nothing that it has not read before.
        (await world.Get<CreateAccount>()
            .HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, "late", null), default)).Error!.Code.ShouldBe("master_key_rotated");
        (await StartAsync(world, new MasterKeySource(next.Reveal(), null, null))).ShouldBeNull();
        (await StartAsync(world, new MasterKeySource(old.Reveal(), null, null))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rotation_that_meets_a_changed_row_changes_nothing()
    {
        var (old, next) = (MasterKey.Generate(), MasterKey.Generate());
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Accounts:MasterKey", old.Reveal()));
        await world.OpenAccountAsync();
        var bad = await world.OpenAccountAsync();
        await world.ScalarAsync($"WITH u AS (UPDATE account_keys SET ciphertext = set_byte(ciphertext, 5, get_byte(ciphertext, 5) # 1) WHERE account_id = '{bad.Id}' RETURNING 1) SELECT count(*) FROM u");
        var rotate = new RotateMasterKey(world.Get<IDbContextFactory<OrdersDb>>(), world.Time);
        (await Should.ThrowAsync<MasterKeyException>(() => rotate.HandleAsync(old, next, default))).Message.ShouldContain(bad.WireId());
        (await world.ScalarAsync($"SELECT count(*) FROM account_keys WHERE key_id = '{old.Id}'")).ShouldBe(2);
        (await StartAsync(world, new MasterKeySource(old.Reveal(), null, null))).ShouldBeNull();
    }

    [Fact]
    public async Task The_verb_replaces_the_file_of_the_key_and_finishes_after_a_crash()
    {
        var old = MasterKeyFile.Create(Own);
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Accounts:MasterKey", old.Reveal()));
        await world.OpenAccountAsync();
        // The crash of a run before this one, between its commit and the last step: both files are there, and the new key is in use.
        var next = MasterKeyFile.Create(Own + ".next");
        (await new RotateMasterKey(world.Get<IDbContextFactory<OrdersDb>>(), world.Time).HandleAsync(old, next, default)).ShouldBe(1);
        var (exit, error) = await RunAsync();
        exit.ShouldBe(0, error);
        error.ShouldContain("in use already");
        MasterKeyFile.Read(Own).Id.ShouldBe(next.Id);
        File.Exists(Own + ".next").ShouldBeFalse();
        // And a whole run of its own.
        (exit, error) = await RunAsync();
        exit.ShouldBe(0, error);
        error.ShouldContain("1 account keys");
        var third = MasterKeyFile.Read(Own);
        third.Id.ShouldNotBe(next.Id);
        File.GetUnixFileMode(Own).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await StartAsync(world, new MasterKeySource(null, Own, null))).ShouldBeNull();
        error.ShouldNotContain(third.Reveal());
    }

    [Fact]
    public async Task The_verb_says_what_is_wrong_in_one_sentence()
    {
        MasterKeyFile.Create(Own);
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var (exit, error) = await RunAsync();
        (exit, error.Trim().Split('\n').Length).ShouldBe((1, 1), error);
        error.ShouldContain("is not the one in use");
        var (missing, text) = await RunAsync("--key-file", Own + ".gone");
        (missing, text).ShouldSatisfyAllConditions(() => missing.ShouldBe(1), () => text.ShouldContain("is not there"));
    }

    private async Task<(int Exit, string Error)> RunAsync(params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] args = ["rotate-master-key", "--connection", _database.ConnectionString, .. more.Length > 0 ? more : ["--key-file", Own]];
        var exit = await CommandLineHost.RunAsync(args, new CommandLineWorld(output, error, TimeProvider.System, _ => null));
        return (exit, error.ToString());
    }

    // What the start says, or null where it starts.
    private static async Task<string?> StartAsync(EngineWorld world, MasterKeySource source, StacksNetwork? network = null)
    {
        var router = new TermsOnlyRouter(new VenueTerms("test", network ?? StacksNetwork.Testnet, world.Router.Terms.Router));
        try
        {
            await new AccountsStart(world.Get<IDbContextFactory<OrdersDb>>(), source, new MasterKeyRing(), router, world.Time,
                NullLogger<AccountsStart>.Instance).CheckAsync(default);
            return null;
        }
        catch (MasterKeyException wrong)
        {
            wrong.Message.ShouldNotContain("\n");
            return wrong.Message;
        }
    }
}
