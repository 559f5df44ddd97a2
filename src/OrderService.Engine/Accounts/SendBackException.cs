namespace OrderService.Engine.Accounts;

/// <summary>Why nothing was sent back, in one sentence for the operator.</summary>
internal sealed class SendBackException(string sentence) : Exception(sentence);
