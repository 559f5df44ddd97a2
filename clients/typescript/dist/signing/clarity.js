import { ascii, bigEndian, concat } from "./bytes.js";
import { decodeAddress } from "./c32.js";
export const uint = (value) => ({ type: "uint", value: BigInt(value) });
export const stringAscii = (value) => ({ type: "ascii", value });
export const principal = (value) => ({ type: "principal", value });
export const none = { type: "none" };
export const some = (value) => ({ type: "some", value });
export const tuple = (value) => ({ type: "tuple", value });
const tags = { uint: 0x01, standard: 0x05, contract: 0x06, none: 0x09, some: 0x0a, tuple: 0x0c, ascii: 0x0d };
/** A value as the chain reads it (SIP-005). */
export function serialize(value) {
    switch (value.type) {
        case "uint":
            return concat(Uint8Array.of(tags.uint), bigEndian(value.value, 16));
        case "ascii":
            return concat(Uint8Array.of(tags.ascii), bigEndian(BigInt(value.value.length), 4), ascii(value.value));
        case "principal":
            return serializePrincipal(value.value);
        case "none":
            return Uint8Array.of(tags.none);
        case "some":
            return concat(Uint8Array.of(tags.some), serialize(value.value));
        case "tuple": {
            // Its keys stand in the order of their bytes, whatever order they were given in.
            const keys = Object.keys(value.value).sort((a, b) => (a < b ? -1 : 1));
            const members = keys.map((key) => concat(shortName(key), serialize(value.value[key])));
            return concat(Uint8Array.of(tags.tuple), bigEndian(BigInt(keys.length), 4), ...members);
        }
    }
}
function serializePrincipal(text) {
    const [issuer = "", name, ...more] = text.split(".");
    if (more.length > 0)
        throw new RangeError(`not a principal: ${text}`);
    const { version, hash } = decodeAddress(issuer);
    const address = concat(Uint8Array.of(version), hash);
    return name === undefined ? concat(Uint8Array.of(tags.standard), address) : concat(Uint8Array.of(tags.contract), address, shortName(name));
}
const shortName = (name) => concat(bigEndian(BigInt(name.length), 1), ascii(name));
