using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Stacks.Messages;

namespace OrderService.Api.Charisma;

/// <summary>
/// GET network: everything a client needs to sign for this venue, above all the router that an intent must name as its target.
/// </summary>
internal static class GetNetwork
{
    public static IResult Handle(ISwapRouter router, ServiceIdentity service, ProofDomains proofs) => JsonAnswer.Of(
        new SuccessRecord<NetworkRecord> { Status = Answers.Success, Data = Of(router.Terms, service.Name, proofs.Told) },
        CharismaJson.Default.SuccessRecordNetworkRecord);

    private static NetworkRecord Of(VenueTerms venue, string service, string proofDomain) => new()
    {
        Service = service,
        ProofDomain = proofDomain,
        Venue = venue.Venue,
        Network = venue.Network.Name,
        ChainId = venue.Network.ChainId,
        Router = venue.Router.ToString(),
        AddressVersions = new AddressVersionsRecord
        {
            SingleSig = venue.Network.SingleSigVersion, MultiSig = venue.Network.MultiSigVersion,
        },
        Intent = new IntentDomainRecord
        {
            Domain = Domain("BLAZE_PROTOCOL", "v1.0", venue.Network.ChainId), Intent = TransferIntent.Name,
            Target = venue.Router.ToString(),
        },
        Terms = new TermsDomainRecord { Domain = Domain("ORDER_SERVICE", "2", venue.Network.ChainId) },
    };

    private static SigningDomainRecord Domain(string name, string version, uint chainId) => new()
    {
        Name = name, Version = version, ChainId = chainId,
    };
}
