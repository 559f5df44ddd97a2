namespace OrderService.Api.Tread;

/// <summary>GET strategies: names and ids of what an order may ask for.</summary>
internal static class GetStrategies
{
    public static IResult Handle(HttpContext context) => Answers.Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("strategies");
        foreach (var strategy in Strategy.All)
        {
            json.WriteStartObject();
            json.WriteString("id", strategy.Id);
            json.WriteString("name", strategy.Name);
            json.WriteBoolean("is_simple", strategy.IsSimple);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("super_strategies");
        foreach (var super in SuperStrategy.All)
        {
            json.WriteStartObject();
            json.WriteString("id", super.Id);
            json.WriteString("name", super.Name);
            json.WriteString("strategy_id", super.Strategy.Id);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
