using OrderService.Domain.Amounts;

namespace OrderService.Venues.Stacks.Node;

/// <summary>The newest block that a node has, and the chain id of its network.</summary>
internal sealed record NodeTip(long Height, string Hash, uint ChainId);

/// <summary>An account: the nonce that its next mined transaction has, and micro-STX.</summary>
internal sealed record NodeAccount(ulong Nonce, TokenAmount Balance);
