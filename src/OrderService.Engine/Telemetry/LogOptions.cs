using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Telemetry;

/// <summary>Section <c>Log</c>: how the console log looks. Levels and other sinks are of the section <c>Serilog</c>.</summary>
internal sealed class LogOptions
{
    public const string Section = "Log";

    public const string Json = "json";

    /// <summary><c>text</c>, one readable line an event, or <c>json</c>, one object a line for programs that read logs.</summary>
    [AllowedValues("text", Json, ErrorMessage = "Log:Format must be text or json.")]
    public string Format { get; set; } = "text";
}
