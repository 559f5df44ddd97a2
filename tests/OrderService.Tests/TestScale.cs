using System.Globalization;

namespace OrderService.Tests;

/// <summary>
/// How much of each long test runs: what fits into every run, or the full counts (<c>./test --full</c>). A class with full counts names its
/// part in a trait (<c>--full=PART</c>), and a matrix that is long even so gives only a share of itself where one is asked for
/// (<c>--full=PART:K/N</c>).
/// </summary>
internal static class TestScale
{
    public const string Trait = "Full";

    public static bool Full { get; } = Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_FULL") == "1";

    private static readonly (int Number, int Count) Share = ReadShare(Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_SHARE"));

    /// <summary>
    /// Those of a matrix that belong to the share: every N-th, from the K-th on. The shares together are all of it, each once.
    /// </summary>
    public static IEnumerable<T> Shared<T>(IEnumerable<T> all) => all.Where((_, i) => i % Share.Count == Share.Number - 1);

    /// <summary>The seeds from 1 to <paramref name="count"/> that belong to the share.</summary>
    public static int[] Seeds(int count) => [.. Shared(Enumerable.Range(1, count))];

    /// <summary>The n-th, from 1 on, of the seeds that belong to the share, however many there are.</summary>
    public static int Seed(int n) => Share.Number + ((n - 1) * Share.Count);

    /// <summary>What the share has of a time that all shares have together.</summary>
    public static TimeSpan Shared(TimeSpan time) => time / Share.Count;

    private static (int, int) ReadShare(string? text) =>
        text?.Split('/') is [var number, var count]
            ? (int.Parse(number, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)) : (1, 1);
}
