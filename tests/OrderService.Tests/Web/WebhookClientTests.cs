using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Engine.Webhooks;

namespace OrderService.Tests.Web;

/// <summary>The TypeScript client believes the webhooks that this service signs, and no others.</summary>
public sealed class WebhookClientTests
{
    private const long Now = 1_893_499_207;
    private const string Body = """{"type":"confirmed","timestamp":"2030-01-01T12:00:07.000Z","data":{"log":"7d3f9c0a51b2e684","position":57,"kind":"confirmed","at":"2030-01-01T12:00:07.000Z","actor":"system","note":"ü €"}}""";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Other = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    [Fact]
    public async Task It_takes_what_this_service_signs_within_its_time_and_refuses_the_rest()
    {
        await TypeScriptClientTests.Built.Value;
        var lines = new[]
        {
            Line(), Line(asHeaders: true), Line(signedWith: [Other, Key]), Line(secrets: [Secret(Other), Secret(Key)]), Line(at: Now - 299),
            Line(at: Now + 299),
            Line(at: Now - 301), Line(at: Now + 301), Line(signedWith: [Other]),
            Line(body: Body.Replace("57", "58", StringComparison.Ordinal), signed: Body),
            Line(id: "msg_7d3f9c0a51b2e684_58", signedId: "msg_7d3f9c0a51b2e684_57"),
            Line(body: "[]"), Line(signature: ""), Line(signature: "v1,?"), Line(signature: "v2,AAAA"), Line(secrets: ["secret"]),
        };
        (await RunAsync(lines)).ShouldBe(
        [
            "msg_7d3f9c0a51b2e684_57 confirmed 57", "msg_7d3f9c0a51b2e684_57 confirmed 57", "msg_7d3f9c0a51b2e684_57 confirmed 57",
            "msg_7d3f9c0a51b2e684_57 confirmed 57", "msg_7d3f9c0a51b2e684_57 confirmed 57", "msg_7d3f9c0a51b2e684_57 confirmed 57",
            "wrong_time", "wrong_time", "wrong_signature", "wrong_signature", "wrong_signature",
            "not_a_message", "missing_headers", "wrong_signature", "wrong_signature",
            "a webhook's secret begins with whsec_, followed by its key in base64",
        ]);
    }

    private static string Secret(byte[] key) => $"whsec_{Convert.ToBase64String(key)}";

    private static string Line(
        string body = Body, string? signed = null, string id = "msg_7d3f9c0a51b2e684_57", string? signedId = null, long at = Now,
        byte[][]? signedWith = null, string[]? secrets = null, string? signature = null, bool asHeaders = false)
    {
        var message = new WebhookMessage(signedId ?? id, Encoding.UTF8.GetBytes(signed ?? body));
        var secret = secrets ?? [Secret(Key)];
        return new JsonObject
        {
            ["secret"] = secret.Length == 1 ? secret[0] : new JsonArray([.. secret.Select(one => (JsonNode)one)]), ["body"] = body,
            ["now"] = Now * 1000, ["asHeaders"] = asHeaders,
            ["headers"] = new JsonObject
            {
                ["webhook-id"] = id, ["webhook-timestamp"] = at.ToString(CultureInfo.InvariantCulture),
                ["webhook-signature"] = signature ?? message.SignatureAt(at, signedWith ?? [Key]),
            },
        }.ToJsonString();
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string[] lines)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["test/webhook.mjs"])
        {
            WorkingDirectory = TypeScriptClientTests.Folder, RedirectStandardInput = true, RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        var said = node.StandardOutput.ReadToEndAsync();
        foreach (var line in lines) await node.StandardInput.WriteLineAsync(line);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
