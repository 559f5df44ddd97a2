using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Wire;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;

namespace OrderService.Hosting;

/// <summary>
/// Gives each call the services of its owner's partition. Whose it is is first guessed from what is cheap to read; a call that turns out to
/// be another's, where it was proven or stored, is done again there, before anything came of it.
/// </summary>
internal sealed class PartitionDoor(RequestDelegate next, AllPartitions partitions, PartitionGuess guess, Dialects dialects)
{
    /// <summary>Runs the rest of the request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsOfStore(context))
        {
            await next(context);
            return;
        }
        var body = await BodyOfAsync(context);
        var number = await guess.OfAsync(context, body);
        try
        {
            await RunAsync(context, number, body);
        }
        catch (OtherPartitionException other) when (!context.Response.HasStarted && other.Number != number)
        {
            await RunAsync(context, other.Number, body);
        }
    }

    private bool IsOfStore(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
            && (dialects.Find(context.Request.Path) is not null || endpoint.Metadata.GetMetadata<Access>() is not { Who: Asker.Anyone });

    // It may be read twice; who reads it bounds it.
    private static async Task<byte[]?> BodyOfAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return null;
        using var read = new MemoryStream();
        await context.Request.Body.CopyToAsync(read, context.RequestAborted);
        return read.ToArray();
    }

    private async Task RunAsync(HttpContext context, int number, byte[]? body)
    {
        if (body is not null) context.Request.Body = new MemoryStream(body, writable: false);
        var first = context.RequestServices;
        await using var scope = partitions[number].CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        catch (Exception fault) when (number > 0 && fault is not OtherPartitionException)
        {
            // whoever else hears of it is asked by those who answer
            scope.ServiceProvider.GetRequiredService<StaleSessions>().Listener.Hear(fault);
            throw;
        }
        finally
        {
            context.RequestServices = first;
        }
    }
}
