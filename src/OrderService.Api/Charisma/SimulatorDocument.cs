using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>What the native document says of the simulated venue's own routes.</summary>
internal static class SimulatorDocument
{
    private const string Stx = ".stx";

    // The simulator's refusals have no details, so a field's is told as a sentence.
    private static readonly OrderError CrossOrigin =
        new OrderError.Forbidden("cross_origin", "the simulator answers pages of its own origin only");
    private static readonly OrderError Malformed = new OrderError.Malformed("the body must be a JSON object");
    private static readonly OrderError TimeIsReal =
        new OrderError.Conflict("time_is_real", "time cannot run faster here: real prices have the time that they have");
    private static readonly OrderError UnknownToken =
        Field("token is not a token this service knows: ST000000000000000000002AMW42H.no-token", "unknown_token");

    /// <summary>The texts by method and path.</summary>
    public static Dictionary<string, OperationText> Texts(SignedExample signed)
    {
        var (address, token) = (signed.Owner.ToString(), signed.SellToken.ToString());
        return new Dictionary<string, OperationText>
        {
            ["POST /simulator/faucet"] = new("fundAccount", "Play money",
                "Adds to an account's balance and answers it. At most a million whole tokens a call. Only the simulated venue has this route.")
                {
                    Takes = typeof(GiftRecord), Gives = typeof(FundedRecord),
                    Bodies = [("the token to sell", Object(("address", address), ("token", token), ("amount", "5000000"))),
                        ("STX", Object(("address", address), ("token", Stx), ("amount", "1000000")))],
                    Answer = Object(("address", address), ("token", token), ("amount", "5000000"), ("balance", "1000005000000")),
                    Refusals =
                    [
                        Malformed, Field("amount must be an integer numeric string"),
                        Field("address is of another network: this one is testnet", "wrong_network"), UnknownToken,
                        Field("amount must be at most 1000000000000 for one call", "faucet_max"), CrossOrigin,
                    ],
                },
            ["POST /simulator/prices"] = new(
                "pinPrice", "Pin a price",
                "Sets a token's price by hand until null gives it back to the walk. A subnet token stands for its base. Pools do not follow. The first example fires orders that wait "
                + "for STX at 1,000 dollars. Only the simulated venue has this route.")
            {
                Takes = typeof(PinRecord), Gives = typeof(PinnedRecord),
                Bodies = [("pin", Object(("token", Stx), ("usd", "1000"))), ("give back", Object(("token", Stx), ("usd", null)))],
                Answer = Object(("token", Stx), ("usd", "1000"), ("pinned", true)),
                Refusals = [Malformed, Field("usd must be a price in text above 0 with up to 18 decimals, or null to unpin"), UnknownToken,
                    CrossOrigin],
            },
            ["GET /simulator/clock"] = new("getClock", "What time it is", "The engine's time, which may run faster than real time, and how fast "
                + "it runs. Windows, schedules and pauses of orders are in engine time; signed messages, API keys and limits are in real time. "
                + "Only the simulated venue has this route.")
            {
                Gives = typeof(ClockRecord), Answer = Clock(pace: 60, next: 1), Refusals = [CrossOrigin],
            },
            ["POST /simulator/clock"] = new("setClock", "Let time run faster",
                "Lets engine time run so many times as fast as real time, for every node, from a moment on that is seconds away. It ends by "
                + "itself (Simulator:FasterTimeLasts), and engine time never goes back: it stays as far ahead. Only the simulated venue has "
                + "this route.")
            {
                Takes = typeof(PaceRecord), Gives = typeof(ClockRecord),
                Bodies = [("a minute a second", Object(("pace", 60))), ("real time", Object(("pace", 1)))],
                Answer = Clock(pace: 1, next: 60),
                Refusals = [Malformed, Field("pace must be a whole number from 1 to 600"), CrossOrigin, TimeIsReal],
            },
            ["GET /simulator/accounts/{address}"] = new("getHoldings", "What an account holds",
                "An account that never held anything has no balances. Only the simulated venue has this route.")
                {
                    Parameters = [new("address", ParameterLocation.Path, "An address or a contract id.", address,
                        IsRequired: true) { Is = Shape.Principal }],
                    Gives = typeof(HoldingsRecord),
                    Answer = Object(("address", address),
                        ("balances",
                            new JsonArray(
                                Object(("token", token), ("symbol", "sUSDT-subnet"), ("decimals", 6), ("amount", "1000000000000"))))),
                    Refusals = [Field("address must be a Stacks address"), CrossOrigin],
                },
        };
    }

    private static JsonObject Clock(int pace, int next) => Object(
        ("time", "2026-03-04T06:06:07.000Z"), ("pace", pace), ("paceMax", 600), ("realTime", "2026-03-04T05:06:07.000Z"),
        ("next", Object(("pace", next), ("at", "2026-03-04T05:06:10.000Z"), ("inMs", 3000))));

    private static OrderError.Malformed Field(string sentence, string code = "invalid_field") => new(sentence) { Code = code };

    private static JsonObject Object(params (string Name, JsonNode? Value)[] members)
    {
        var made = new JsonObject();
        foreach (var (name, value) in members) made[name] = value;
        return made;
    }
}
