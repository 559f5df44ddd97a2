using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Web;

/// <summary>
/// What is made by tools and kept all the same, so that a machine without Node.js has it too: it is what its sources give.
/// </summary>
public sealed class BuiltFilesTests
{
    private const string Write = "ORDERSERVICE_WRITE_BUILT"; // 1 writes the files anew

    private static readonly string Client = Path.Combine(Repository.Root, "clients", "typescript");
    private static readonly string Web = Path.Combine(Repository.Root, "web");
    private static readonly string Assets = Path.Combine(Repository.Root, "src", "OrderService", "Web", "Assets");

    [Fact]
    public async Task The_types_of_the_client_are_those_of_the_served_document()
    {
        var made = Directory.CreateTempSubdirectory("types");
        try
        {
            var document = Path.Combine(made.FullName, "charisma.json");
            await File.WriteAllTextAsync(document, (await ServedDocuments.GetAsync()).Documents["charisma"].ToJsonString());
            var kept = Path.Combine(Client, "src", "api", "charisma.ts");
            var fresh = IsWriting ? kept : Path.Combine(made.FullName, "charisma.ts");
            Succeeds(await NodePackage.RunInAsync(Client, "generate.mjs", document, fresh));
            (await File.ReadAllTextAsync(kept)).ShouldBe(await File.ReadAllTextAsync(fresh),
                $"the document changed: run this test once with {Write}=1");
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_client_and_the_page_compile_strictly()
    {
        Succeeds(await NodePackage.RunInAsync(Client, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"));
        Succeeds(await NodePackage.RunInAsync(Web, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"));
    }

    [Fact]
    public async Task The_page_is_what_its_sources_give()
    {
        var made = Directory.CreateTempSubdirectory("page");
        try
        {
            var fresh = IsWriting ? Assets : made.FullName;
            Succeeds(await NodePackage.RunInAsync(Web, "build.mjs", fresh));
            Names(Assets).ShouldBe(Names(fresh));
            foreach (var name in Names(fresh))
            {
                var (kept, given) = (await File.ReadAllBytesAsync(Path.Combine(Assets, name)),
                    await File.ReadAllBytesAsync(Path.Combine(fresh, name)));
                kept.AsSpan().SequenceEqual(given).ShouldBeTrue($"{name} is not what its sources give: run \"npm run build\" in web");
            }
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    private static bool IsWriting => Environment.GetEnvironmentVariable(Write) == "1";

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static void Succeeds((int Code, string Said) run) => run.Code.ShouldBe(0, run.Said);
}
