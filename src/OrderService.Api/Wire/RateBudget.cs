using System.Globalization;

namespace OrderService.Api.Wire;

/// <summary>A budget that a request counts in: its name, how many such requests it takes in how long, how many of them are left, and in how long all of them are there again, where that is one moment.</summary>
internal readonly record struct RateBudget(string Name, long Limit, TimeSpan Window, long Left, TimeSpan? Resets = null);

/// <summary>
/// Tells budgets by the headers of draft-ietf-httpapi-ratelimit-headers, lists of structured fields: <c>RateLimit-Policy: "key-minute";q=100;w=60</c> and <c>RateLimit: "key-minute";r=99;t=42</c>. A request
/// may count in several; each has a member of its own.
/// </summary>
internal static class RateBudgets
{
    /// <summary>The header of what the budgets are.</summary>
    public const string PolicyHeader = "RateLimit-Policy";

    /// <summary>The header of what is left of them.</summary>
    public const string LeftHeader = "RateLimit";

    /// <summary>Tells a budget in the answer to a request, whatever the answer is.</summary>
    public static void Tell(HttpContext context, RateBudget budget)
    {
        if (context.Features.Get<Told>() is { } told)
        {
            told.Budgets.Add(budget);
            return;
        }
        if (context.Response.HasStarted) return; // a WebSocket may be told its key after it has begun
        told = new Told([budget]);
        context.Features.Set(told);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[PolicyHeader] = string.Join(", ", told.Budgets.Select(PolicyOf));
            context.Response.Headers[LeftHeader] = string.Join(", ", told.Budgets.Select(LeftOf));
            return Task.CompletedTask;
        });
    }

    private static string PolicyOf(RateBudget budget) => string.Create(CultureInfo.InvariantCulture, $"\"{budget.Name}\";q={budget.Limit};w={budget.Window.TotalSeconds:0}");

    private static string LeftOf(RateBudget budget)
    {
        var left = string.Create(CultureInfo.InvariantCulture, $"\"{budget.Name}\";r={Math.Max(0, budget.Left)}");
        return budget.Resets is { } wait ? string.Create(CultureInfo.InvariantCulture, $"{left};t={Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}") : left;
    }

    private sealed record Told(List<RateBudget> Budgets);
}
