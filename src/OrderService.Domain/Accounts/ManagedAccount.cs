using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Accounts;

/// <summary>An address whose key the service holds for an owner. It holds what the owner's managed orders sell.</summary>
public sealed class ManagedAccount
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameMax = 100;

    private ManagedAccount() => Name = "";

    /// <summary>Opens an account; the name is one that <see cref="IsName"/> accepts.</summary>
    public ManagedAccount(Guid id, StacksAddress owner, string name, StacksAddress address, DateTimeOffset now) =>
        (Id, Owner, Name, Address, CreatedAt) = (id, owner, name, address, now);

    /// <summary>Key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The wallet whose funds these are, and the only one that they are withdrawn to.</summary>
    public StacksAddress Owner { get; private set; }

    /// <summary>What the owner calls it; one of a kind among the owner's.</summary>
    public string Name { get; private set; }

    /// <summary>Where it holds its tokens.</summary>
    public StacksAddress Address { get; private set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Why a token that is of no subnet is refused where an account can call nothing itself.</summary>
    public static OrderError.Field NoIntentMoves(string field) =>
        new(field, "must be a subnet token: only its ledger accepts signed intents", "not_a_subnet_token");

    /// <summary>The id on the wire: 32 hex digits.</summary>
    public string WireId() => Id.ToString("N");

    /// <summary>True for 1 to 100 ASCII letters, digits, spaces, hyphens, underscores and dots, with no space at either end.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameMax } && name[0] != ' ' && name[^1] != ' '
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ' ');

    /// <summary>
    /// Why a managed order may not pay this recipient, or null. It pays its owner's wallet or the account itself, so that a stolen key pays
    /// no stranger;
    /// <paramref name="isSignedByWallet"/> is true where the owner's wallet signed over exactly this recipient. The account is paid only
    /// what it can send on (<paramref name="canSendOn"/>): by signed intents, which only subnet tokens take, or by calls of its own.
    /// </summary>
    public OrderError? RecipientRefusal(Principal recipient, bool canSendOn, bool isSignedByWallet)
    {
        if (recipient == Principal.From(Owner) || isSignedByWallet) return null;
        if (recipient != Principal.From(Address))
        {
            return new OrderError.Forbidden("foreign_recipient",
                "recipient must be the owner's wallet or the account itself: to pay anybody else, sign an order with the wallet");
        }
        return canSendOn
            ? null
            : new OrderError.Field("recipient", "must be the owner's wallet: the account could receive this token but never send it on",
                "account_cannot_send_on");
    }
}
