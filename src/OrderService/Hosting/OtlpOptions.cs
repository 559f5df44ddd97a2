using System.ComponentModel.DataAnnotations;

namespace OrderService.Hosting;

/// <summary>Section <c>Otlp</c>: where metrics and traces are sent. Without an endpoint nothing is.</summary>
internal sealed class OtlpOptions : IValidatableObject
{
    public const string Section = "Otlp";

    /// <summary>The collector's base address, for example <c>http://127.0.0.1:4317</c>; null sends nothing.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    [AllowedValues("grpc", "http/protobuf", ErrorMessage = "Otlp:Protocol must be grpc or http/protobuf.")]
    public string Protocol { get; set; } = "grpc";

    /// <summary>Headers of every export as <c>name=value,name=value</c>. May hold a secret, so it belongs in the environment.</summary>
    public string? Headers { get; set; }

    /// <summary>The service's name at the collector.</summary>
    [Required]
    public string ServiceName { get; set; } = "order-service";

    /// <summary>Which part of the traces is kept, 0 to 1.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Otlp:TraceRatio must be 0 to 1.")]
    public double TraceRatio { get; set; } = 1;

    /// <summary>How often metrics are sent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Otlp:MetricsInterval must be 1 second to 1 hour.")]
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isHttp = Endpoint is null || (Endpoint.IsAbsoluteUri && Endpoint.Scheme is "http" or "https");
        if (!isHttp) yield return new ValidationResult("Otlp:Endpoint must be an http or https address.");
    }
}
