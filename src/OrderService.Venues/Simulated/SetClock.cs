using System.Globalization;
using OrderService.Engine.Clock;

namespace OrderService.Venues.Simulated;

/// <summary>POST /simulator/clock: lets engine time run faster than real time, or as fast again.</summary>
internal static class SetClock
{
    /// <summary>Answers the clock, with the change that comes.</summary>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, EngineClock clock, FasterTime may, SetPace set, TimeProvider time, CancellationToken token)
    {
        if (await SimulatorBody.ReadAsync(request, token) is not { } body) return SimulatorErrors.Malformed(time);
        if (body.Number("pace") is not { } pace || pace < 1 || pace > may.PaceMax)
        {
            return SimulatorErrors.Field(time, "pace",
                string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {may.PaceMax}"));
        }
        if (may.WhyNot is { } why) return SimulatorErrors.TimeIsReal(time, why);
        await set.HandleAsync(pace, token);
        return Results.Ok(GetClock.Of(clock, may));
    }
}
