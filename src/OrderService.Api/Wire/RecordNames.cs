using System.Reflection;
using System.Text.Json;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Wire;

/// <summary>Says that the members of a record have underscores on the wire: <c>input_amount</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SnakeCaseAttribute : Attribute;

/// <summary>What the members of records are called on the wire.</summary>
internal sealed class RecordNames : ISerializerDataContractResolver
{
    private readonly JsonSerializerDataContractResolver _camel = new(Options(JsonNamingPolicy.CamelCase));
    private readonly JsonSerializerDataContractResolver _snake = new(Options(JsonNamingPolicy.SnakeCaseLower));

    /// <summary>How a record's members are written.</summary>
    public static JsonNamingPolicy PolicyOf(Type record) => record.IsDefined(typeof(SnakeCaseAttribute)) ? JsonNamingPolicy.SnakeCaseLower : JsonNamingPolicy.CamelCase;

    /// <inheritdoc/>
    public DataContract GetDataContractForType(Type type) => (PolicyOf(type) == JsonNamingPolicy.SnakeCaseLower ? _snake : _camel).GetDataContractForType(type);

    private static JsonSerializerOptions Options(JsonNamingPolicy policy) => new() { PropertyNamingPolicy = policy };
}
