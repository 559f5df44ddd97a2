using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Sealing;

/// <summary>
/// Where the master key comes from: a text, a file, or (never on mainnet) a file of the service's own in its data folder.
/// </summary>
internal sealed record MasterKeySource(string? Text, string? File, string? OwnFile)
{
    /// <summary>Reads the settings; nothing is opened yet.</summary>
    public static MasterKeySource Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(MasterKeyOptions.Section);
        return new MasterKeySource(
            Given(section[nameof(MasterKeyOptions.MasterKey)]), Given(section[nameof(MasterKeyOptions.MasterKeyFile)]),
            Path.Combine(DataFolder.Of(configuration), MasterKeyFile.OwnName));
    }

    /// <summary>Where it is, for a sentence; never the key.</summary>
    public string Where => Text is not null ? "in Accounts:MasterKey" : File ?? OwnFile ?? "nowhere";

    /// <summary>True where the service would make it itself.</summary>
    public bool IsOwn => Text is null && File is null && OwnFile is not null;

    /// <summary>True where there is one to be read.</summary>
    public bool IsThere => Text is not null || File is not null || (OwnFile is not null && System.IO.File.Exists(OwnFile));

    /// <summary>
    /// The key, or null where there is none. The service's own is made at the first start, unless <paramref name="isNeeded"/>: then keys
    /// were encrypted under one that is not there, and another would open none of them.
    /// </summary>
    public MasterKey? Read(StacksNetwork network, bool isNeeded)
    {
        if (Text is not null && File is not null)
            throw new MasterKeyException("Give only one of Accounts:MasterKey and Accounts:MasterKeyFile.");
        if (Text is not null) return MasterKey.Parse(Text) ?? throw new MasterKeyException("Accounts:MasterKey must be 64 hex digits.");
        if (File is not null) return MasterKeyFile.Read(File);
        if (OwnFile is null || network == StacksNetwork.Mainnet) return null;
        if (System.IO.File.Exists(OwnFile)) return MasterKeyFile.Read(OwnFile);
        return isNeeded ? null : MasterKeyFile.Create(OwnFile);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
