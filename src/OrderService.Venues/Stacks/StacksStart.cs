using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Messages;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>The settings do not fit the chain; the message says which, in one sentence.</summary>
internal sealed class StacksSettingsException(string message) : Exception(message);

/// <summary>
/// Holds the settings to the chain before anything is signed for it: its network, its router, and a verifier that hashes an intent as
/// wallets do.
/// </summary>
internal sealed partial class StacksStart(StacksNodes nodes, StacksChain chain, ILogger<StacksStart> log)
{
    // Any intent will do; what counts is that both sides hash it alike.
    private const string SampleUuid = "00000000-0000-4000-8000-000000000000";

    /// <summary>
    /// Throws <see cref="StacksSettingsException"/> where a setting is wrong. A node that cannot be asked is no reason not to start: the
    /// service waits for it.
    /// </summary>
    public async Task CheckAsync(CancellationToken token)
    {
        try
        {
            await CheckNetworkAsync(token);
            await CheckContractAsync("Router", chain.Router, ["x-swap-1", "x-swap-2", "x-swap-3"], token);
            await CheckContractAsync("Verifier", chain.Verifier, ["execute", "check", "hash"], token);
            if (chain.OrderRouter is { } called)
                await CheckContractAsync("OrderRouter", called, ["swap-1", "swap-2", "swap-3", "swap-4", "swap-5", "noop"], token);
            await CheckHashAsync(token);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            NotAsked(log, outage.Message);
        }
    }

    private async Task CheckNetworkAsync(CancellationToken token)
    {
        for (var i = 0; i < nodes.All.Count; i++)
        {
            var tip = await nodes.All[i].TipAsync(token);
            var setting = i == 0 ? "Stacks:NodeUrl" : $"Stacks:OtherNodes:{i - 1}";
            if (tip.ChainId != chain.Network.ChainId)
                throw new StacksSettingsException($"Stacks:Network is {chain.Network} (chain id {chain.Network.ChainId}), but the node at {setting} is on chain id {tip.ChainId}.");
        }
    }

    private async Task CheckContractAsync(string setting, ContractId contract, string[] functions, CancellationToken token)
    {
        var found = await nodes.FunctionsAsync(contract, token)
            ?? throw new StacksSettingsException($"Stacks:{setting} names {contract}, which is not on this chain.");
        if (functions.FirstOrDefault(function => !found.Contains(function)) is { } missing)
            throw new StacksSettingsException($"Stacks:{setting} names {contract}, which has no function {missing}.");
    }

    private async Task CheckHashAsync(CancellationToken token)
    {
        var intent = new TransferIntent(chain.Verifier, 1, Principal.From(chain.Router), SampleUuid, chain.Network.ChainId);
        var ours = new byte[32];
        intent.Hash(ours);
        var answer = await nodes.CallAsync(chain.Verifier, "hash", StacksCalls.HashOf(intent), token);
        if (answer is not ClarityValue.Ok(ClarityValue.Buffer(var theirs)) || !theirs.Span.SequenceEqual(ours))
        {
            throw new StacksSettingsException(
                $"Stacks:Verifier names {chain.Verifier}, which hashes an intent differently than wallets sign it on {chain.Network}.");
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "The Stacks node could not be asked whether the settings fit the chain, so that is not checked: {Problem}")]
    private static partial void NotAsked(ILogger log, string problem);
}
