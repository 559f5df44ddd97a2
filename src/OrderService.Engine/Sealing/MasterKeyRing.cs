using OrderService.Domain;

namespace OrderService.Engine.Sealing;

/// <summary>The master key that this process works with; none before the start has taken it. Set once, at the start.</summary>
internal sealed class MasterKeyRing
{
    /// <summary>The refusal where there is none.</summary>
    public static readonly OrderError.Unavailable Missing =
        new("accounts_off", "This service has no master key: it holds no accounts and takes no orders", TimeSpan.FromMinutes(1));

    /// <summary>The refusal where another one is in use since this process started.</summary>
    public static readonly OrderError.Unavailable Rotated = new("master_key_rotated",
        "The master key was changed while the service ran: it has to be started again with the new one", TimeSpan.FromMinutes(1));

    /// <summary>The key.</summary>
    public MasterKey? Key { get; internal set; }
}
