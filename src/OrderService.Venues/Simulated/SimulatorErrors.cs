using OrderService.Domain.Events;

namespace OrderService.Venues.Simulated;

/// <summary>Refusals of the simulator's routes, in the native shape.</summary>
internal static class SimulatorErrors
{
    private sealed record Body(string Error, string Code, string Timestamp);

    /// <summary>A field is missing or malformed.</summary>
    public static IResult Field(TimeProvider time, string name, string problem, string code = "invalid_field") =>
        Of(time, StatusCodes.Status400BadRequest, code, $"{name} {problem}");

    /// <summary>The body is not a JSON object.</summary>
    public static IResult Malformed(TimeProvider time) =>
        Of(time, StatusCodes.Status400BadRequest, "invalid_request", "the body must be a JSON object");

    /// <summary>Something else has the time that it has.</summary>
    public static IResult TimeIsReal(TimeProvider time, string why) =>
        Of(time, StatusCodes.Status409Conflict, "time_is_real", $"time cannot run faster here: {why}");

    /// <summary>Another site's page must not move even play money.</summary>
    public static IResult CrossOrigin(TimeProvider time) =>
        Of(time, StatusCodes.Status403Forbidden, "cross_origin", "the simulator answers pages of its own origin only");

    private static IResult Of(TimeProvider time, int status, string code, string error) => Results.Json(
        new Body(error, code, MomentText.Of(time.GetUtcNow())), statusCode: status);
}
