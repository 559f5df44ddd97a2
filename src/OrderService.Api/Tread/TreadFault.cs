using System.Text.Json;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Under which member of the body the sentence of a refusal stands.</summary>
internal enum FaultShape
{
    Error,
    Errors,
    Detail,
    Message,

    /// <summary>The sentence is the whole body, a JSON string.</summary>
    Bare,
}

/// <summary>A refusal of this wire: its exact body, and a code that is told in a header and never in the body.</summary>
internal sealed record TreadFault(int Status, FaultShape Shape, string Code, params string[] Sentences) : IResult
{
    /// <summary>The header of the code.</summary>
    public const string CodeHeader = "X-Error-Code";

    /// <summary>When to come back.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var facts = new ErrorFacts(Status, Code, string.Join("; ", Sentences)) { RetryAfter = RetryAfter };
        httpContext.Response.OnStarting(() =>
        {
            httpContext.Response.Headers[CodeHeader] = Code;
            if (Status == StatusCodes.Status401Unauthorized) httpContext.Response.Headers.WWWAuthenticate = "Token";
            return Task.CompletedTask;
        });
        return new ErrorAnswer(facts, (json, _, _) => Write(json)).ExecuteAsync(httpContext);
    }

    /// <summary>Writes the body.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Shape == FaultShape.Bare)
        {
            json.WriteStringValue(Sentences[0]);
            return;
        }
        json.WriteStartObject();
        if (Shape != FaultShape.Errors)
        {
            json.WriteString(Shape.ToString().ToLowerInvariant(), Sentences[0]);
        }
        else
        {
            json.WriteStartArray("errors");
            foreach (var sentence in Sentences) json.WriteStringValue(sentence);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
