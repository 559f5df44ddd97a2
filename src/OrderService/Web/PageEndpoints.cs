using OrderService.Api.Wire;

namespace OrderService.Web;

/// <summary>
/// The page at the root, and its files below <c>/page</c>: only what there is, so every other path is answered as before.
/// </summary>
internal static class PageEndpoints
{
    private const string Index = "index.html";
    private const string Operator = "operator.html";

    private static readonly Lazy<PageAsset> OperatorPage = new(() => PageAsset.All().Single(asset => asset.Name == Operator));

    // Its own files and its own service, nothing else; nobody may frame it, and no text becomes script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Maps the page.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("").Open().ExcludeFromDescription();
        foreach (var asset in PageAsset.All().Where(asset => asset.Name != Operator))
        {
            page.MapGet(asset.Name == Index ? "/" : $"/page/{asset.Name}", context => SendAsync(context, asset));
        }
    }

    /// <summary>Sends the operator's page: who may ask for it is for the route to say.</summary>
    public static Task SendOperatorAsync(HttpContext context) => SendAsync(context, OperatorPage.Value);

    private static Task SendAsync(HttpContext context, PageAsset asset)
    {
        var headers = context.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers["Referrer-Policy"]) = (Policy, "nosniff", "no-referrer");
        headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"; // a wallet may open a window of its own
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return asset.SendAsync(context);
    }
}
