using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using OrderService.Engine.Auth;

namespace OrderService.Tests.Http;

/// <summary>
/// Clients that tools make of the documents: they compile under the strictest settings, and place, list and cancel an order in each
/// dialect.
/// </summary>
public sealed class GeneratedClientTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly string[] Names = ["charisma", "panora", "swapcoffee", "tread"];

    [Fact]
    public async Task The_types_of_openapi_typescript_compile_strictly_and_their_client_places_lists_and_cancels()
    {
        var folder = NodePackage.NewFolder();
        try
        {
            foreach (var name in Names)
            {
                var file = Path.Combine(folder.FullName, name);
                await File.WriteAllTextAsync($"{file}.json", (await ServedDocuments.GetAsync()).Documents[name].ToJsonString());
                Succeeds(await NodePackage.RunAsync("node_modules/openapi-typescript/bin/cli.js", $"{file}.json", "-o", $"{file}.d.ts"));
            }
            File.Copy(Path.Combine(NodePackage.Folder, "client.ts"), Path.Combine(folder.FullName, "client.ts"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tsconfig.json"),
                """{"extends":"../../tsconfig.json","include":["./*.ts"],"exclude":[],"compilerOptions":{"outDir":"made"}}""");
            Succeeds(await NodePackage.RunAsync("node_modules/typescript/bin/tsc", "-p", folder.FullName));
            var said = Succeeds(
                await NodePackage.RunAsync(Path.Combine(folder.FullName, "made", "client.js"), (await GivenAsync()).ToJsonString()));
            CheckTold(said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_clients_of_NSwag_compile_strictly_and_place_list_and_cancel()
    {
        var sources = new List<string> { await File.ReadAllTextAsync(Path.Combine(NodePackage.Folder, "Client.cs")) };
        foreach (var name in Names) sources.Add(await ClientOfAsync(name, (await ServedDocuments.GetAsync()).Documents[name]));
        var run = Compile(sources).GetType("Generated.Client")!.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!;
        CheckTold(await (Task<string>)run.Invoke(null, [(await GivenAsync()).ToJsonString()])!);
    }

    private static void CheckTold(string json)
    {
        var told = JsonNode.Parse(json)!;
        told["native"]!.ToJsonString().ShouldBe("""["open",1,"cancelled"]""");
        told["panora"]!.ToJsonString().ShouldBe("""["active",1,"cancelled"]""");
        told["swapcoffee"]!.ToJsonString().ShouldBe("""["0",1,"0"]""");
        ((int)told["tread"]![1]!, (string)told["tread"]![2]!).ShouldBe((1, "Order canceled!"));
    }

    private static string Succeeds((int Code, string Said) run)
    {
        run.Code.ShouldBe(0, run.Said);
        return run.Said;
    }

    private static async Task<string> ClientOfAsync(string name, JsonObject document)
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "Api", OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            GenerateOptionalParameters = true, WrapResponses = true, InjectHttpClient = true,
        };
        (settings.CSharpGeneratorSettings.Namespace,
            settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes) = ($"Generated.{char.ToUpperInvariant(name[0])}{name[1..]}",
                true);
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true; // what is not given is not sent
        settings.CSharpGeneratorSettings.JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.NewtonsoftJson;
        return new CSharpClientGenerator(await NSwag.OpenApiDocument.FromJsonAsync(document.ToJsonString()), settings).GenerateFile();
    }

    // Every warning is an error, and nothing may be null that does not say so.
    private static Assembly Compile(IEnumerable<string> sources)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug,
            generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable)
            // versions of the tools' own packages
            .WithSpecificDiagnosticOptions(
                [KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress), KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress)]);
        using var made = new MemoryStream();
        var result = CSharpCompilation.Create("Generated", sources.Select(source => CSharpSyntaxTree.ParseText(source)), platform, options)
            .Emit(made);
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20)
            .Select(d => $"{d} in {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}")
            .ShouldBeEmpty();
        return Assembly.Load(made.ToArray());
    }

    // A wallet of its own with an API key, a funded account and a funded strategies wallet, and what it has signed.
    private async Task<JsonObject> GivenAsync()
    {
        var wallet = service.Wallet.Stranger();
        var order = wallet.Order();
        var key = (string)(await PostAsync("/api/v1/api-keys",
            Signed(Message(wallet, "create_api_key", ("keyName", "generated"),
                ("permissions", new JsonArray("create", "execute", "cancel", "accounts", "trade"))), wallet)))["apiKey"]!;
        var account = await PostAsync("/api/v1/accounts", new JsonObject { ["name"] = "main" }, ("X-API-Key", key));
        await FundAsync((string)account["account"]!["address"]!, wallet.SellToken);
        var proof = ProofOf(wallet);
        var strategies = await PostAsync($"/v1/strategies/{wallet.Address}/wallet", new JsonObject(), ("x-verify", proof));
        await FundAsync((string)strategies["address"]!, wallet.SellToken);
        return new JsonObject
        {
            ["url"] = service.Client.BaseAddress!.ToString().TrimEnd('/'),
            ["order"] = new JsonObject
            {
                ["owner"] = wallet.Address, ["inputToken"] = wallet.SellToken, ["uuid"] = (string)order["uuid"]!,
                ["signature"] = (string)order["signature"]!,
            },
            ["list"] = Proof(Message(wallet, "list_orders", ("owner", wallet.Address)), wallet),
            ["cancel"] = Proof(Message(wallet, "cancel_order", ("uuid", (string)order["uuid"]!)), wallet),
            ["key"] = key, ["wallet"] = wallet.Address, ["chainId"] = (long)wallet.ChainId, ["account"] = "main", ["proof"] = proof,
            ["pair"] = "CHA-sUSDT",
        };
    }

    private static string Message(Wallet wallet, string action, params (string Name, JsonNode Value)[] more)
    {
        var message = new JsonObject
        {
            ["service"] = Auth.TestWallet.Service, ["chainId"] = wallet.ChainId, ["address"] = wallet.Address, ["action"] = action,
            ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        foreach (var (name, value) in more) message[name] = value;
        return message.ToJsonString();
    }

    private static JsonObject Proof(string message, Wallet wallet) => new() { ["message"] = message, ["signature"] = wallet.Sign(message) };

    private static JsonObject Signed(string message, Wallet wallet) => new()
    {
        ["message"] = message, ["signature"] = wallet.Sign(message), ["walletAddress"] = wallet.Address,
    };

    private static string ProofOf(Wallet wallet)
    {
        var (domain, now, payload) = ($"{Auth.TestWallet.Service}/testnet", DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            Guid.NewGuid().ToString("N"));
        var proof = new JsonObject
        {
            ["timestamp"] = now, ["domain_len"] = domain.Length, ["domain_val"] = domain, ["payload"] = payload,
            ["signature"] = wallet.Sign(ProofDomains.MessageOf(domain, now, payload)),
        };
        return new JsonObject { ["public_key"] = wallet.PublicKey, ["wallet_state_init"] = "", ["proof"] = proof }.ToJsonString();
    }

    private Task<JsonNode> FundAsync(string address, string token) =>
        PostAsync("/simulator/faucet", new JsonObject { ["address"] = address, ["token"] = token, ["amount"] = "1000000000" });

    private async Task<JsonNode> PostAsync(string path, JsonObject body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, options: JsonSerializerOptions.Default),
        };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await service.Client.SendAsync(request);
        var told = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, told);
        return JsonNode.Parse(told)!;
    }
}
