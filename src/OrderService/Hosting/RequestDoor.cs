using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using OrderService.Engine.Auth;

namespace OrderService.Hosting;

/// <summary>
/// What is asked of every request before its route: that it is for this service, and of a size that is read. A page of another site whose
/// name was made to lead here has that name as its Host, and would otherwise be this service's own page to the browser.
/// </summary>
internal sealed class RequestDoor(RequestDelegate next, ServiceIdentity service)
{
    /// <summary>The longest path with its query, in characters.</summary>
    public const int TargetMax = 8 * 1024;

    /// <summary>The headers together, in characters.</summary>
    public const int HeadersMax = 32 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var status = IsTooLong(request) ? StatusCodes.Status414UriTooLong
            : SizeOf(request.Headers) > HeadersMax ? StatusCodes.Status431RequestHeaderFieldsTooLarge
            : IsOurs(request.Host) ? 0 : StatusCodes.Status421MisdirectedRequest;
        if (status == 0) return next(context);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // One character becomes nine at most, so that hardly any is spelt out to be counted.
    private static bool IsTooLong(HttpRequest request) =>
        ((request.PathBase.Value?.Length ?? 0) + (request.Path.Value?.Length ?? 0)) * 9 + (request.QueryString.Value?.Length ?? 0)
            > TargetMax
        && request.GetEncodedPathAndQuery().Length > TargetMax;

    private static int SizeOf(IHeaderDictionary headers)
    {
        var size = 0;
        foreach (var (name, values) in headers)
            for (var i = 0; i < values.Count; i++) size += name.Length + (values[i]?.Length ?? 0) + 4;
        return size;
    }

    // An address leads where it says, so it names nobody else; HTTP/1.0 may name none.
    private bool IsOurs(HostString host) => !host.HasValue || IPAddress.TryParse(host.Host, out _) || service.Answers(host.Host);
}
