using OrderService.Stacks.Crypto;

namespace OrderService.Domain.Accounts;

/// <summary>A published key whose signed examples the documents and the banner show. Only venues of play money have one.</summary>
public sealed record DemoWallet(PrivateKey? Key)
{
    /// <summary>The wallet of a key in hex; without a key where the text is none.</summary>
    public static DemoWallet Of(string? text) => new(PrivateKey.TryParse(text, out var key) ? key : null);
}
