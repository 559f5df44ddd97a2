namespace OrderService.Tests.Ground;

/// <summary>
/// Limits of a service in a test that is not about them: a machine that stands still for half a minute is no outage of the store, no venue
/// that does not answer and no price that has grown old.
/// </summary>
internal static class Patience
{
    public static readonly (string Key, string Value)[] Settings =
    [
        ("Store:AnswerWithin", "00:05:00"), ("Execution:QuoteTimeout", "00:05:00"), ("Execution:SendTimeout", "00:05:00"),
        ("Accounts:BalanceTimeout", "00:01:00"), ("Pricing:StaleAfter", "00:10:00"),
    ];

    /// <summary>The same as arguments of a command line.</summary>
    public static readonly string[] Arguments = [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];
}
