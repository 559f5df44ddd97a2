namespace OrderService.Engine.Telemetry;

/// <summary>Somebody who listens to the meters of this host, and must do so before the first of them says zero.</summary>
internal sealed record MeterListening(object Listener);
