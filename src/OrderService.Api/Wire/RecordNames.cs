using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;
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
    public static JsonNamingPolicy PolicyOf(Type record) =>
        record.IsDefined(typeof(SnakeCaseAttribute)) ? JsonNamingPolicy.SnakeCaseLower : JsonNamingPolicy.CamelCase;

    /// <summary>What a member is called; that of a record's base as the record has it.</summary>
    public static string NameOf(MemberInfo member, Type record) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? PolicyOf(record).ConvertName(member.Name);

    /// <inheritdoc/>
    public DataContract GetDataContractForType(Type type) => OfWire(Nullable.GetUnderlyingType(type) ?? type) ?? OfRecord(type);

    private DataContract OfRecord(Type type)
    {
        var record = (PolicyOf(type) == JsonNamingPolicy.SnakeCaseLower ? _snake : _camel).GetDataContractForType(type);
        return type.IsSubclassOf(typeof(OpenRequestRecord))
            ? DataContract.ForObject(type, record.ObjectProperties, extensionDataType: typeof(object)) : record;
    }

    // What the wire's own types are in JSON; what more there is to say of them, the attributes of a member say.
    private DataContract? OfWire(Type type) =>
        type == typeof(NumberText) ? DataContract.ForPrimitive(type, DataType.Number, "double")
        : type == typeof(TextOrNull) ? DataContract.ForPrimitive(type, DataType.String, dataFormat: null)
        : type == typeof(LooseUnits) ? DataContract.ForDynamic(type)
        : type == typeof(RawJson) ? DataContract.ForDictionary(type, typeof(object))
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Given<>) ? OfGiven(type, type.GetGenericArguments()[0])
        : null;

    private DataContract OfGiven(Type type, Type value) =>
        value == typeof(bool) ? DataContract.ForPrimitive(type, DataType.Boolean, dataFormat: null)
        : value.IsSubclassOf(typeof(RequestRecord)) ? OfRecord(value)
        : value.IsGenericType && value.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        ? DataContract.ForArray(type, value.GetGenericArguments()[0])
        : value == typeof(BasisPoints) || value == typeof(WireNumber) || value == typeof(WireValue) || value == typeof(JsonElement)
        ? DataContract.ForDynamic(type)
        : DataContract.ForPrimitive(type, DataType.String, dataFormat: null);

    private static JsonSerializerOptions Options(JsonNamingPolicy policy) => new() { PropertyNamingPolicy = policy };
}
