// Signs intents and swap transactions the way the venue's own clients do.
import { createHash, randomUUID } from 'node:crypto';
import {
  Cl, PostConditionMode, encodeStructuredDataBytes, makeContractCall, makeSTXTokenTransfer, signMessageHashRsv, sponsorTransaction,
} from '@stacks/transactions';
import { deployer } from '../../lib/accounts.mjs';
import { idOf, routerId } from '../../lib/venue.mjs';

export const TESTNET = 2147483648;
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const optional = (value, make) => (value === null || value === undefined ? Cl.none() : Cl.some(make(value)));
const principal = (text) => Cl.principal(text);

export function intentHash({ contract, intent = 'TRANSFER_TOKENS', opcode = null, amount = null, target = null, uuid }, chainId = TESTNET) {
  return sha256(encodeStructuredDataBytes({
    domain: Cl.tuple({ name: Cl.stringAscii('BLAZE_PROTOCOL'), version: Cl.stringAscii('v1.0'), 'chain-id': Cl.uint(chainId) }),
    message: Cl.tuple({
      contract: principal(contract), intent: Cl.stringAscii(intent), opcode: optional(opcode, Cl.bufferFromHex),
      amount: optional(amount, (value) => Cl.uint(BigInt(value))), target: optional(target, principal), uuid: Cl.stringAscii(uuid),
    }),
  }));
}

export const signIntent = (fields, privateKey) => signMessageHashRsv({ messageHash: intentHash(fields), privateKey });

/** The arguments of x-swap-N: hops are [vault contract name, opcode hex] pairs. */
export function swapArgs({ owner, amount, uuid = randomUUID(), from, hops, to, out, signature }) {
  const contract = idOf(from);
  return [
    Cl.tuple({
      amount: Cl.uint(amount), uuid: Cl.stringAscii(uuid), token: principal(contract),
      signature: Cl.bufferFromHex(signature ?? signIntent({ contract, amount, target: routerId, uuid }, owner.privateKey)),
    }),
    ...hops.map(([vault, opcode]) => Cl.tuple({ vault: principal(idOf(vault)), opcode: Cl.bufferFromHex(opcode) })),
    Cl.tuple({ to: principal(to), token: principal(idOf(out)) }),
  ];
}

export async function callTx(sender, contract, functionName, functionArgs, { nonce, fee = 3000, ...options }) {
  const tx = await makeContractCall({
    contractAddress: deployer.address, contractName: contract, functionName, functionArgs, senderKey: sender.privateKey,
    network: 'testnet', nonce, fee, postConditionMode: PostConditionMode.Allow, validateWithAbi: false, ...options,
  });
  return { txid: tx.txid(), hex: tx.serialize() };
}

export const swapTx = (sender, swap, options) =>
  callTx(sender, 'x-multihop-rc9', `x-swap-${swap.hops.length}`, swapArgs(swap), options);

export async function transferTx(sender, recipient, amount, { nonce, fee = 300, ...options }) {
  const tx = await makeSTXTokenTransfer({ recipient, amount, senderKey: sender.privateKey, network: 'testnet', nonce, fee, ...options });
  return { txid: tx.txid(), hex: tx.serialize() };
}

/** The arguments of the order router's swap-N: hops are [vault contract name, opcode hex] pairs. */
export const saleArgs = ({ amount, from, hops, to, out, minOut = 0n }) => [
  Cl.uint(amount), principal(idOf(from)),
  ...hops.map(([vault, opcode]) => Cl.tuple({ vault: principal(idOf(vault)), opcode: Cl.bufferFromHex(opcode) })),
  Cl.tuple({ 'min-out': Cl.uint(minOut), to: principal(to), token: principal(idOf(out)) }),
];

/** Signs as the origin and as the sponsor, who pays the fee on a nonce of its own. */
export async function sponsored(sponsor, { sponsorNonce, fee = 3000 }, unsigned) {
  const tx = await sponsorTransaction({ transaction: await unsigned, sponsorPrivateKey: sponsor.privateKey, fee, sponsorNonce, network: 'testnet' });
  return { txid: tx.txid(), hex: tx.serialize() };
}

export const sponsoredCall = (origin, sponsor, contract, functionName, functionArgs, { nonce, sponsorNonce, fee, ...options }) =>
  sponsored(sponsor, { sponsorNonce, fee }, makeContractCall({
    contractAddress: deployer.address, contractName: contract, functionName, functionArgs, senderKey: origin.privateKey, network: 'testnet',
    nonce, fee: 0, sponsored: true, postConditionMode: PostConditionMode.Deny, validateWithAbi: false, ...options,
  }));

export const sponsoredSale = (origin, sponsor, sale, options) =>
  sponsoredCall(origin, sponsor, 'order-router', `swap-${sale.hops.length}`, saleArgs(sale), options);

export const sponsoredTransfer = (origin, sponsor, recipient, amount, { nonce, sponsorNonce, fee }) =>
  sponsored(sponsor, { sponsorNonce, fee }, makeSTXTokenTransfer({
    recipient, amount, senderKey: origin.privateKey, network: 'testnet', nonce, fee: 0, sponsored: true,
  }));
