using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OrderService.Web;

/// <summary>One file of the page, as it is sent: what it is made of is in the program, so nothing on the disk can change it.</summary>
internal sealed class PageAsset
{
    private const string Prefix = "OrderService.Web.Assets.";

    private readonly byte[] _bytes;
    private readonly Lazy<byte[]> _small;
    private readonly EntityTagHeaderValue _tag;
    private readonly string _type;

    private PageAsset(string name, byte[] bytes)
    {
        Name = name;
        _bytes = bytes;
        _small = new Lazy<byte[]>(() => Compressed(bytes)); // who asks for no page need not wait for it
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        _type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
    }

    /// <summary>Its file's name.</summary>
    public string Name { get; }

    /// <summary>How many bytes it is when it is sent compressed.</summary>
    public int CompressedLength => _small.Value.Length;

    /// <summary>All that the program has.</summary>
    public static IReadOnlyList<PageAsset> All()
    {
        var program = typeof(PageAsset).Assembly;
        return [.. program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => Read(program, name))];
    }

    /// <summary>Sends it, or says that the browser has it already.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.GetTypedHeaders();
        // asked for each time, sent where it changed
        (headers.ETag, headers.CacheControl) = (_tag, new CacheControlHeaderValue { NoCache = true });
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(_tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var isSmall = request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality != 0);
        var body = isSmall ? _small.Value : _bytes;
        if (isSmall) response.Headers.ContentEncoding = "gzip";
        (response.ContentType, response.ContentLength) = (_type, body.Length);
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var small = new MemoryStream();
        using (var gzip = new GZipStream(small, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return small.ToArray();
    }

    private static PageAsset Read(System.Reflection.Assembly program, string name)
    {
        using var stream = program.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new PageAsset(name[Prefix.Length..], bytes.ToArray());
    }
}
