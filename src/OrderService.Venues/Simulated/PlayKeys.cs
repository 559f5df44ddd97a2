using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Venues.Simulated;

/// <summary>
/// Keys made from published texts. They are for play: whoever reads this has them, so they must never hold anything of worth.
/// </summary>
internal static class PlayKeys
{
    /// <summary>The key of a text.</summary>
    public static PrivateKey Of(string text) =>
        PrivateKey.TryFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(text)), out var key)
            ? key : throw new ArgumentException("this text gives no key", nameof(text));

    /// <summary>The text of the key of an account that pays; the first is number 1.</summary>
    public static string SolverText(int number) => string.Create(CultureInfo.InvariantCulture, $"order service simulated solver {number}");

    /// <summary>The address of a text's key.</summary>
    public static StacksAddress AddressOf(string text, StacksNetwork network) => Of(text).PublicKey().ToAddress(network);
}
