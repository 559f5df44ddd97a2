using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

/// <summary>The simulated venue over a test's database, without workers: a test mines when it wants to.</summary>
internal sealed class PlayChain : IAsyncDisposable
{
    private readonly SimulatedReserves reserves;
    private readonly MiningSignal signal = new();

    private PlayChain(string connectionString, SimulatedOptions options)
    {
        DataSource = NpgsqlDataSource.Create(connectionString);
        World = SimulatedWorld.Of(options);
        var source = new LedgerSource(DataSource);
        reserves = new SimulatedReserves(source, options, TimeProvider.System);
        Ledger = new SimulatedLedger(source, World, options, TimeProvider.System);
        Miner = new SimulatedMiner(source, World, reserves, options, TimeProvider.System);
        Router = new SimulatedRouter(
            World, new RouteSearch(World.Vaults.Values, options.HopsMax), reserves, Ledger,
            new SimulatedMempool(source, TimeProvider.System), signal, options, TimeProvider.System);
    }

    public NpgsqlDataSource DataSource { get; }

    public SimulatedWorld World { get; }

    public SimulatedLedger Ledger { get; }

    public SimulatedMiner Miner { get; }

    public SimulatedRouter Router { get; }

    public StacksAddress Solver => World.Solvers[0];

    public static async Task<PlayChain> StartAsync(string connectionString, SimulatedOptions? options = null)
    {
        var chain = new PlayChain(connectionString, options ?? new SimulatedOptions());
        await chain.Ledger.InitialiseAsync(CancellationToken.None);
        return chain;
    }

    public TokenId Token(string symbol) => World.TokenList.Single(token => token.Symbol == symbol).Id;

    public Task FundAsync(StacksAddress owner, string symbol, ulong amount) =>
        Ledger.FundAsync(Principal.From(owner), Token(symbol), new TokenAmount(amount), CancellationToken.None);

    public VerifiedIntent Sign(PrivateKey key, string symbol, ulong amount, string? uuid = null, ContractId? router = null)
    {
        Token(symbol).IsContract(out var contract).ShouldBeTrue();
        var intent = new TransferIntent(contract!.Value, amount, Principal.From(router ?? World.Router), uuid ?? Guid.NewGuid().ToString(),
            World.Network.ChainId);
        Span<byte> hash = stackalloc byte[32];
        intent.Hash(hash);
        VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, key), key.PublicKey().ToAddress(World.Network), out var verified)
            .ShouldBeTrue();
        return verified;
    }

    public async Task<Quote> QuoteAsync(string sell, string buy, ulong amount) =>
        (await Router.QuoteAsync(Token(sell), Token(buy), new TokenAmount(amount), CancellationToken.None)).Value;

    /// <summary>A swap of the intent into a token, at least at its quote unless another minimum is given.</summary>
    public async Task<PreparedTransaction> SwapAsync(
        VerifiedIntent intent, string buy, long nonce, TokenAmount? min = null, StacksAddress? recipient = null,
        StacksAddress? solver = null)
    {
        var quote = (await Router.QuoteAsync(TokenId.Of(intent.Intent.Token), Token(buy), new TokenAmount(intent.Intent.Amount),
            CancellationToken.None)).Value;
        var call = new RouterCall.Swap(intent, Principal.From(recipient ?? intent.Signer), quote, min ?? quote.AmountOut);
        return Router.Prepare(call, solver ?? Solver, (ulong)nonce, World.Fee);
    }

    public PreparedTransaction Spend(VerifiedIntent intent, long nonce) =>
        Router.Prepare(new RouterCall.Spend(intent), Solver, (ulong)nonce, World.Fee);

    public Task<SubmitOutcome> SubmitAsync(PreparedTransaction transaction) => Router.SubmitAsync(transaction, CancellationToken.None);

    public async Task AcceptAsync(PreparedTransaction transaction) =>
        (await SubmitAsync(transaction)).ShouldBeOfType<SubmitOutcome.Accepted>();

    public Task<MinedBlock?> MineAsync() => Miner.MineAsync(CancellationToken.None);

    public async Task<TransactionStatus> StatusAsync(PreparedTransaction transaction) =>
        (await Router.StatusAsync([transaction], CancellationToken.None))[transaction.TxId];

    public async Task<TokenAmount> BalanceAsync(StacksAddress account, string symbol) =>
        (await Ledger.BalancesAsync(Principal.From(account), CancellationToken.None)).GetValueOrDefault(Token(symbol));

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        reserves.Dispose();
        signal.Dispose();
    }
}
