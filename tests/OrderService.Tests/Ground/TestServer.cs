namespace OrderService.Tests.Ground;

/// <summary>A Postgres that the tests may fill.</summary>
/// <param name="ConnectionString">As a role that may create databases but is no superuser, like the service's own.</param>
/// <param name="AdminConnectionString">The database <c>postgres</c> as superuser.</param>
internal sealed record TestServer(string ConnectionString, string AdminConnectionString);
