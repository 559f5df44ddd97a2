namespace OrderService.EmbeddedPostgres;

/// <summary>The private Postgres cannot run; the message is one sentence for the person who starts the service.</summary>
internal sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
