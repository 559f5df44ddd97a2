namespace OrderService.Stacks.Transactions;

/// <summary>
/// Who sponsors a transaction pays its fee in micro-STX and uses up a nonce of its own (SIP-005); the origin uses up its nonce as always.
/// </summary>
public sealed record Sponsorship(ulong Nonce, ulong Fee);
