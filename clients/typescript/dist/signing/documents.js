import { none, principal, some, stringAscii, tuple, uint } from "./clarity.js";
/** The intent that lets the router move the funds. It covers neither price, output, recipient nor window. */
export const intentOf = (intent) => ({
    domain: domainOf("BLAZE_PROTOCOL", "v1.0", intent.chainId),
    message: tuple({
        contract: principal(intent.inputToken),
        intent: stringAscii("TRANSFER_TOKENS"),
        opcode: none,
        amount: some(uint(intent.amountIn)),
        target: some(principal(intent.router)),
        uuid: stringAscii(intent.uuid),
    }),
});
/** The terms, which the service holds itself to with a second signature. */
export const termsOf = (terms) => ({
    domain: domainOf("ORDER_SERVICE", "1", terms.chainId),
    message: tuple({
        uuid: stringAscii(terms.uuid),
        owner: stringAscii(terms.owner),
        "input-token": stringAscii(terms.inputToken),
        "output-token": stringAscii(terms.outputToken),
        recipient: stringAscii(terms.recipient),
        router: stringAscii(terms.router),
        "condition-token": stringAscii(terms.conditionToken ?? ""),
        "base-asset": stringAscii(terms.baseAsset ?? ""),
        direction: stringAscii(terms.direction ?? ""),
        "amount-in": uint(terms.amountIn),
        "min-amount-out": optional(terms.minAmountOut),
        "slippage-bps": optional(terms.slippageBps),
        "target-price": optional(terms.targetPrice === undefined ? undefined : priceUnits(terms.targetPrice)),
        "valid-from": optional(terms.validFrom === undefined ? undefined : Date.parse(terms.validFrom)),
        "valid-to": optional(terms.validTo === undefined ? undefined : Date.parse(terms.validTo)),
    }),
});
/** A price's text as a count of 10⁻¹⁸. */
export function priceUnits(text) {
    const [, whole, fraction = ""] = /^(\d{1,20})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
    if (whole === undefined)
        throw new RangeError(`not a price: ${text}`);
    return BigInt(whole + fraction.padEnd(18, "0"));
}
const domainOf = (name, version, chainId) => tuple({ name: stringAscii(name), version: stringAscii(version), "chain-id": uint(chainId) });
const optional = (value) => (value === undefined ? none : some(uint(value)));
