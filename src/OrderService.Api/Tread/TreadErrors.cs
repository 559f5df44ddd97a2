using System.Text.Json;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Tread;

/// <summary>
/// What no route of this wire answers itself: what the server refuses, and the refusals of filters that all dialects share.
/// </summary>
internal static class TreadErrors
{
    /// <summary>The answer of a shared filter.</summary>
    public static IResult From(OrderError error) => error switch
    {
        OrderError.Conflict e => TreadFaults.Error(409, e.Code, e.Message),
        OrderError.Unprocessable e => TreadFaults.Error(422, e.Code, e.Message),
        _ => TreadFaults.Error(400, error.Code, error.Message),
    };

    /// <summary>The shape of what the server answers to this request: a sentence under <c>detail</c>, the code in its header.</summary>
    public static ErrorShape ShapeOf(HttpContext context) => (json, facts, _) =>
    {
        context.Response.Headers[TreadFault.CodeHeader] = facts.Code;
        var sentence = facts.Status switch
        {
            StatusCodes.Status404NotFound => "Not found.",
            StatusCodes.Status405MethodNotAllowed => $"Method \"{context.Request.Method}\" not allowed.",
            StatusCodes.Status429TooManyRequests => "Request was throttled.",
            _ => facts.Sentence,
        };
        JsonSerializer.Serialize(json, new DetailRecord { Detail = sentence }, TreadJson.Default.DetailRecord);
    };
}
