namespace OrderService.Tests.Ground;

/// <summary>
/// How many partitions the services of the tests have: one, or as many as <c>ORDERSERVICE_TEST_PARTITIONS</c> says, so that classes which
/// know of none are run over several too.
/// </summary>
internal static class DividedStore
{
    private static readonly string? Count = Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_PARTITIONS");

    /// <summary>The settings of a service.</summary>
    public static string[] Settings => Count is { Length: > 0 } ? Of(int.Parse(Count, null)) : [];

    /// <summary>The settings of a service with so many, each with an account that pays.</summary>
    public static string[] Of(int count) => [$"--Store:Partitions={count}", $"--Simulator:SolversCount={count}"];
}
