using System.Text.Json.Serialization;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>A managed account: a key that the service holds for its owner.</summary>
internal sealed record AccountRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.HexId)]
    public required string Id { get; init; }

    /// <summary>The wallet that it is for, and that alone it pays.</summary>
    [Is(Shape.Address)]
    public required string Owner { get; init; }

    /// <summary>What it is called.</summary>
    /// <example>my account</example>
    public required string Name { get; init; }

    /// <summary>Where to send it tokens.</summary>
    [Is(Shape.Address)]
    public required string Address { get; init; }

    /// <summary>When it was opened.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAt { get; init; }

    /// <summary>What it has of each token; not in the answer of create.</summary>
    public IReadOnlyList<BalanceRecord>? Balances { get; init; }

    /// <summary>
    /// What else lies on its address, and neither orders nor withdrawals move; only where one account is asked for, and missing where the
    /// venue does not tell.
    /// </summary>
    public IReadOnlyList<OtherBalanceRecord>? Others { get; init; }

    /// <summary>Its latest 20 withdrawals; only where one account is asked for.</summary>
    public IReadOnlyList<WithdrawalRecord>? Withdrawals { get; init; }
}

/// <summary>What an account has of a token, in base units.</summary>
internal sealed record BalanceRecord
{
    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>Its symbol.</summary>
    /// <example>sUSDT-subnet</example>
    public required string Symbol { get; init; }

    /// <summary>A whole token is 10^decimals base units.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public required int Decimals { get; init; }

    /// <summary>What the chain says.</summary>
    [Is(Shape.BaseUnits)]
    public required string Balance { get; init; }

    /// <summary>What orders have set aside.</summary>
    [Is(Shape.BaseUnits)]
    public required string Reserved { get; init; }

    /// <summary>What withdrawals have set aside.</summary>
    [Is(Shape.BaseUnits)]
    public required string Withdrawing { get; init; }

    /// <summary>What is left.</summary>
    [Is(Shape.BaseUnits)]
    public required string Available { get; init; }
}

/// <summary>What lies on an account of a token that no order here can sell.</summary>
internal sealed record OtherBalanceRecord
{
    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>Its symbol; missing where the service does not know the token.</summary>
    /// <example>STX</example>
    public string? Symbol { get; init; }

    /// <summary>A whole token is 10^decimals base units; missing where the service does not know the token.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public int? Decimals { get; init; }

    /// <summary>What the chain says, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Balance { get; init; }
}

/// <summary>A payment to the owner's wallet.</summary>
internal sealed record WithdrawalRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.HexId)]
    public required string Id { get; init; }

    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>How much, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Amount { get; init; }

    /// <summary>The owner's wallet.</summary>
    [Is(Shape.Principal)]
    public required string Recipient { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("waiting", "sent", "confirmed", "failed")]
    public required string Status { get; init; }

    /// <summary>Why it waits or failed, in a word.</summary>
    /// <example>insufficient_balance</example>
    public string? Reason { get; init; }

    /// <summary>The latest transaction.</summary>
    [Is(Shape.TxId)]
    public string? Txid { get; init; }

    /// <summary>The block that has it.</summary>
    /// <example>1234</example>
    [Bounds(0)]
    public long? BlockHeight { get; init; }

    /// <summary>When it was asked for.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Is(Shape.Moment)]
    public string? EndedAt { get; init; }
}

/// <summary>One line of an account's ledger.</summary>
internal sealed record EntryRecord
{
    /// <summary>Its number.</summary>
    /// <example>42</example>
    public required string Id { get; init; }

    /// <summary>What happened to the amount.</summary>
    [Words(
        AccountEntryKinds.Reserved, AccountEntryKinds.ToppedUp, AccountEntryKinds.Started, AccountEntryKinds.GivenBack,
        AccountEntryKinds.Spent, AccountEntryKinds.TakenBack, AccountEntryKinds.Returned,
        AccountEntryKinds.Withdrawing, AccountEntryKinds.Withdrawn, AccountEntryKinds.WithdrawalTakenBack,
        AccountEntryKinds.WithdrawalReturned)]
    public required string Kind { get; init; }

    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>How much, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Amount { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string At { get; init; }

    /// <summary>Whose doing it was.</summary>
    /// <example>owner</example>
    public required string Actor { get; init; }

    /// <summary>The order that it is about.</summary>
    [Is(Shape.Uuid)]
    public string? OrderUuid { get; init; }

    /// <summary>Which slice of it.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public int? Slice { get; init; }

    /// <summary>The withdrawal that it is about.</summary>
    [Is(Shape.HexId)]
    public string? WithdrawalId { get; init; }

    /// <summary>That one's transaction.</summary>
    [Is(Shape.TxId)]
    public string? Txid { get; init; }
}

/// <summary>One account.</summary>
internal sealed record AccountAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The account.</summary>
    public required AccountRecord Account { get; init; }
}

/// <summary>A wallet's accounts.</summary>
internal sealed record AccountListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The accounts, oldest first.</summary>
    public required IReadOnlyList<AccountRecord> Accounts { get; init; }
}

/// <summary>A withdrawal.</summary>
internal sealed record WithdrawalAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The withdrawal.</summary>
    public required WithdrawalRecord Withdrawal { get; init; }
}

/// <summary>An account's ledger.</summary>
internal sealed record HistoryRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>Its lines, newest first.</summary>
    public required IReadOnlyList<EntryRecord> Entries { get; init; }

    /// <summary>What to send as before for the next; null at the end.</summary>
    /// <example>42</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? NextBefore { get; init; }
}
