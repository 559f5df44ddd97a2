using System.Collections.Frozen;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>The tokens that the venue knows. The venue feeds it whole, readers see one list or the next, never a mixture.</summary>
internal sealed class TokenRegistry
{
    private sealed record Listing(IReadOnlyList<Token> All, FrozenDictionary<TokenId, Token> ById);

    private volatile Listing? listing;

    /// <summary>False until the venue has told its tokens once: until then an absent token is no evidence.</summary>
    public bool HasLoaded => listing is not null;

    /// <summary>Every token, in the venue's order.</summary>
    public IReadOnlyList<Token> All => listing?.All ?? [];

    /// <summary>The token, or null where the venue does not know it.</summary>
    public Token? Find(TokenId id) => listing?.ById.GetValueOrDefault(id);

    /// <summary>Puts these tokens in the place of all known before.</summary>
    public void Load(IReadOnlyCollection<Token> tokens) => listing = new([.. tokens], tokens.ToFrozenDictionary(token => token.Id));
}
