using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>GET tokens: what can be sold (the subnet tokens), bought or watched here.</summary>
internal static class GetTokens
{
    /// <summary>The refusal while no token is known yet: ours, not the client's.</summary>
    public static OrderError.Unavailable NotLoaded { get; } = new("tokens_not_loaded", "The tokens are not known yet; try again", TimeSpan.FromSeconds(2));

    public static IResult Handle(TokenRegistry tokens)
    {
        if (!tokens.HasLoaded) return CharismaErrors.From(NotLoaded);
        return Answers.Success(json =>
        {
            json.WriteStartArray("data");
            foreach (var token in tokens.All) TokenJson.Write(json, token);
            json.WriteEndArray();
            json.WriteNumber("count", tokens.All.Count);
        });
    }
}
