namespace OrderService.Engine.Telemetry;

/// <summary>Is told of every fault that a request or a worker ended in, once where it is caught, so that what can be mended is.</summary>
internal sealed record FaultListener(Action<Exception> Hear);
