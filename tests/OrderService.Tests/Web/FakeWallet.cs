using System.Security.Cryptography;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.Web;

/// <summary>
/// A wallet as browsers' extensions put one into a page (SIP-030): it tells its address and signs what it is asked to, here by the hashes
/// of the service's own library.
/// </summary>
internal static class FakeWallet
{
    /// <summary>What it puts into the page before the page's own script runs.</summary>
    public static string Script(string address) =>
        $$"""
        window.LeatherProvider = {
          request: async (method, asked) => method === 'getAddresses'
            ? { jsonrpc: '2.0', id: '1', result: { addresses: [{ symbol: 'BTC', address: 'bc1q' }, { symbol: 'STX', address: '{{address}}' }] } }
            : { jsonrpc: '2.0', id: '1', result: { signature: await window.walletSigns(method, asked.message, asked.domain ?? '') } },
        };
        """;

    /// <summary>Its signature over a text, or over structured data in the consensus encoding of its two values.</summary>
    public static string Sign(PrivateKey key, string method, string message, string domain)
    {
        var hash = new byte[32];
        if (method == "stx_signMessage")
        {
            PersonalMessage.Hash(message, hash);
        }
        else
        {
            SHA256.HashData(
                [.. "SIP018"u8, .. SHA256.HashData(Convert.FromHexString(domain)), .. SHA256.HashData(Convert.FromHexString(message))],
                hash);
        }
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }
}
