using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>The operator's keys. Only their hashes are kept, and each is compared with in the same time whatever is presented.</summary>
internal sealed class AdminKeys(IOptions<AuthOptions> options, WrongKeys wrong)
{
    private readonly byte[][] _hashes = [.. AdminKeyRules.KeysOf(options.Value).Select(Hash)];

    /// <summary>True where the request carries one of them; otherwise why it may not.</summary>
    public Result<bool> Check(HttpContext context)
    {
        var key = Authenticator.KeyOf(context);
        if (Knows(key)) return true;
        if (key.Length > 0)
        {
            if (wrong.Refusal(context, key) is { } throttled) return throttled;
            wrong.Wrong(context);
        }
        return new OrderError.Unauthenticated("admin_key_required", "This route is the operator's: send an admin key as X-Api-Key");
    }

    /// <summary>True for one of them.</summary>
    public bool Knows(string key)
    {
        var given = Hash(key);
        var isKnown = false;
        foreach (var hash in _hashes) isKnown |= CryptographicOperations.FixedTimeEquals(hash, given);
        return isKnown;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
