namespace OrderService.Tests.Ground;

/// <summary>
/// Limits of a service in a test that is not about them: a machine that stands still for half a minute is no outage of the store, no venue
/// that does not answer and no price that has grown old.
/// </summary>
internal static class Patience
{
    /// <summary>Those that run in real time wherever the clock is the test's own.</summary>
    public static readonly (string Key, string Value)[] Settings =
    [
        ("Store:AnswerWithin", "00:05:00"), ("Execution:QuoteTimeout", "00:05:00"), ("Execution:SendTimeout", "00:05:00"),
        ("Accounts:BalanceTimeout", "00:01:00"),
    ];

    /// <summary>All of them, as arguments of the command line of a service that polls prices in real time.</summary>
    public static readonly string[] Arguments =
        [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}"), "--Pricing:StaleAfter=00:10:00"];
}
