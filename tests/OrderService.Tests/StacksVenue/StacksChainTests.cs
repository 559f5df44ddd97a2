using OrderService.Stacks.Addresses;
using OrderService.Tests.Charisma;
using OrderService.Venues.Stacks;

namespace OrderService.Tests.StacksVenue;

/// <summary>Settings that do not fit stop the start, each with a sentence that names it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StacksChainTests : IDisposable
{
    private const string OtherKey = "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601";

    private readonly string _folder = Directory.CreateTempSubdirectory("orderservice-keys").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_fits_is_read_with_the_accounts_in_the_order_of_their_keys()
    {
        var chain = StacksChain.Of(Options(o => o.SolverKeys = [OtherKey, Samples.Key.ToHex()]));
        chain.Network.ShouldBe(StacksNetwork.Testnet);
        chain.Nodes[0].ToString().ShouldBe("http://127.0.0.1:20443/api/");
        chain.Solvers.Select(s => s.ToString()).ShouldBe(["ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM", Samples.Owner.ToString()]);
        chain.KeyOf(Samples.Owner).ToHex().ShouldBe(Samples.Key.ToHex());
    }

    public static TheoryData<string, Action<object>> Wrong => new()
    {
        { "Stacks:Network must be mainnet or testnet", Set(o => o.Network = "regtest") },
        { "Stacks:NodeUrl must be the http(s) address of a Stacks node", Set(o => o.NodeUrl = null) },
        { "Stacks:NodeUrl must be the http(s) address of a Stacks node", Set(o => o.NodeUrl = "127.0.0.1:20443") },
        { "Stacks:NodeUrl must be the http(s) address of a Stacks node", Set(o => o.NodeUrl = "ftp://127.0.0.1") },
        { "Stacks:FeeMin must not be above Stacks:FeeMax", Set(o => (o.FeeMin, o.FeeMax) = (2, 1)) },
        { "Stacks:Router must be a contract id", Set(o => o.Router = null) },
        { "Stacks:Router must be a contract id", Set(o => o.Router = Samples.Owner.ToString()) },
        { "Stacks:Router is not a contract of testnet", Set(o => o.Router = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x-multihop-rc9") },
        { "Stacks:Verifier must be a contract id", Set(o => o.Verifier = "blaze-v1") },
        { "Stacks:Verifier is not a contract of testnet", Set(o => o.Verifier = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.blaze-v1") },
        { "Stacks:SolverKeys must hold the key of at least one account", Set(o => o.SolverKeys = []) },
        { "Stacks:SolverKeys must hold the key of at least one account", Set(o => o.SolverKeys = ["", ""]) },
        { "Stacks:SolverKeys holds text that is no private key", Set(o => o.SolverKeys = ["0xabc"]) },
        { "Stacks:SolverKeys holds text that is no private key", Set(o => o.SolverKeys = [new string('0', 64)]) },
        { "Stacks:SolverKeys holds a key twice", Set(o => o.SolverKeys = [OtherKey, OtherKey[..64]]) },
        { "Stacks:SolverKeysFile names a file that is not there", Set(o => o.SolverKeysFile = "/nowhere/keys") },
        { "Stacks:DemoKey is for play money", Set(o => (o.Network, o.DemoKey) = ("mainnet", OtherKey)) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_does_not_fit_names_itself(string sentence, Action<object> change) =>
        Should.Throw<FormatException>(() => StacksChain.Of(Options(change))).Message.ShouldStartWith(sentence);

    [Fact]
    public void A_text_that_is_no_key_is_not_repeated()
    {
        var secret = new string('z', 64);
        Should.Throw<FormatException>(() => StacksChain.Of(Options(o => o.SolverKeys = [secret]))).Message.ShouldNotContain(secret);
    }

    [Fact]
    public void Keys_come_from_a_file_that_nobody_else_may_read()
    {
        var path = Path.Combine(_folder, "keys");
        File.WriteAllText(path, $"# the accounts that pay\n{OtherKey}\n\n  {Samples.Key.ToHex()}  \n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        StacksChain.Of(Options(o => (o.SolverKeys, o.SolverKeysFile) = ([], path))).Solvers.Count.ShouldBe(2);
        Should.Throw<FormatException>(() =>
            StacksChain.Of(Options(o => (o.SolverKeys, o.SolverKeysFile) = ([OtherKey], path)))).Message.ShouldStartWith(
                "Stacks:SolverKeys holds a key twice");

        foreach (var open in (UnixFileMode[])[UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.GroupWrite,
            UnixFileMode.OtherWrite])
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
            Should.Throw<FormatException>(() => StacksChain.Of(Options(o => (o.SolverKeys, o.SolverKeysFile) = ([], path)))).Message
                .ShouldBe($"Stacks:SolverKeysFile names a file that others can read: run chmod 600 on {path}");
        }
    }

    // The options are the service's own type, which a public test method cannot name.
    private static Action<object> Set(Action<StacksOptions> change) => options => change((StacksOptions)options);

    private static StacksOptions Options(Action<StacksOptions> change) => Options(Set(change));

    private static StacksOptions Options(Action<object> change)
    {
        var options = new StacksOptions
        {
            NodeUrl = "http://127.0.0.1:20443/api", Router = CallSamples.Contract("x-multihop-rc9").ToString(),
            Verifier = CallSamples.Contract("blaze-v1").ToString(), SolverKeys = [OtherKey],
        };
        change(options);
        return options;
    }
}
