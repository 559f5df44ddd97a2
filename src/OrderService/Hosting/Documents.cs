using Microsoft.OpenApi;
using OrderService.Api.Wire;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Hosting;

/// <summary>The OpenAPI documents of the dialects at <c>/swagger/{name}/swagger.json</c>, and Swagger UI over all of them at <c>/swagger</c>.</summary>
internal static class Documents
{
    /// <summary>Registers the documents.</summary>
    public static void AddDocuments(this IServiceCollection services, Dialects dialects)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            foreach (var document in dialects.Documents)
            {
                swagger.SwaggerDoc(document.Name, new OpenApiInfo { Title = document.Title, Description = document.Description, Version = "v1" });
                swagger.DocumentFilterDescriptors.Add(new FilterDescriptor { Type = document.Filter, Arguments = [] });
            }
            swagger.DocInclusionPredicate((name, operation) => dialects.Find($"/{operation.RelativePath}")?.Document.Name == name);
        });
    }

    /// <summary>Serves the documents and the page over them.</summary>
    public static void MapDocuments(this WebApplication app)
    {
        app.MapSwagger().Open();
        app.UseSwaggerUI(page =>
        {
            foreach (var document in app.Services.GetRequiredService<Dialects>().Documents) page.SwaggerEndpoint($"/swagger/{document.Name}/swagger.json", document.Title);
        });
    }
}
