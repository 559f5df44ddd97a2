using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Web;

/// <summary>The programs that the guides print are programs: they compile against the client as strictly as it does.</summary>
public sealed class DocumentedCodeTests
{
    // What Node.js has, whose types the client does without.
    private const string Around = "declare const process: { readonly env: Readonly<Record<string, string | undefined>> };\n";

    private static readonly string Client = TypeScriptClientTests.Folder;

    [Fact]
    public async Task O6_The_code_of_the_guides_compiles()
    {
        var made = Directory.CreateTempSubdirectory("guides");
        try
        {
            var blocks = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "guides"), "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "from-*.md")).SelectMany(BlocksOf).ToList();
            blocks.Count.ShouldBeGreaterThanOrEqualTo(4);
            for (var i = 0; i < blocks.Count; i++)
                await File.WriteAllTextAsync(Path.Combine(made.FullName, $"{blocks[i].Document}-{i}.ts"), Around + blocks[i].Code);
            await File.WriteAllTextAsync(Path.Combine(made.FullName, "tsconfig.json"), $$$"""
                {"extends": "{{{Client}}}/tsconfig.json", "compilerOptions": {"noEmit": true, "declaration": false, "rootDir": "/", "skipLibCheck": true, "noUnusedLocals": false,
                 "paths": {"@orderservice/client": ["{{{Client}}}/src/index.ts"], "@noble/*": ["{{{Client}}}/node_modules/@noble/*"]}}, "include": ["*.ts"]}
                """);
            var (code, said) = await NodePackage.RunInAsync(Client, "node_modules/typescript/bin/tsc", "-p", made.FullName);
            code.ShouldBe(0, said);
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Document, string Code)> BlocksOf(string path) =>
        File.ReadAllText(path).Split("\n```ts\n").Skip(1)
            .Select(rest => (Path.GetFileNameWithoutExtension(path), rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]));
}
