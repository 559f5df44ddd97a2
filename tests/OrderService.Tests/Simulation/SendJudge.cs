using OrderService.Domain.Orders;

namespace OrderService.Tests.Simulation;

/// <summary>
/// What the judge knows of a slice by its intent's uuid; of one that its account calls for by what it sells, which is another amount for
/// each.
/// </summary>
internal sealed record KnownSlice(int Order, int Number, DateTimeOffset? NotAfter, string Status, string? EndAs, UInt128 Amount);

/// <summary>
/// Judges every send at the door of the node: no second swap of an intent, or by a call on another nonce, that another may still make, none
/// past its window, none without the funds, none of what a cancel or a pause had stopped, nothing at all while the time was not known; of
/// legs that cancel each other one, and none before the leg that it waits for.
/// </summary>
internal sealed class SendJudge(PlayChain chain, IReadOnlyDictionary<string, PlayLeg> legs)
{
    private readonly Dictionary<string, PlayCall> _out = [];
    private readonly Dictionary<string, int> _handed = [];
    private readonly Dictionary<int, HashSet<(string Uuid, string Solver, ulong Nonce)>> _stopped = [];

    /// <summary>What must never happen and did.</summary>
    public List<string> Crimes { get; } = [];

    /// <summary>The slices by their intents' uuids, as they were after the last step.</summary>
    public Dictionary<string, KnownSlice> Slices { get; set; } = [];

    /// <summary>
    /// False once a block was taken back: what its swaps paid is there again for a while, and whoever reads the balance then cannot know
    /// better.
    /// </summary>
    public bool CountsFunds { get; set; } = true;

    /// <summary>Sends that were looked at.</summary>
    public int Count { get; private set; }

    /// <summary>From here on nothing but these swaps may be sent of an order.</summary>
    public void Stop(int order, IEnumerable<(string Uuid, string Solver, ulong Nonce)> but) => _stopped[order] = [.. but];

    /// <summary>It may go on.</summary>
    public void Release(int order) => _stopped.Remove(order);

    /// <summary>Bytes come in.</summary>
    public void Sends(PlayCall call, Actor? actor)
    {
        lock (_out)
        {
            Count++;
            _handed[call.Id] = _handed.GetValueOrDefault(call.Id) + 1;
            var isFirst = _out.TryAdd(call.Id, call);
            if (!isFirst || call.Kind != CallKind.Swap || actor is null) return;
            var slice = Slices.GetValueOrDefault(call.Uuid);
            var what = $"swap of order {slice?.Order} slice {slice?.Number} by {actor.Name}";
            if (slice?.NotAfter < actor.DecidedAt) Crimes.Add($"{what}: sent past its window");
            if (actor.WasHeld) Crimes.Add($"{what}: sent while the time was not known");
            if (slice is not null && _stopped.TryGetValue(slice.Order, out var still)
                && !still.Contains((call.Uuid, call.Solver, call.Nonce)))
            {
                Crimes.Add($"{what}: sent after it was stopped");
            }
            if (Rivals(call).Any()) Crimes.Add($"{what}: two swaps of one intent may be mined");
            JudgeGroup(call, what);
            if (CountsFunds && InFlight(call.Funds!.Value) > chain.BalanceOf(call.Funds.Value))
                Crimes.Add($"{what}: sent without the funds");
        }
    }

    /// <summary>
    /// Takes it that the node refuses these bytes for good, which it may only where nobody else ever saw them; false where it may not.
    /// </summary>
    public bool Refuses(PlayCall call)
    {
        lock (_out) return _handed[call.Id] == 1 && _out.Remove(call.Id);
    }

    /// <summary>Slices that have ended while their swap could still be mined, or whose swap was made though they say otherwise.</summary>
    public void JudgeEnded()
    {
        foreach (var (uuid, slice) in Slices)
        {
            if (slice.Status is not ("cancelled" or "expired" or "failed" or "skipped")) continue;
            if (chain.UserOf(uuid, final: true) is { Kind: CallKind.Swap })
                Crimes.Add($"order {slice.Order} slice {slice.Number} is {slice.Status}, and was swapped");
            else if (_out.Values.Any(call => call.Uuid == uuid && call.Kind == CallKind.Swap && chain.IsMinable(call)))
                Crimes.Add($"order {slice.Order} slice {slice.Number} is {slice.Status}, and its swap may still be mined");
        }
    }

    /// <summary>Of legs that cancel each other one was swapped at most, in the end.</summary>
    public void JudgeGroups()
    {
        foreach (var group in legs.Where(leg => chain.UserOf(leg.Key) is { Kind: CallKind.Swap }).GroupBy(leg => leg.Value.Group))
        {
            var swapped = group.Select(leg => leg.Value).ToArray();
            if (swapped.Any(leg => swapped.Any(other => leg.Kind.AreRivals(leg.Leg, other.Leg))))
                Crimes.Add($"group {group.Key}: two legs that cancel each other were swapped");
        }
    }

    private void JudgeGroup(PlayCall call, string what)
    {
        if (!legs.TryGetValue(call.Uuid, out var leg)) return;
        foreach (var (uuid, other) in legs.Where(one => one.Value.Group == leg.Group))
        {
            var isSwapped = chain.UserOf(uuid) is { Kind: CallKind.Swap };
            if (leg.Kind.AreRivals(leg.Leg, other.Leg)
                && (isSwapped || _out.Values.Any(sent => sent.Uuid == uuid && sent.Kind == CallKind.Swap && chain.IsMinable(sent))))
            {
                Crimes.Add($"{what}: two legs of a group may be swapped");
            }
            if (leg.Kind.After(leg.Leg) == other.Leg && !isSwapped && CountsFunds)
                Crimes.Add($"{what}: sent before the leg that it waits for was swapped");
        }
    }

    private IEnumerable<PlayCall> Rivals(PlayCall call) =>
        _out.Values.Where(other => other.Kind == CallKind.Swap && other.Uuid == call.Uuid
            && (other.Solver, other.Nonce) != (call.Solver, call.Nonce) && (call.Origin is null || other.Origin != call.Origin)
            && chain.IsMinable(other));

    // What is out for these funds and not in a block: each intent once.
    private UInt128 InFlight(HoldKey funds) =>
        _out.Values.Where(
            call => call.Kind == CallKind.Swap && call.Funds == funds && chain.UserOf(call.Uuid) is null && chain.IsMinable(call))
        .DistinctBy(call => call.Uuid).Aggregate(UInt128.Zero, (sum, call) => sum + call.Amount);
}
