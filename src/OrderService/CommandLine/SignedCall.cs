using System.Net.Mime;
using System.Text;

namespace OrderService.CommandLine;

/// <summary>A request that is ready to be sent, by us or by the person who asked for it.</summary>
internal sealed record SignedCall(HttpMethod Method, Uri Url, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <summary>The request as a command for any POSIX shell.</summary>
    public string ToCurl()
    {
        var curl = new StringBuilder($"curl -sS -X {Method} {Quoted(Url.AbsoluteUri)}");
        foreach (var (name, value) in Headers) curl.Append($" \\\n  -H {Quoted($"{name}: {value}")}");
        if (Body is not null) curl.Append($" \\\n  -H {Quoted("content-type: application/json")} \\\n  --data-raw {Quoted(Body)}");
        return curl.ToString();
    }

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, Url);
        foreach (var (name, value) in Headers) request.Headers.Add(name, value);
        if (Body is not null) request.Content = new StringContent(Body, Encoding.UTF8, MediaTypeNames.Application.Json);
        return request;
    }

    // Inside single quotes a shell reads every character as itself, but for the quote.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
