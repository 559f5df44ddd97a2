using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Accounts;

/// <summary>Section <c>Accounts</c>: how many accounts an owner has, how their funds are read, and the pace of what it pays back.</summary>
internal sealed class AccountsOptions
{
    public const string Section = "Accounts";

    /// <summary>Accounts of one owner.</summary>
    [Range(1, 10_000)]
    public int MaxPerOwner { get; set; } = 100;

    /// <summary>
    /// How old a balance may be that a slice is started on, a wallet's or an account's: the service's own sends are taken off it. Setting
    /// funds aside always asks anew.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BalanceMaxAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Balances that this process asks the venue for in a minute before it starts slices; beyond them what is due waits.</summary>
    [Range(1, 1_000_000)]
    public int BalanceReadsPerMinute { get; set; } = 600;

    /// <summary>How long the venue may take to tell balances.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BalanceTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two looks at the withdrawals that wait to be sent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WithdrawalInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Withdrawals that one look takes.</summary>
    [Range(1, 1_000)]
    public int WithdrawalBatchMax { get; set; } = 100;

    /// <summary>How long a withdrawal waits after a transaction of its was lost; twice as long each time, up to a hundred times.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WithdrawalRetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}
