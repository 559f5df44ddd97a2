using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Persistence;

/// <summary>The schema as EF reads it. The SQL files own it; a test compares the two.</summary>
internal class OrdersDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderCurve> Curves => Set<OrderCurve>();

    public DbSet<GroupSlot> Slots => Set<GroupSlot>();

    public DbSet<Slice> Slices => Set<Slice>();

    public DbSet<OutgoingTransaction> Outgoing => Set<OutgoingTransaction>();

    public DbSet<SwapAttempt> Attempts => Set<SwapAttempt>();

    public DbSet<OutgoingVersion> Versions => Set<OutgoingVersion>();

    public DbSet<OrderEvent> Events => Set<OrderEvent>();

    public DbSet<ManagedAccount> Accounts => Set<ManagedAccount>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    public DbSet<AccountEntry> AccountEntries => Set<AccountEntry>();

    public DbSet<Withdrawal> Withdrawals => Set<Withdrawal>();

    private DateTimeOffset? _woke;

    /// <summary>Statements of this transaction let something be due from a moment on, which no entity tells.</summary>
    public void Woke(DateTimeOffset moment) => _woke = moment;

    /// <summary>That moment, told once; null where none did.</summary>
    public DateTimeOffset? TakeWoken()
    {
        var woke = _woke;
        _woke = null;
        return woke;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrdersDb).Assembly);

    // One converter per value type: the same Parse and ToString that serve HTTP and JSON.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<TokenAmount>().HaveConversion<AmountConverter>().HaveColumnType("numeric(39,0)");
        configurationBuilder.Properties<Price>().HaveConversion<PriceConverter>().HaveColumnType("numeric(38,0)");
        configurationBuilder.Properties<OrderUuid>().HaveConversion<ParsedConverter<OrderUuid>>();
        configurationBuilder.Properties<StacksAddress>().HaveConversion<ParsedConverter<StacksAddress>>();
        configurationBuilder.Properties<Principal>().HaveConversion<ParsedConverter<Principal>>();
        configurationBuilder.Properties<ContractId>().HaveConversion<ParsedConverter<ContractId>>();
        configurationBuilder.Properties<TokenId>().HaveConversion<ParsedConverter<TokenId>>();
        configurationBuilder.Properties<FirstTerms>().HaveConversion<ParsedConverter<FirstTerms>>().HaveColumnType("json");
        configurationBuilder.Properties<OrderKind>().HaveConversion<WordConverter<OrderKind>>();
        configurationBuilder.Properties<GroupKind>().HaveConversion<WordConverter<GroupKind>>();
        configurationBuilder.Properties<OrderStatus>().HaveConversion<WordConverter<OrderStatus>>();
        configurationBuilder.Properties<SliceStatus>().HaveConversion<WordConverter<SliceStatus>>();
        configurationBuilder.Properties<OutgoingStatus>().HaveConversion<WordConverter<OutgoingStatus>>();
        configurationBuilder.Properties<AttemptKind>().HaveConversion<WordConverter<AttemptKind>>();
        configurationBuilder.Properties<SliceTrigger>().HaveConversion<WordConverter<SliceTrigger>>();
        configurationBuilder.Properties<TriggerDirection>().HaveConversion<WordConverter<TriggerDirection>>();
        configurationBuilder.Properties<FundingKind>().HaveConversion<WordConverter<FundingKind>>();
        configurationBuilder.Properties<IntervalUnit>().HaveConversion<WordConverter<IntervalUnit>>();
        configurationBuilder.Properties<PartFailure>().HaveConversion<WordConverter<PartFailure>>();
        configurationBuilder.Properties<SlippageFrom>().HaveConversion<WordConverter<SlippageFrom>>();
        configurationBuilder.Properties<TradeSide>().HaveConversion<WordConverter<TradeSide>>();
        configurationBuilder.Properties<CurvePace>().HaveConversion<WordConverter<CurvePace>>();
        configurationBuilder.Properties<CurveShape>().HaveConversion<WordConverter<CurveShape>>();
        configurationBuilder.Properties<PausedBy>().HaveConversion<WordConverter<PausedBy>>();
        configurationBuilder.Properties<Share>().HaveConversion<ShareConverter>();
        configurationBuilder.Properties<WithdrawalStatus>().HaveConversion<WordConverter<WithdrawalStatus>>();
        configurationBuilder.Properties<QuoteSide>().HaveConversion<WordConverter<QuoteSide>>();
        configurationBuilder.Properties<WaitSide>().HaveConversion<WordConverter<WaitSide>>();
    }

    // Public members, because EF compiles expressions that call them.
    internal sealed class AmountConverter()
        : ValueConverter<TokenAmount, BigInteger>(a => (BigInteger)a.Units, n => new TokenAmount((UInt128)n));

    internal sealed class PriceConverter() : ValueConverter<Price, BigInteger>(p => (BigInteger)p.Count, n => new Price((UInt128)n));

    internal sealed class ShareConverter() : ValueConverter<Share, int>(s => s.Count, n => Share.Of(n));

    internal sealed class ParsedConverter<T>() : ValueConverter<T, string>(v => v.ToString()!, text => Read(text))
        where T : IParsable<T>
    {
        private static T Read(string text) => T.Parse(text, null);
    }

    internal sealed class WordConverter<T>() : ValueConverter<T, string>(v => Words.Of(v), text => Words.Parse<T>(text))
        where T : struct, Enum;
}
