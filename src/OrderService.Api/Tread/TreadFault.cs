using System.Diagnostics;
using System.Text.Json;
using OrderService.Api.Tread.Records;
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
        switch (Shape)
        {
            case FaultShape.Error: JsonSerializer.Serialize(json, new ErrorRecord { Error = Sentences[0] },
                TreadJson.Default.ErrorRecord); break;
            case FaultShape.Errors: JsonSerializer.Serialize(json, new ErrorsRecord { Errors = Sentences },
                TreadJson.Default.ErrorsRecord); break;
            case FaultShape.Detail: JsonSerializer.Serialize(json, new DetailRecord { Detail = Sentences[0] },
                TreadJson.Default.DetailRecord); break;
            case FaultShape.Message: JsonSerializer.Serialize(json, new MessageRecord { Message = Sentences[0] },
                TreadJson.Default.MessageRecord); break;
            case FaultShape.Bare: json.WriteStringValue(Sentences[0]); break;
            default: throw new UnreachableException($"no body for a refusal of shape {Shape}");
        }
    }
}
