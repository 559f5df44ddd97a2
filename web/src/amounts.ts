/** Amounts and prices are whole numbers here, as they are in the service: base units, and counts of 10⁻¹⁸. Nothing of money is a float. */

/** Whole tokens as typed, in base units; undefined where it is no such number. */
export function toBaseUnits(text: string, decimals: number): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d{1,39})(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.replace(/0+$/, "").length > decimals) return undefined;
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
}

/** Base units as whole tokens, without zeros at the end. */
export function toWhole(units: bigint | string | number, decimals: number): string {
  const digits = BigInt(units).toString().padStart(decimals + 1, "0");
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - decimals);
  return decimals > 0 && fraction ? `${whole}.${fraction}` : whole;
}

/** The same for reading: in groups of three, and no more than six digits behind the point. */
export function show(units: bigint | string | number, decimals: number): string {
  const [whole = "0", fraction = ""] = toWhole(units, decimals).split(".");
  const shown = fraction.slice(0, whole === "0" ? 8 : 6).replace(/0+$/, "");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, "\u202f")}${shown ? `.${shown}` : ""}`;
}

const one = 10n ** 18n;

/** A price's text as a count of 10⁻¹⁸; undefined where it is none. */
export const toPrice = (text: string): bigint | undefined => (/^\d{1,20}(\.\d{1,18})?$/.test(text.trim()) ? toBaseUnits(text, 18) : undefined);

/** A count of 10⁻¹⁸ as a price's text. */
export const priceText = (price: bigint): string => toWhole(price, 18);

/** One price in another, rounded down. */
export const ratio = (watched: bigint, base: bigint): bigint => (base === 0n ? 0n : (watched * one) / base);

/** A price for reading, to six significant digits. */
export function showPrice(price: bigint | string): string {
  const text = typeof price === "string" ? price : priceText(price);
  const [whole = "0", fraction = ""] = text.split(".");
  const digits = whole === "0" ? 6 + (/^0*/.exec(fraction)?.[0].length ?? 0) : Math.max(0, 6 - whole.length);
  const shown = fraction.slice(0, digits).replace(/0+$/, "");
  return shown ? `${whole}.${shown}` : whole;
}

/** What an amount pays at a rate of whole tokens for a whole token, in base units of the other token, rounded up: the least that is asked for. */
export function atRate(amountIn: bigint, decimalsIn: number, rate: bigint, decimalsOut: number): bigint {
  const below = one * 10n ** BigInt(decimalsIn);
  return (amountIn * rate * 10n ** BigInt(decimalsOut) + below - 1n) / below;
}
