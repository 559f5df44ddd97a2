using System.Text.Json;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Stacks.Messages;

namespace OrderService.Api.Charisma;

/// <summary>GET network: everything a client needs to sign for this venue, above all the router that an intent must name as its target.</summary>
internal static class GetNetwork
{
    public static IResult Handle(ISwapRouter router, ServiceIdentity service, ProofDomains proofs) => Answers.Data(json => Write(json, router.Terms, service.Name, proofs.Told));

    private static void Write(Utf8JsonWriter json, VenueTerms venue, string service, string proofDomain)
    {
        json.WriteStartObject();
        json.WriteString("service", service);
        json.WriteString("proofDomain", proofDomain);
        json.WriteString("venue", venue.Venue);
        json.WriteString("network", venue.Network.Name);
        json.WriteNumber("chainId", venue.Network.ChainId);
        json.WriteString("router", venue.Router.ToString());
        json.WriteStartObject("addressVersions");
        json.WriteNumber("singleSig", venue.Network.SingleSigVersion);
        json.WriteNumber("multiSig", venue.Network.MultiSigVersion);
        json.WriteEndObject();
        json.WriteStartObject("intent");
        WriteDomain(json, "BLAZE_PROTOCOL", "v1.0", venue.Network.ChainId);
        json.WriteString("intent", TransferIntent.Name);
        json.WriteString("target", venue.Router.ToString());
        json.WriteEndObject();
        json.WriteStartObject("terms");
        WriteDomain(json, "ORDER_SERVICE", "1", venue.Network.ChainId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDomain(Utf8JsonWriter json, string name, string version, uint chainId)
    {
        json.WriteStartObject("domain");
        json.WriteString("name", name);
        json.WriteString("version", version);
        json.WriteNumber("chain-id", chainId);
        json.WriteEndObject();
    }
}
