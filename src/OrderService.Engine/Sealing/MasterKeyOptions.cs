namespace OrderService.Engine.Sealing;

/// <summary>Section <c>Accounts</c>: where the key is that seals what the service keeps of others.</summary>
internal sealed class MasterKeyOptions
{
    public const string Section = "Accounts";

    /// <summary>The master key, 64 hex digits; only from the environment.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file with the master key, which nobody else may read (0600).</summary>
    public string? MasterKeyFile { get; set; }
}
