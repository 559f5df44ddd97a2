using System.Runtime.InteropServices;
using System.Text.Json;
using OrderService.Engine.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// A vault list over HTTP: an answer that is bounded in time and size, or a <see cref="PriceSourceException"/> that says what was wrong
/// with it.
/// </summary>
internal sealed class VaultListSource(
    HttpClient client, Uri address, VaultListReader reader, RouteOptions options, KeptVaultList? kept = null)
{
    private readonly HttpPriceSourceOptions _limits = new() { Timeout = options.RequestTimeout, MaxBytes = options.BytesMax };

    /// <summary>Where the last list is kept over a start; null for nowhere.</summary>
    public KeptVaultList? Kept => kept;

    /// <summary>
    /// Reads the list and its text. An answer without one usable vault is no list: it must not empty the one that is known.
    /// </summary>
    public async Task<(VaultListing Listing, byte[] Body)> FetchAsync(CancellationToken token)
    {
        using var document = await BoundedJson.GetAsync(client, address, _limits, token);
        return (Read(document), JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray());
    }

    /// <summary>Reads a list that was kept.</summary>
    public VaultListing Read(byte[] body)
    {
        using var document = BoundedJson.Parse(body);
        return Read(document);
    }

    private VaultListing Read(JsonDocument document)
    {
        try
        {
            var listing = reader.Read(document.RootElement) ?? throw new PriceSourceException("answered without a list of vaults");
            return listing.Vaults.Count > 0 ? listing : throw new PriceSourceException("answered without one vault that can be used");
        }
        catch (InvalidOperationException broken) // text that is no Unicode is found only when it is read
        {
            throw new PriceSourceException("answered text that cannot be read", broken);
        }
    }
}
