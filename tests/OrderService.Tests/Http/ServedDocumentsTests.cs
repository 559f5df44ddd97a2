using System.Text.Json.Nodes;

namespace OrderService.Tests.Http;

/// <summary>What all documents have, whatever the dialect.</summary>
public sealed class ServedDocumentsTests
{
    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_and_says_who_may_call_it()
    {
        foreach (var (name, document) in (await ServedDocuments.GetAsync()).Documents)
        {
            ((string)document["openapi"]!).ShouldStartWith("3.1", Case.Sensitive, name);
            document["servers"]!.AsArray().Count.ShouldBe(1, name);
            var schemes = document["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key).ToList();
            schemes.ShouldNotBeEmpty(name);
            var operations = (await ServedDocuments.GetAsync()).Operations.Where(o => o.Document == name).ToList();
            operations.Select(o => (string)o.Json["operationId"]!).ShouldBeUnique();
            foreach (var operation in operations)
            {
                var ways = operation.Json["security"].ShouldNotBeNull(operation.ToString())!.AsArray();
                ways.SelectMany(way => way!.AsObject().Select(scheme => scheme.Key)).Except(schemes).ShouldBeEmpty(operation.ToString());
            }
        }
    }

    [Fact]
    public async Task Every_field_of_every_body_and_answer_has_a_type_a_description_and_an_example()
    {
        foreach (var (name, document) in (await ServedDocuments.GetAsync()).Documents)
        {
            var schemas = document["components"]!["schemas"]!.AsObject();
            schemas.Count.ShouldBeGreaterThan(10, name);
            foreach (var (record, schema) in schemas)
            {
                schema!["description"].ShouldNotBeNull($"{name} {record}");
                var fields = schema["properties"].ShouldNotBeNull($"{name} {record}")!.AsObject();
                foreach (var (field, of) in fields)
                {
                    var isReference = of!["$ref"] is not null || of["anyOf"] is not null;
                    (isReference || of["type"] is not null).ShouldBeTrue($"{name} {record}.{field} has no type");
                    if (!isReference) of["description"].ShouldNotBeNull($"{name} {record}.{field}");
                    var isNested = isReference || of["items"]?["$ref"] is not null || of["additionalProperties"] is not null;
                    (isNested || of["examples"] is not null || of["example"] is not null
                        || of["items"]?["examples"] is not null).ShouldBeTrue($"{name} {record}.{field} has no example");
                }
            }
        }
    }

    [Fact]
    public async Task Every_body_answer_and_refusal_is_told_by_its_record_with_an_example()
    {
        foreach (var operation in (await ServedDocuments.GetAsync()).Operations)
        {
            if (operation.Json["requestBody"] is { } body) CheckContent(body["content"]!["application/json"]!, operation.ToString());
            foreach (var (status, response) in operation.Json["responses"]!.AsObject())
            {
                var headers = response!["headers"]!.AsObject().Select(h => h.Key).ToList();
                headers.ShouldContain("X-Request-Id", $"{operation} {status}");
                if (status is "429" or "503") headers.ShouldContain("Retry-After", $"{operation} {status}");
                if (response["content"] is { } content) CheckContent(content["application/json"]!, $"{operation} {status}");
                else status.ShouldBe("200", $"{operation}");
                if (status[0] != '2') response["content"]!["application/problem+json"].ShouldNotBeNull($"{operation} {status}");
            }
        }
    }

    [Fact]
    public async Task Every_example_of_a_body_and_of_an_answer_is_valid()
    {
        var documents = await ServedDocuments.GetAsync();
        foreach (var operation in documents.Operations)
        {
            foreach (var content in Contents(operation.Json))
            {
                var schema = documents.SchemaOf(operation.Document, content["schema"]!);
                foreach (var (name, example) in content["examples"]!.AsObject())
                    CheckedAnswers.Faults(schema, example!["value"]?.ToJsonString() ?? "null").ShouldBe("", $"{operation} {name}");
            }
        }
    }

    [Fact]
    public async Task The_linter_finds_no_error_in_any_document()
    {
        var folder = NodePackage.NewFolder();
        try
        {
            var files = new List<string>();
            foreach (var (name, document) in (await ServedDocuments.GetAsync()).Documents)
            {
                files.Add(Path.Combine(folder.FullName, $"{name}.json"));
                await File.WriteAllTextAsync(files[^1], document.ToJsonString());
            }
            var (code, said) = await NodePackage.RunAsync("node_modules/@redocly/cli/bin/cli.js",
                ["lint", .. files, "--config", "redocly.yaml", "--format", "stylish"]);
            code.ShouldBe(0, said);
            said.ShouldContain("valid");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<JsonNode> Contents(JsonObject operation) =>
        operation["responses"]!.AsObject().Select(r => r.Value!["content"]?["application/json"])
            .Append(operation["requestBody"]?["content"]?["application/json"]).OfType<JsonNode>();

    private static void CheckContent(JsonNode content, string name)
    {
        var schema = content["schema"]!;
        var isTold = schema["$ref"] is not null || schema["anyOf"] is not null || schema["items"] is not null
            || schema["additionalProperties"]?["items"] is not null || (string?)schema["type"] is "string" or "boolean";
        isTold.ShouldBeTrue($"{name}: {schema.ToJsonString()}");
        content["examples"]!.AsObject().Count.ShouldBeGreaterThan(0, name);
    }
}
