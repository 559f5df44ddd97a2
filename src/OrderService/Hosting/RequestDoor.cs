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
        var status = request.GetEncodedPathAndQuery().Length > TargetMax ? StatusCodes.Status414UriTooLong
            : request.Headers.Sum(header => header.Value.Sum(value => header.Key.Length + (value?.Length ?? 0) + 4)) > HeadersMax
            ? StatusCodes.Status431RequestHeaderFieldsTooLarge
            : IsOurs(request.Host) ? 0 : StatusCodes.Status421MisdirectedRequest;
        if (status == 0) return next(context);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // An address leads where it says, so it names nobody else; HTTP/1.0 may name none.
    private bool IsOurs(HostString host) => !host.HasValue || IPAddress.TryParse(host.Host, out _) || service.Answers(host.Host);
}
