using Microsoft.OpenApi;
using OrderService.Api.Wire;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Hosting;

/// <summary>
/// The OpenAPI documents of the dialects at <c>/swagger/{name}/swagger.json</c>, and Swagger UI over all of them at <c>/swagger</c>.
/// </summary>
internal static class Documents
{
    /// <summary>Registers the documents.</summary>
    public static void AddDocuments(this IServiceCollection services, Dialects dialects)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver, RecordNames>();
        services.AddSwaggerGen(swagger =>
        {
            foreach (var document in dialects.Documents)
            {
                swagger.SwaggerDoc(document.Name,
                    new OpenApiInfo
                    {
                        Title = document.Title, Description = document.Description, Version = "v1",
                        License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                    });
                swagger.DocumentFilterDescriptors.Add(new FilterDescriptor { Type = document.Filter, Arguments = [] });
            }
            swagger.AddServer(new OpenApiServer { Url = "/", Description = "The service that this document was fetched from." });
            swagger.DocInclusionPredicate((name, operation) => dialects.Find($"/{operation.RelativePath}")?.Document.Name == name);
            swagger.OrderActionsBy(operation =>
                operation.ActionDescriptor.EndpointMetadata.OfType<TagsAttribute>().SelectMany(tags => tags.Tags)
                    .FirstOrDefault() is { } tag && tag != "Orders" ? tag : "");
            swagger.CustomSchemaIds(NameOf);
            swagger.IncludeXmlComments(typeof(IDialect).Assembly);
            swagger.SchemaFilter<RecordSchemas>();
        });
    }

    /// <summary>Serves the documents and the page over them.</summary>
    public static void MapDocuments(this WebApplication app)
    {
        app.MapSwagger(setupAction: served => served.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1).Open();
        app.UseSwaggerUI(page =>
        {
            foreach (var document in app.Services.GetRequiredService<Dialects>().Documents)
                page.SwaggerEndpoint($"/swagger/{document.Name}/swagger.json", document.Title);
            page.ConfigObject.PersistAuthorization = true;
            page.DocumentTitle = "OrderService API";
            page.InjectStylesheet("/page/swagger.css");
            // On a venue of play money each request of an example is signed anew, and what an id of an example stands for is made first.
            page.InjectJavascript("/page/swagger.js", "module");
            page.UseRequestInterceptor("(request) => { return window.orderServiceDemo ? window.orderServiceDemo(request) : request; }");
        });
    }

    // A record of one thing or another is called after the thing: SuccessRecord<OrderRecord> is OrderSuccess.
    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        name = name.EndsWith("Record", StringComparison.Ordinal) ? name[..^"Record".Length] : name;
        return type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(NameOf)) + name : name;
    }
}
