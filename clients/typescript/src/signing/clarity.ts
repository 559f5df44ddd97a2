import { ascii, bigEndian, concat } from "./bytes.js";
import { decodeAddress } from "./c32.js";

/** The values of Clarity that a wallet is asked to sign, and their consensus encoding. */
export type ClarityValue =
  | { readonly type: "uint"; readonly value: bigint }
  | { readonly type: "ascii"; readonly value: string }
  | { readonly type: "principal"; readonly value: string }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "none" }
  | { readonly type: "some"; readonly value: ClarityValue }
  | { readonly type: "tuple"; readonly value: Readonly<Record<string, ClarityValue>> };

export const uint = (value: bigint | number | string): ClarityValue => ({ type: "uint", value: BigInt(value) });
export const stringAscii = (value: string): ClarityValue => ({ type: "ascii", value });
export const principal = (value: string): ClarityValue => ({ type: "principal", value });
export const bool = (value: boolean): ClarityValue => ({ type: "bool", value });
export const none: ClarityValue = { type: "none" };
export const some = (value: ClarityValue): ClarityValue => ({ type: "some", value });
export const tuple = (value: Readonly<Record<string, ClarityValue>>): ClarityValue => ({ type: "tuple", value });

const tags = { uint: 0x01, true: 0x03, false: 0x04, standard: 0x05, contract: 0x06, none: 0x09, some: 0x0a, tuple: 0x0c, ascii: 0x0d } as const;

/** A value as the chain reads it (SIP-005). */
export function serialize(value: ClarityValue): Uint8Array {
  switch (value.type) {
    case "uint":
      return concat(Uint8Array.of(tags.uint), bigEndian(value.value, 16));
    case "ascii":
      return concat(Uint8Array.of(tags.ascii), bigEndian(BigInt(value.value.length), 4), ascii(value.value));
    case "principal":
      return serializePrincipal(value.value);
    case "bool":
      return Uint8Array.of(value.value ? tags.true : tags.false);
    case "none":
      return Uint8Array.of(tags.none);
    case "some":
      return concat(Uint8Array.of(tags.some), serialize(value.value));
    case "tuple": {
      // Its keys stand in the order of their bytes, whatever order they were given in.
      const keys = Object.keys(value.value).sort((a, b) => (a < b ? -1 : 1));
      const members = keys.map((key) => concat(shortName(key), serialize(value.value[key] as ClarityValue)));
      return concat(Uint8Array.of(tags.tuple), bigEndian(BigInt(keys.length), 4), ...members);
    }
  }
}

function serializePrincipal(text: string): Uint8Array {
  const [issuer = "", name, ...more] = text.split(".");
  if (more.length > 0) throw new RangeError(`not a principal: ${text}`);
  const { version, hash } = decodeAddress(issuer);
  const address = concat(Uint8Array.of(version), hash);
  return name === undefined ? concat(Uint8Array.of(tags.standard), address) : concat(Uint8Array.of(tags.contract), address, shortName(name));
}

const shortName = (name: string): Uint8Array => concat(bigEndian(BigInt(name.length), 1), ascii(name));
