using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Transactions;

/// <summary>What a transaction does, for the two kinds that this service sends (SIP-005); equal where kind and content are equal.</summary>
public abstract record TransactionPayload
{
    private TransactionPayload() { }

    /// <summary>
    /// Calls a public function. The function is a Clarity name of 1 to 128 characters; another throws ArgumentException. The arguments must
    /// not change afterwards.
    /// </summary>
    public sealed record ContractCall(ContractId Contract, string Function, IReadOnlyList<ClarityValue> Arguments) : TransactionPayload
    {
        /// <summary>The function's name.</summary>
        public string Function { get; init => field = CheckedName(value); } = CheckedName(Function);

        /// <inheritdoc/>
        public bool Equals(ContractCall? other) =>
            other is not null && Contract == other.Contract && Function == other.Function && Arguments.SequenceEqual(other.Arguments);

        /// <inheritdoc/>
        public override int GetHashCode() => Arguments.Aggregate(HashCode.Combine(Contract, Function), HashCode.Combine);
    }

    /// <summary>
    /// Sends micro-STX. The memo is up to 34 bytes of UTF-8, filled up with zeros on the wire; a longer one, a lone surrogate and a zero at
    /// its end throw ArgumentException.
    /// </summary>
    public sealed record TokenTransfer(Principal Recipient, ulong Amount, string Memo = "") : TransactionPayload
    {
        /// <summary>The size of the memo on the wire, in bytes.</summary>
        public const int MemoSize = 34;

        /// <summary>A text for the recipient.</summary>
        public string Memo { get; init => field = CheckedMemo(value); } = CheckedMemo(Memo);
    }

    /// <summary>The payload alone, as a node's fee estimate takes it.</summary>
    public byte[] ToBytes() => TransactionWriter.ToBytes(this);

    private static string CheckedName(string name) =>
        ClarityText.IsName(name) ? name : throw new ArgumentException("Not a Clarity name.", nameof(name));

    // A zero at the end would be read back as filling.
    private static string CheckedMemo(string memo) => ClarityText.Utf8.GetByteCount(memo) <= TokenTransfer.MemoSize && !memo.EndsWith('\0')
        ? memo
        : throw new ArgumentException("A memo is up to 34 bytes and does not end with a zero.", nameof(memo));
}
