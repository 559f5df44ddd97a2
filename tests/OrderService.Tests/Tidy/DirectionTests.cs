using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using OrderService.Hosting;

namespace OrderService.Tests.Tidy;

/// <summary>
/// Which folder uses which, from the compiled types: a room is a folder of a project. The projects' directions are the compiler's to hold;
/// what it lets pass is held here.
/// </summary>
public sealed class DirectionTests
{
    private static readonly string[] Projects = ["Stacks", "Domain", "Engine", "Venues", "Api"];
    private static readonly string[] Dialects = ["Api.Charisma", "Api.Panora", "Api.SwapCoffee", "Api.Tread"];
    private static readonly Lazy<IReadOnlyList<ITypeDependency>> Uses = new(Load);
    private static readonly Lazy<IReadOnlyDictionary<(string From, string To), string>> Arrows = new(Read);

    [Fact]
    public void No_folders_of_a_project_use_each_other() => Knots(Arrows.Value.Keys).ShouldBeEmpty();

    [Fact]
    public void No_dialect_sees_another() =>
        Arrows.Value.Where(arrow => arrow.Key.From != arrow.Key.To && Dialects.Contains(arrow.Key.From) && Dialects.Contains(arrow.Key.To))
            .ShouldBeEmpty();

    [Fact]
    public void No_dialect_sees_the_store() =>
    Arrows.Value.Where(arrow => arrow.Key is { To: "Engine.Persistence" } && Dialects.Contains(arrow.Key.From)).ShouldBeEmpty();

    [Fact]
    public void Only_the_host_s_list_names_a_dialect() =>
        Uses.Value.Where(use => Room(use.Target) is { } to && Dialects.Contains(to) && Room(use.Origin) != to
            && !use.Origin.FullName.StartsWith(typeof(DialectServices).FullName!, StringComparison.Ordinal))
            .Select(use => $"{use.Origin.FullName} uses {use.Target.FullName}").Distinct().ShouldBeEmpty();

    [Fact]
    public void All_rooms_were_read() // the tests above hold of nothing, too
    {
        var rooms = Arrows.Value.Keys.SelectMany(arrow => new[] { arrow.From, arrow.To }).ToHashSet();
        foreach (var room in (string[])["Stacks.Crypto", "Domain.Orders", "Engine.Execution", "Engine.Orders", "Venues.Stacks", "Hosting",
            .. Dialects])
        {
            rooms.ShouldContain(room);
        }
        Arrows.Value.ContainsKey(("Engine.Orders", "Engine.Execution")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a>b b>c c>d", "")]
    [InlineData("a>b b>c c>a c>d", "a b c")]
    [InlineData("a>b b>a c>d d>e e>c x>a", "a b|c d e")]
    public void A_knot_is_found(string arrows, string knots) =>
        Knots(arrows.Split(' ').Select(arrow => (arrow.Split('>')[0], arrow.Split('>')[1]))).Order(StringComparer.Ordinal)
            .ShouldBe(knots.Split('|', StringSplitOptions.RemoveEmptyEntries));

    private static List<ITypeDependency> Load()
    {
        var assemblies = Projects.Select(name => System.Reflection.Assembly.Load($"OrderService.{name}"))
            .Append(typeof(ServiceHost).Assembly).ToArray();
        return [.. new ArchLoader().LoadAssemblies(assemblies).Build().Types.SelectMany(type => type.Dependencies)];
    }

    private static Dictionary<(string From, string To), string> Read()
    {
        var arrows = new Dictionary<(string, string), string>();
        foreach (var dependency in Uses.Value)
        {
            if (Room(dependency.Origin) is not { } from || Room(dependency.Target) is not { } to || from == to) continue;
            arrows.TryAdd((from, to), $"{dependency.Origin.FullName} uses {dependency.Target.FullName}");
        }
        return arrows;
    }

    private static string? Room(IType type)
    {
        var parts = (type.Namespace?.FullName ?? "").Split('.');
        if (parts.Length < 2 || parts[0] != "OrderService") return null;
        return Projects.Contains(parts[1]) && parts.Length > 2 ? $"{parts[1]}.{parts[2]}" : parts[1];
    }

    // Rooms that reach each other, by who reaches whom.
    private static IEnumerable<string> Knots(IEnumerable<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = next.ToDictionary(from => from.Key, from => Reach(next, from.Key));
        return reached.Where(room => room.Value.Contains(room.Key))
            .Select(room =>
                string.Join(' ',
                    room.Value.Where(other => reached.TryGetValue(other, out var back) && back.Contains(room.Key))
                        .Order(StringComparer.Ordinal)))
            .Distinct();
    }

    private static HashSet<string> Reach(ILookup<string, string> next, string from)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(next[from]);
        while (open.TryPop(out var room))
        {
            if (reached.Add(room)) foreach (var further in next[room]) open.Push(further);
        }
        return reached;
    }
}
