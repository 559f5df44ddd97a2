using System.CommandLine;

namespace OrderService.CommandLine;

/// <summary>The verb <c>sign</c>: everything that a wallet does for this service, from a shell.</summary>
internal static class SignCommand
{
    public static Command Create(CommandLineWorld world) => new("sign", "Makes keys, signs orders and messages, and prints a ready curl.")
    {
        KeyCommand.Create(world),
        OrderCommand.Create(world),
        OrderActionCommand.Create(world, "cancel", "cancel_order", HttpMethod.Patch, acceptsBareUuid: true),
        OrderActionCommand.Create(world, "execute", "execute_order", HttpMethod.Post, acceptsBareUuid: true),
        OrderActionCommand.Create(world, "pause", "pause_order", HttpMethod.Patch, acceptsBareUuid: false),
        OrderActionCommand.Create(world, "resume", "resume_order", HttpMethod.Patch, acceptsBareUuid: false),
        ListCommand.Create(world),
        ApiKeyCommand.Create(world),
        MessageCommand.Create(world),
        ProofCommand.Create(world),
    };
}
