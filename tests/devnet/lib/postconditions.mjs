// Post-conditions, which the VM leaves to the node: what each principal sent, against what the sender of the transaction allowed.
import { Cl, PostConditionMode, addressToString } from '@stacks/transactions';

const NFT_SENDS = 0x10;
const NFT_MAYBE = 0x12;
const COMPARE = {
  1: (sent, amount) => sent === amount, 2: (sent, amount) => sent > amount, 3: (sent, amount) => sent >= amount,
  4: (sent, amount) => sent < amount, 5: (sent, amount) => sent <= amount,
};

/** What was sent: asset per sender. Burnt counts as sent; an NFT is an asset of its own. */
export class Sent {
  #amounts = new Map();

  add(sender, asset, amount) {
    const key = `${sender} ${asset}`;
    this.#amounts.set(key, (this.#amounts.get(key) ?? 0n) + amount);
  }

  of(sender, asset) { return this.#amounts.get(`${sender} ${asset}`) ?? 0n; }
  keys() { return [...this.#amounts.keys()]; }
  toString() { return [...this.#amounts].map(([key, amount]) => `${key} ${amount}`).sort().join('\n'); }
}

export function sentIn(events) {
  const sent = new Sent();
  for (const { event, data } of events) {
    switch (event) {
      case 'stx_transfer_event': case 'stx_burn_event': sent.add(data.sender, 'STX', BigInt(data.amount)); break;
      case 'ft_transfer_event': case 'ft_burn_event': sent.add(data.sender, data.asset_identifier, BigInt(data.amount)); break;
      case 'nft_transfer_event': case 'nft_burn_event': sent.add(data.sender, `${data.asset_identifier}#${data.raw_value}`, 1n); break;
      default:
    }
  }
  return sent;
}

export function principalOf({ prefix, address, contractName }, origin) {
  if (prefix === 1) return origin;
  return prefix === 2 ? addressToString(address) : `${addressToString(address)}.${contractName.content}`;
}

export const assetIdOf = ({ address, contractName, assetName }) =>
  `${addressToString(address)}.${contractName.content}::${assetName.content}`;

function targetOf(condition) {
  switch (condition.conditionType) {
    case 0: return 'STX';
    case 1: return assetIdOf(condition.asset);
    default: return `${assetIdOf(condition.asset)}#0x${Cl.serialize(condition.assetName)}`;
  }
}

function holds(condition, sent) {
  if (condition.conditionType === 2) {
    return condition.conditionCode === NFT_MAYBE || (sent > 0n) === (condition.conditionCode === NFT_SENDS);
  }
  return COMPARE[condition.conditionCode](sent, BigInt(condition.amount));
}

/** Whether the transaction's post-conditions let it stand. */
export function permits(tx, sent) {
  const covered = new Set();
  for (const condition of tx.conditions) {
    const principal = principalOf(condition.principal, tx.sender);
    const asset = targetOf(condition);
    if (!holds(condition, sent.of(principal, asset))) return false;
    covered.add(`${principal} ${asset}`);
  }
  if (tx.mode === PostConditionMode.Allow) return true;
  const bound = tx.mode === PostConditionMode.Originator ? (key) => key.startsWith(`${tx.sender} `) : () => true;
  return sent.keys().every((key) => !bound(key) || covered.has(key));
}
