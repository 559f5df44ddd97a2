namespace OrderService.EmbeddedPostgres;

/// <summary>Where a private Postgres keeps its data and how it is started.</summary>
internal sealed class EmbeddedPostgresOptions
{
    /// <summary>
    /// The service's data folder, absolute or relative to the working directory. The cluster lives in <c>postgres</c> below it.
    /// </summary>
    public required string DataDirectory { get; set; }

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>; found by itself when null.</summary>
    public string? BinDirectory { get; set; }

    /// <summary>True: a commit is on the disk when it is acknowledged. False: for tests, where a lost machine loses the data.</summary>
    public bool Durable { get; set; } = true;

    public int MaxConnections { get; set; } = 200;

    /// <summary>Postgres' own notation, such as <c>256MB</c>.</summary>
    public string SharedBuffers { get; set; } = "256MB";

    /// <summary>Recovery after a crash counts here, so it is generous.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
