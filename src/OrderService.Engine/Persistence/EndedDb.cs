using Microsoft.EntityFrameworkCore;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Orders that have left the tables that the engine works on, with what belongs to them, as EF reads them. Nothing of them changes.
/// </summary>
internal sealed class EndedDb(DbContextOptions options) : OrdersDb(options)
{
    /// <summary>The tables of what works, each with the one of what has ended; in the order in which rows may leave.</summary>
    public static IReadOnlyList<(string Live, string Ended)> Tables { get; } =
    [
        ("outgoing_versions", "ended_versions"), ("outgoing_transactions", "ended_transactions"), ("slices", "ended_slices"),
        ("curves", "ended_curves"), ("orders", "ended_orders"),
    ];

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        var ended = Tables.ToDictionary(pair => pair.Live, pair => pair.Ended, StringComparer.Ordinal);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => type.BaseType is null))
            if (ended.TryGetValue(type.GetTableName()!, out var table)) type.SetTableName(table);
    }
}
