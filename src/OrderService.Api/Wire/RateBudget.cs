using System.Globalization;
using System.Net;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>
/// A budget that a request counts in: its name, how many such requests it takes in how long, how many of them are left, and in how long all
/// of them are there again, where that is one moment.
/// </summary>
internal readonly record struct RateBudget(string Name, long Limit, TimeSpan Window, long Left, TimeSpan? Resets = null)
{
    /// <summary>What is counted, where it is not requests.</summary>
    public string? Unit { get; init; }
}

/// <summary>
/// Tells budgets by the headers of draft-ietf-httpapi-ratelimit-headers, lists of structured fields: <c>RateLimit-Policy:
/// "key-minute";q=100;w=60</c> and <c>RateLimit: "key-minute";r=99;t=42</c>. A request may count in several; each has a member of its own.
/// </summary>
internal static class RateBudgets
{
    /// <summary>The header of what the budgets are.</summary>
    public const string PolicyHeader = "RateLimit-Policy";

    /// <summary>The header of what is left of them.</summary>
    public const string LeftHeader = "RateLimit";

    /// <summary>Makes ready for a request whose budgets may be told from several threads.</summary>
    public static void Begin(HttpContext context)
    {
        // a WebSocket may be told its key after it has begun
        if (context.Features.Get<Told>() is not null || context.Response.HasStarted) return;
        var told = new Told(context.Response.Headers);
        context.Features.Set(told);
        context.Response.OnStarting(WriteAsync, told);
    }

    private static Task WriteAsync(object state)
    {
        var told = (Told)state;
        if (told.All is not { Length: > 0 } budgets) return Task.CompletedTask;
        told.Headers[PolicyHeader] = string.Join(", ", budgets.Select(PolicyOf));
        told.Headers[LeftHeader] = string.Join(", ", budgets.Select(LeftOf));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Tells a budget in the answer to a request, whatever the answer is; of several uses of one, what is left behind them all.
    /// </summary>
    public static void Tell(HttpContext context, RateBudget budget)
    {
        Begin(context);
        context.Features.Get<Told>()?.Add(budget);
    }

    /// <summary>Tells what requests use up of their owners' budgets.</summary>
    public static void TellOwnerBudgets(this IServiceProvider services)
    {
        if (services.GetService<OwnerBudgets>() is not { } owners) return;
        var requests = services.GetRequiredService<IHttpContextAccessor>();
        owners.Counted += budget =>
        {
            if (requests.HttpContext is { } context)
                Tell(context, new RateBudget(budget.Name, budget.Limit, MinuteMeter<IPAddress>.Window, budget.Left, budget.Resets));
        };
    }

    private static string PolicyOf(RateBudget budget) =>
        string.Create(CultureInfo.InvariantCulture,
            $"\"{budget.Name}\";q={budget.Limit}{(budget.Unit is { } unit ? $";qu=\"{unit}\"" : "")};w={budget.Window.TotalSeconds:0}");

    private static string LeftOf(RateBudget budget)
    {
        var left = string.Create(CultureInfo.InvariantCulture, $"\"{budget.Name}\";r={Math.Max(0, budget.Left)}");
        return budget.Resets is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"{left};t={Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}") : left;
    }

    private sealed class Told(IHeaderDictionary headers)
    {
        private readonly Lock _lock = new();
        private List<RateBudget>? _budgets; // most requests from this machine count in none

        public IHeaderDictionary Headers => headers;

        public RateBudget[] All
        {
            get
            {
                lock (_lock) return _budgets is null ? [] : [.. _budgets];
            }
        }

        public void Add(RateBudget budget)
        {
            lock (_lock)
            {
                _budgets ??= [];
                var at = _budgets.FindIndex(told => told.Name == budget.Name);
                if (at < 0) _budgets.Add(budget);
                else if (budget.Left <= _budgets[at].Left) _budgets[at] = budget;
            }
        }
    }
}
