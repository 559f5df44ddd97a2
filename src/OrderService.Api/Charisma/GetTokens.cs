using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>GET tokens: what can be sold (the subnet tokens), bought or watched here.</summary>
internal static class GetTokens
{
    /// <summary>The refusal while no token is known yet: ours, not the client's.</summary>
    public static OrderError.Unavailable NotLoaded { get; } =
        new("tokens_not_loaded", "The tokens are not known yet; try again", TimeSpan.FromSeconds(2));

    public static IResult Handle(TokenRegistry tokens)
    {
        if (!tokens.HasLoaded) return CharismaErrors.From(NotLoaded);
        var all = tokens.All;
        return JsonAnswer.Of(new TokenListRecord { Status = Answers.Success, Data = [.. all.Select(TokenJson.Of)], Count = all.Count },
            CharismaJson.Default.TokenListRecord);
    }
}
