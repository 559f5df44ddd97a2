using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>Accounts on the wire. Amounts are base units in quotes. No key, encrypted or not, is ever in it.</summary>
internal static class AccountJson
{
    /// <summary>Writes the account alone.</summary>
    public static void Write(Utf8JsonWriter json, ManagedAccount account)
    {
        json.WriteStartObject();
        WriteMembers(json, account);
        json.WriteEndObject();
    }

    /// <summary>Writes the account with what it has of each token.</summary>
    public static void Write(Utf8JsonWriter json, AccountView view, bool withWithdrawals)
    {
        json.WriteStartObject();
        WriteMembers(json, view.Account);
        json.WriteStartArray("balances");
        foreach (var funds in view.Funds) Write(json, funds);
        json.WriteEndArray();
        if (view.Others is { } others)
        {
            json.WriteStartArray("others");
            foreach (var other in others) Write(json, other);
            json.WriteEndArray();
        }
        if (withWithdrawals)
        {
            json.WriteStartArray("withdrawals");
            foreach (var withdrawal in view.Withdrawals) Write(json, withdrawal);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes a withdrawal.</summary>
    public static void Write(Utf8JsonWriter json, Withdrawal withdrawal)
    {
        json.WriteStartObject();
        json.WriteString("id", withdrawal.Id.ToString("N"));
        json.WriteString("token", withdrawal.Token.ToString());
        json.WriteString("amount", withdrawal.Amount.ToString());
        json.WriteString("recipient", withdrawal.Recipient.ToString());
        json.WriteString("status", withdrawal.Status.ToString().ToLowerInvariant());
        if (withdrawal.Reason is { } reason) json.WriteString("reason", reason);
        if (withdrawal.TxId is { } txId) json.WriteString("txid", txId);
        if (withdrawal.BlockHeight is { } height) json.WriteNumber("blockHeight", height);
        json.WriteString("createdAt", IsoTime.Text(withdrawal.CreatedAt));
        if (withdrawal.EndedAt is { } ended) json.WriteString("endedAt", IsoTime.Text(ended));
        json.WriteEndObject();
    }

    /// <summary>Writes one line of the ledger.</summary>
    public static void Write(Utf8JsonWriter json, AccountEntry entry, IReadOnlyDictionary<Guid, Withdrawal> withdrawals)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("kind", entry.Kind);
        json.WriteString("token", entry.Token.ToString());
        json.WriteString("amount", entry.Amount.ToString());
        json.WriteString("at", IsoTime.Text(entry.At));
        json.WriteString("actor", entry.Actor);
        if (entry.OrderId is { } order) json.WriteString("orderUuid", order.ToString());
        if (entry.SliceNumber is { } slice) json.WriteNumber("slice", slice);
        if (entry.WithdrawalId is { } id)
        {
            json.WriteString("withdrawalId", id.ToString("N"));
            if (withdrawals.GetValueOrDefault(id)?.TxId is { } txId) json.WriteString("txid", txId);
        }
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ManagedAccount account)
    {
        json.WriteString("id", account.WireId());
        json.WriteString("owner", account.Owner.ToString());
        json.WriteString("name", account.Name);
        json.WriteString("address", account.Address.ToString());
        json.WriteString("createdAt", IsoTime.Text(account.CreatedAt));
    }

    private static void Write(Utf8JsonWriter json, OtherFunds of)
    {
        json.WriteStartObject();
        json.WriteString("token", of.Id.ToString());
        if (of.Known is { } known)
        {
            json.WriteString("symbol", known.Symbol);
            json.WriteNumber("decimals", known.Decimals);
        }
        json.WriteString("balance", of.Balance.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TokenFunds of)
    {
        json.WriteStartObject();
        json.WriteString("token", of.Token.Id.ToString());
        json.WriteString("symbol", of.Token.Symbol);
        json.WriteNumber("decimals", of.Token.Decimals);
        json.WriteString("balance", of.Funds.Balance.ToString());
        json.WriteString("reserved", of.Funds.Reserved.ToString());
        json.WriteString("withdrawing", of.Funds.Withdrawing.ToString());
        json.WriteString("available", of.Funds.Available.ToString());
        json.WriteEndObject();
    }
}
