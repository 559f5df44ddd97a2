namespace OrderService.Engine.Persistence;

/// <summary>
/// Something that whoever starts the service can mend; the message says it in one sentence, with the full name of the setting.
/// </summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
