using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Transactions;

/// <summary>Signs the 32 bytes that a key answers for, where the key itself is not handed out.</summary>
public delegate RecoverableSignature HashSigner(ReadOnlySpan<byte> hash32);
