import type { Draft, Wrong } from "./wish";

// Which field of the form a refusal is about.
const fieldsOfWire: Readonly<Record<string, keyof Draft>> = {
  inputToken: "sell", outputToken: "buy", amountIn: "amount", conditionToken: "watch", baseAsset: "base", direction: "direction", targetPrice: "target", minAmountOut: "minOut",
  slippageBps: "slippage", maxDeviationBps: "band", validFrom: "start", validTo: "end", recipient: "recipient", tokenIn: "sell", tokenOut: "buy", amount: "amount",
  trailingBps: "distance", trailingAmount: "distance", limitPrice: "floor", timeInForce: "lasts",
};
const fieldsOfCode: Readonly<Record<string, keyof Draft>> = {
  same_token: "buy", not_a_subnet_token: "sell", recipient_is_venue: "recipient", recipient_is_token: "recipient", price_out_of_range: "target", target_price_zero: "target",
  valid_to_in_past: "end", amount_out_of_range: "amount", no_route: "buy", unprotected_output: "buy", rate_out_of_bounds: "floor",
};

/** A refusal as a create or a preview has it. */
export interface Refused { readonly code: string; readonly field?: string | undefined; readonly text: string }

/** What is wrong with which field; undefined where it is about the order as a whole. */
export function wrongOf({ code, field, text }: Refused, draft: Draft): Wrong | undefined {
  const found = fieldsOfWire[/[^.\]]+$/.exec(field ?? "")?.[0] ?? ""] ?? fieldsOfCode[code];
  if (found === undefined) return undefined;
  // A field that this kind of order does not show is shown as the one that stands in its place.
  const shown = found === "floor" && draft.kind === "limit" ? "rate" : found;
  return { [shown]: text };
}
