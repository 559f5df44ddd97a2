using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>A token.</summary>
internal sealed record TokenRecord
{
    /// <summary>Its contract, or .stx.</summary>
    [Is(Shape.Token)]
    public required string ContractId { get; init; }

    /// <summary>Its symbol.</summary>
    /// <example>STX</example>
    public required string Symbol { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Stacks</example>
    public required string Name { get; init; }

    /// <summary>A whole token is 10^decimals base units.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public required int Decimals { get; init; }

    /// <summary>SUBNET can be sold by an order; SIP10 and NATIVE can be bought and watched.</summary>
    [Words("SUBNET", "SIP10", "NATIVE")]
    public required string Type { get; init; }

    /// <summary>What its asset is called inside its contract, where the venue says so.</summary>
    /// <example>charisma</example>
    public string? Identifier { get; init; }

    /// <summary>The address of a picture, where the venue's list has one.</summary>
    /// <example>https://pictures.example/stx.png</example>
    public string? Image { get; init; }

    /// <summary>The token that a subnet token stands for.</summary>
    [Is(Shape.Token)]
    public string? Base { get; init; }
}

/// <summary>All tokens.</summary>
internal sealed record TokenListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The tokens.</summary>
    public required IReadOnlyList<TokenRecord> Data { get; init; }

    /// <summary>How many.</summary>
    /// <example>2</example>
    [Bounds(0)]
    public required int Count { get; init; }
}

/// <summary>Everything a client needs to sign for this venue.</summary>
internal sealed record NetworkRecord
{
    /// <summary>The name that a signed message says as its service.</summary>
    /// <example>127.0.0.1:5080</example>
    public required string Service { get; init; }

    /// <summary>The domain of proofs in the header x-verify.</summary>
    /// <example>127.0.0.1:5080/testnet</example>
    public required string ProofDomain { get; init; }

    /// <summary>The venue that swaps.</summary>
    [Words("simulated", "stacks")]
    public required string Venue { get; init; }

    /// <summary>Its network.</summary>
    /// <example>testnet</example>
    public required string Network { get; init; }

    /// <summary>The chain-id of signed texts.</summary>
    /// <example>2147483648</example>
    [Bounds(0, uint.MaxValue)]
    public required long ChainId { get; init; }

    /// <summary>The contract that an intent must name as its target.</summary>
    [Is(Shape.Contract)]
    public required string Router { get; init; }

    /// <summary>The version bytes of this network's addresses.</summary>
    public required AddressVersionsRecord AddressVersions { get; init; }

    /// <summary>What an order's signature is over.</summary>
    public required IntentDomainRecord Intent { get; init; }

    /// <summary>What a terms signature is over.</summary>
    public required TermsDomainRecord Terms { get; init; }
}

/// <summary>Version bytes of addresses.</summary>
internal sealed record AddressVersionsRecord
{
    /// <summary>Of a single key.</summary>
    /// <example>26</example>
    [Bounds(0, 31)]
    public required int SingleSig { get; init; }

    /// <summary>Of several keys.</summary>
    /// <example>21</example>
    [Bounds(0, 31)]
    public required int MultiSig { get; init; }
}

/// <summary>The domain, kind and target of a transfer intent.</summary>
internal sealed record IntentDomainRecord
{
    /// <summary>The domain.</summary>
    public required SigningDomainRecord Domain { get; init; }

    /// <summary>The kind of intent.</summary>
    /// <example>TRANSFER_TOKENS</example>
    public required string Intent { get; init; }

    /// <summary>The router.</summary>
    [Is(Shape.Contract)]
    public required string Target { get; init; }
}

/// <summary>The domain of signed terms.</summary>
internal sealed record TermsDomainRecord
{
    /// <summary>The domain.</summary>
    public required SigningDomainRecord Domain { get; init; }
}

/// <summary>A domain of structured messages (SIP-018).</summary>
internal sealed record SigningDomainRecord
{
    /// <summary>Its name.</summary>
    /// <example>BLAZE_PROTOCOL</example>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    /// <example>v1.0</example>
    public required string Version { get; init; }

    /// <summary>Its chain-id.</summary>
    /// <example>2147483648</example>
    [JsonPropertyName("chain-id")]
    [Bounds(0, uint.MaxValue)]
    public required long ChainId { get; init; }
}
