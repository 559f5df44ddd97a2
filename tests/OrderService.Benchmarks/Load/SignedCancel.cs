using System.Globalization;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Benchmarks.Load;

/// <summary>A cancel of the native API that an order's owner signed. It holds for five minutes, and once.</summary>
internal sealed record SignedCancel(string Uuid, string Message, string Signature)
{
    public static SignedCancel Of(string uuid, PrivateKey owner)
    {
        var message = string.Create(CultureInfo.InvariantCulture,
            $$"""{"action":"cancel_order","uuid":"{{uuid}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}"}""");
        var digest = new byte[32];
        PersonalMessage.Hash(message, digest);
        return new SignedCancel(uuid, message, Secp256k1.Sign(digest, owner).ToRsvHex());
    }

    /// <summary>
    /// Asks for it. True where the order was cancelled, false where a transaction decides (409); any other answer is a fault.
    /// </summary>
    public async Task<bool> SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{Uuid}/cancel");
        request.Headers.Add("x-signature", Signature);
        request.Headers.Add("x-message", Message);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode switch
        {
            200 => true,
            409 => false,
            var status => throw new InvalidOperationException($"a cancel of {Uuid} was answered {status}: {text}"),
        };
    }
}
