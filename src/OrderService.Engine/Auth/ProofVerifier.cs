using OrderService.Domain;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Auth;

/// <summary>A proof that holds: who signed what, and the message where it was not a bare uuid.</summary>
internal sealed record VerifiedProof(SignedMessage Signed, WalletMessage? Message);

/// <summary>Decides whether a wallet's proof authorises what is demanded of it. Pure: no clock, no store.</summary>
internal sealed class ProofVerifier(MessageScope scope, AuthOptions options)
{
    /// <summary>The proof's signer and message, or why it does not hold. The signature is judged before what it signs.</summary>
    public Result<VerifiedProof> Verify(WalletProof proof, AuthDemand demand, DateTimeOffset now)
    {
        if (proof.Signature is null)
            return Missing("sign the request: x-signature, Authorization: SIGNATURE …, or a body with message, signature and walletAddress; or use X-API-Key");
        if ((proof.Text ?? demand.OrderUuid) is not { } text)
            return Missing("the signed message is missing: x-message, or message in the body");

        var digest = new byte[32];
        PersonalMessage.Hash(text, digest);
        if (Recover(proof, digest).IsRejected(out var why, out var key)) return why;
        if (CheckSigner(key, proof.Wallet, demand.Owner).IsRejected(out why, out var signer))
            return why is OrderError.Unauthenticated ? OtherCase(proof, demand, text) ?? why : why;

        var isBare = !text.AsSpan().TrimStart().StartsWith("{");
        return isBare ? VerifyBare(text, signer, digest, demand) : VerifyMessage(text, signer, digest, demand, now);
    }

    private static Result<CompressedPublicKey> Recover(WalletProof proof, byte[] digest)
    {
        if (!RecoverableSignature.TryParseRsv(proof.Signature, out var signature)) return Bad($"it {SignatureHints.Of(proof.Signature)}");
        if (!Secp256k1.TryRecover(digest, signature, out var key)) return Bad("no key fits it");
        if (proof.PublicKey is null) return key;
        if (!CompressedPublicKey.TryParse(proof.PublicKey, out var claimed))
            return Bad("x-public-key is not a public key in hex without 0x");
        return claimed == key ? key : Bad("it was not made by x-public-key over this message");
    }

    private Result<StacksAddress> CheckSigner(CompressedPublicKey key, string? wallet, StacksAddress? owner)
    {
        var network = scope.Network;
        var signer = key.ToAddress(network);
        if (wallet is not null)
        {
            if (!StacksAddress.TryParse(wallet, out var claimed))
                return new OrderError.Field("walletAddress", "is not a Stacks address", "invalid_wallet_address");
            owner ??= claimed;
            if (claimed != owner) return Bad($"walletAddress is not the owner {owner}");
        }
        if (owner is null || owner == signer) return signer;
        return owner == key.ToAddress(network.Other)
            ? new OrderError.WrongNetwork(network.Name, network.ChainId) with
            {
                Message = $"{owner} is an address of {network.Other}: this service is on {network}, where the signer is {signer}",
            }
            : Bad($"it was not made by {owner} over this message");
    }

    // A wallet that signed the bare uuid in another case signed another text.
    private OrderError.Unauthenticated? OtherCase(WalletProof proof, AuthDemand demand, string text)
    {
        if (demand.OrderUuid is not { } uuid || text != uuid || demand.Owner is not { } owner) return null;
        var digest = new byte[32];
        foreach (var other in (string[])[uuid.ToLowerInvariant(), uuid.ToUpperInvariant()])
        {
            if (other == text) continue;
            PersonalMessage.Hash(other, digest);
            if (!Recover(proof, digest).IsRejected(out _, out var key) && key.ToAddress(scope.Network) == owner)
                return Bad($"it is over {other}: sign this order's uuid in its own case, {uuid}");
        }
        return null;
    }

    private Result<VerifiedProof> VerifyBare(string text, StacksAddress signer, byte[] digest, AuthDemand demand)
    {
        if (!WalletActions.AcceptsBareUuid(demand.Action) || demand.OrderUuid is null)
            return BadMessage("must be a JSON object with action and timestamp");
        if (!options.BareUuid)
        {
            return new OrderError.Unauthenticated("bare_uuid_refused",
                "This service does not accept a signature over the bare uuid: sign a JSON message with action, uuid and timestamp");
        }
        if (text != demand.OrderUuid)
        {
            return BadMessage(text.Equals(demand.OrderUuid, StringComparison.OrdinalIgnoreCase)
                ? $"has the order's uuid in another case: sign {demand.OrderUuid}" : "names another order than the path does");
        }
        return new VerifiedProof(new SignedMessage(signer, digest, demand.Action, IsBareUuid: true, ExpiresAt: null), null);
    }

    private Result<VerifiedProof> VerifyMessage(string text, StacksAddress signer, byte[] digest, AuthDemand demand, DateTimeOffset now)
    {
        if (!WalletMessage.TryParse(text, out var message, out var problem)) return BadMessage(problem);
        if (scope.Refusal(message, text, signer, now) is { } foreign) return foreign;
        if (message.Action != demand.Action) return BadMessage($"must have the action {demand.Action}");
        if (demand.OrderUuid is not null && (message.Uuid ?? message.OrderUuid) != demand.OrderUuid)
            return BadMessage($"must have the uuid of this order, exactly as it was signed: {demand.OrderUuid}");
        if (message is { Uuid: { } uuid, OrderUuid: { } other } && uuid != other) return BadMessage("has two different uuids");
        if (demand.KeyId is not null && message.KeyId != demand.KeyId) return BadMessage("must have the keyId of this key");
        if (demand.AccountId is not null && message.AccountId != demand.AccountId)
            return BadMessage("must have the accountId of this account");
        if (demand.WebhookId is not null && message.WebhookId != demand.WebhookId)
            return BadMessage("must have the webhookId of this webhook");
        if (demand.Action == WalletActions.ListOrders && message.Owner != signer.ToString())
            return BadMessage("must have the owner whose orders are listed");
        if (!message.TryGetMoment(out var moment)) return BadMessage("must have a timestamp: a number of milliseconds since 1970");
        var window = demand.Action == WalletActions.ListOrders ? options.ListWindow : options.MessageWindow;
        if (moment < now - window || moment > now + options.MessageWindow)
        {
            return new OrderError.Unauthenticated("expired_timestamp",
                $"EXPIRED_TIMESTAMP: the message's timestamp must be within {window.TotalMinutes:0} minutes of the server's clock, which is {now.ToUnixTimeMilliseconds()}");
        }
        return new VerifiedProof(new SignedMessage(signer, digest, demand.Action, IsBareUuid: false, ExpiresAt: moment + window), message);
    }

    private static OrderError.Unauthenticated Missing(string how) => new("missing_credentials", $"Missing authentication: {how}");

    private static OrderError.Unauthenticated Bad(string problem) => new("invalid_signature", $"Signature verification failed: {problem}");

    private static OrderError.Unauthenticated BadMessage(string problem) => new("invalid_message", $"The signed message {problem}");
}
