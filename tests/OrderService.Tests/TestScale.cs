namespace OrderService.Tests;

/// <summary>How much of each long test runs: what fits into every run, or the full counts (<c>./test --full</c>).</summary>
internal static class TestScale
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_FULL") == "1";
}
