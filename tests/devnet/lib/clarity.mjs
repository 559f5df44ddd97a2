// Short readings of serialized Clarity values.
import { Cl, cvToString } from '@stacks/transactions';

export const hexOf = (value) => `0x${Cl.serialize(value)}`;
export const reprOf = (hex) => cvToString(Cl.deserialize(hex));
export const ERR_NONE = '0x0809';
export const uintOf = (hex) => BigInt(`0x${hex.slice(4)}`);

/** Whether a response is ok, decided by its first byte. */
export const readResponse = (hex) => ({ ok: hex.startsWith('0x07') });

/** The {dx, dy, dk} of every hop, out of what a swap returns. */
export function hopsOf(list) {
  return list.value.map((hop) => ({ dx: BigInt(hop.value.dx.value), dy: BigInt(hop.value.dy.value), dk: BigInt(hop.value.dk.value) }));
}
