// Streams JSON lines of what the wallets' own libraries make of random input: node generate.mjs <seed> <kind>=<count> ...
// The same seed gives the same lines, so a difference can be looked at again.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  Cl, addressFromVersionHash, addressToString, encodeStructuredDataBytes, getAddressFromPrivateKey, privateKeyToPublic,
  publicKeyFromSignatureRsv, publicKeyToAddress, signMessageHashRsv, signStructuredData,
} from '@stacks/transactions';
import { hashMessage } from '@stacks/encryption';
import { transactionKinds } from './transactions.mjs';

const [seed, ...counts] = process.argv.slice(2);

let block = 0;
let pool = Buffer.alloc(0);
function bytes(length) {
  while (pool.length < length) {
    pool = Buffer.concat([pool, createHash('sha512').update(`${seed}:${block++}`).digest()]);
  }
  const taken = pool.subarray(0, length);
  pool = pool.subarray(length);
  return taken;
}
const below = (limit) => Number(BigInt(`0x${bytes(8).toString('hex')}`) % BigInt(limit));
const pick = (list) => list[below(list.length)];
const text = (alphabet, length) => Array.from({ length }, () => pick(alphabet)).join('');
const maybe = (make) => (below(3) === 0 ? null : make());
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const nameLetters = [...letters, ...'0123456789-_'];
const uuidLetters = [...'0123456789abcdefABCDEF-'];
const unicode = [...letters, ...' "\\\n\t{}0123456789', 'é', 'ß', 'Ω', '中', '本', '🙂', '🚀', '\u0000', '\u2028'];

// Signing dominates, so keys come from a pool; each is used with many messages.
const keys = Array.from({ length: 64 }, () => {
  const privateKey = `${bytes(32).toString('hex')}01`;
  return {
    privateKey,
    publicKey: privateKeyToPublic(privateKey),
    mainnet: getAddressFromPrivateKey(privateKey, 'mainnet'),
    testnet: getAddressFromPrivateKey(privateKey, 'testnet'),
  };
});

const uint = () => BigInt(`0x${bytes(16).toString('hex')}`) >> BigInt(below(128));
const hash160 = () => {
  const hash = Buffer.from(bytes(20));
  hash.fill(0, 0, below(4) === 0 ? below(20) : 0);
  return hash.toString('hex');
};
const address = () => addressToString(addressFromVersionHash(pick([20, 21, 22, 26]), hash160()));
const contract = () => `${address()}.${pick(letters)}${text(nameLetters, below(40))}`;
const principal = () => pick([address, contract])();
const optional = (value, make) => (value === null ? Cl.none() : Cl.some(make(value)));
const domain = (name, version, chainId) => Cl.tuple({
  name: Cl.stringAscii(name), version: Cl.stringAscii(version), 'chain-id': Cl.uint(chainId),
});

function signed(line, domain, message) {
  const key = pick(keys);
  return {
    ...line,
    ...key,
    hash: sha256(encodeStructuredDataBytes({ message, domain })),
    signature: signStructuredData({ message, domain, privateKey: key.privateKey }),
  };
}

const kinds = {
  transfer: () => intent({ intent: 'TRANSFER_TOKENS', opcode: null, amount: uint().toString(), target: principal() }),
  intent: () => intent({
    intent: text([...letters, '_'], 1 + below(32)),
    opcode: maybe(() => bytes(below(17)).toString('hex')),
    amount: maybe(() => uint().toString()),
    target: maybe(principal),
  }),
  terms() {
    const line = {
      uuid: text(uuidLetters, 36), owner: address(), inputToken: contract(), outputToken: contract(), recipient: principal(),
      router: contract(), conditionToken: pick(['', '*', contract()]), baseAsset: pick(['', 'USD', contract()]),
      direction: pick(['', 'gt', 'lt']), amountIn: uint().toString(), minAmountOut: maybe(() => uint().toString()),
      slippageBps: maybe(() => below(10001)), targetPrice: maybe(() => uint().toString()),
      validFrom: maybe(() => below(2 ** 45)), validTo: maybe(() => below(2 ** 45)), chainId: pick([1, 2147483648]),
      version: pick([1, 2]), maxDeviationBps: maybe(() => below(10001)), acceptUnprotectedOutput: pick([true, false]), limitPrice: maybe(() => uint().toString()),
      timeInForce: pick(['gtc', 'gtt', 'ioc']), trailingBps: maybe(() => below(10001)), trailingAmount: maybe(() => uint().toString()), groupId: pick(['', text(uuidLetters, 36)]), leg: maybe(() => below(10)),
    };
    const ascii = Cl.stringAscii;
    return signed(line, domain('ORDER_SERVICE', String(line.version), line.chainId), Cl.tuple({
      uuid: ascii(line.uuid), owner: ascii(line.owner), 'input-token': ascii(line.inputToken), 'output-token': ascii(line.outputToken),
      recipient: ascii(line.recipient), router: ascii(line.router), 'condition-token': ascii(line.conditionToken),
      'base-asset': ascii(line.baseAsset), direction: ascii(line.direction), 'amount-in': Cl.uint(line.amountIn),
      'min-amount-out': optional(line.minAmountOut, Cl.uint), 'slippage-bps': optional(line.slippageBps, Cl.uint),
      'target-price': optional(line.targetPrice, Cl.uint), 'valid-from': optional(line.validFrom, Cl.uint),
      'valid-to': optional(line.validTo, Cl.uint),
      ...(line.version === 1 ? {} : {
        'max-deviation-bps': optional(line.maxDeviationBps, Cl.uint), 'accept-unprotected-output': Cl.bool(line.acceptUnprotectedOutput), 'limit-price': optional(line.limitPrice, Cl.uint),
        'time-in-force': ascii(line.timeInForce), 'trailing-bps': optional(line.trailingBps, Cl.uint), 'trailing-amount': optional(line.trailingAmount, Cl.uint),
        'group-id': ascii(line.groupId), leg: optional(line.leg, Cl.uint),
      }),
    }));
  },
  message() {
    const key = pick(keys);
    const length = below(50) === 0 ? pick([0, 252, 253, 254, 65535, 65536, 70000]) : below(300);
    const message = length > 252 ? 'a'.repeat(length) : text(unicode, length);
    const hash = Buffer.from(hashMessage(message)).toString('hex');
    return { message, ...key, hash, signature: signMessageHashRsv({ messageHash: hash, privateKey: key.privateKey }) };
  },
  // Signatures with one bit changed: what they recover, if anything, must be the same key.
  recover() {
    const hash = bytes(32).toString('hex');
    const rsv = Buffer.from(signMessageHashRsv({ messageHash: hash, privateKey: pick(keys).privateKey }), 'hex');
    rsv[below(8) === 0 ? 64 : below(64)] ^= 1 << below(8);
    const signature = rsv.toString('hex');
    try {
      const recovered = publicKeyFromSignatureRsv(hash, signature);
      return { hash, signature, recovered, mainnet: publicKeyToAddress(recovered, 'mainnet') };
    } catch {
      return { hash, signature, recovered: null };
    }
  },
  address() {
    const [version, hash] = [pick([20, 21, 22, 26]), hash160()];
    return { version, hash160: hash, address: addressToString(addressFromVersionHash(version, hash)) };
  },
  ...transactionKinds({ below, pick, text, uint, bytes, contract, principal, keys, unicode }),
};

function intent(fields) {
  const line = { ...fields, contract: contract(), uuid: text(uuidLetters, 1 + below(36)), chainId: pick([1, 2147483648]) };
  return signed(line, domain('BLAZE_PROTOCOL', 'v1.0', line.chainId), Cl.tuple({
    amount: optional(line.amount, Cl.uint),
    contract: Cl.principal(line.contract),
    intent: Cl.stringAscii(line.intent),
    opcode: optional(line.opcode, Cl.bufferFromHex),
    target: optional(line.target, Cl.principal),
    uuid: Cl.stringAscii(line.uuid),
  }));
}

for (const [kind, count] of counts.map((argument) => argument.split('='))) {
  for (let i = 0; i < Number(count); i++) {
    if (!process.stdout.write(`${JSON.stringify({ kind, ...await kinds[kind]() })}\n`)) await once(process.stdout, 'drain');
  }
}
