// What the API beside the node answers under /extended.
import { Cl } from '@stacks/transactions';
import { deployer } from '../accounts.mjs';
import { hexOf, uintOf } from '../clarity.mjs';
import { blockOf, transactionOf } from '../present.mjs';
import { Reply } from '../server.mjs';
import { assetOf, idOf, plainTokens } from '../venue.mjs';
import { principalOr400 } from './node.mjs';

export function extendedRoutes({ chain, lag }) {
  const tipSeen = () => chain.tip.height - lag.blocks;
  return [
    ['GET', '/extended/v1/tx/multiple', ({ query }) => multiple(chain, query.getAll('tx_id'), tipSeen()), 'tx'],
    ['GET', '/extended/v1/tx/mempool', ({ query }) => mempool(chain, query, tipSeen()), 'tx'],
    ['GET', '/extended/v1/tx/:txid/raw', ({ params }) => rawOf(chain, params.txid), 'tx'],
    ['GET', '/extended/v1/tx/:txid', ({ params }) => single(chain, params.txid, tipSeen()), 'tx'],
    ['GET', '/extended/v1/address/:principal/nonces', ({ params }) => noncesOf(chain, principalOr400(params.principal)), 'accounts'],
    ['GET', '/extended/v1/address/:principal/transactions', ({ params, query }) => historyOf(chain, params.principal, query, tipSeen()), 'tx'],
    ['GET', '/extended/v1/address/:principal/balances', ({ params }) => balancesOf(chain, principalOr400(params.principal)), 'accounts'],
    ['GET', '/extended/v1/status', () => statusOf(chain), 'info'],
    ['GET', '/extended/v1/block', ({ query }) => blocks(chain, query), 'info'],
    ['GET', '/extended', () => statusOf(chain), 'info'],
  ];
}

const bare = (txid) => txid.toLowerCase().replace(/^0x/, '').split(',')[0];

function single(chain, txid, tipSeen) {
  const record = chain.records.get(bare(txid));
  if (!record) throw new Reply(404, { error: 'could not find transaction by ID' });
  return transactionOf(record, chain, tipSeen);
}

function rawOf(chain, txid) {
  const record = chain.records.get(bare(txid));
  if (!record) throw new Reply(404, { error: 'could not find transaction by ID' });
  return { raw_tx: `0x${Buffer.from(record.tx.raw).toString('hex')}` };
}

function multiple(chain, ids, tipSeen) {
  const wanted = ids.flatMap((id) => id.split(',')).filter(Boolean).map(bare);
  if (wanted.length === 0 || wanted.length > 100) throw new RangeError('tx_id must be given 1 to 100 times');
  return Object.fromEntries(wanted.map((id) => {
    const record = chain.records.get(id);
    const entry = record
      ? { found: true, result: transactionOf(record, chain, tipSeen) } : { found: false, result: { tx_id: `0x${id}` } };
    return [`0x${id}`, entry];
  }));
}

function pageOf(query, limitMax) {
  const number = (name, fallback, max) => Math.min(max, Math.max(0, Number.parseInt(query.get(name) ?? fallback, 10) || 0));
  return { limit: number('limit', 20, limitMax), offset: number('offset', 0, Number.MAX_SAFE_INTEGER) };
}

function pageReply(all, { limit, offset }, show) {
  return { limit, offset, total: all.length, results: all.slice(offset, offset + limit).map(show) };
}

function mempool(chain, query, tipSeen) {
  const sender = query.get('sender_address');
  const all = chain.mempool.all().filter((tx) => !sender || tx.sender === sender).reverse();
  return pageReply(all, pageOf(query, 50), (tx) => transactionOf(chain.records.get(tx.txid), chain, tipSeen));
}

function historyOf(chain, principal, query, tipSeen) {
  const mine = chain.minedBy(principal).filter(({ block }) => block.height <= tipSeen).reverse();
  return pageReply(mine, pageOf(query, 50), (record) => transactionOf(record, chain, tipSeen));
}

function noncesOf(chain, principal) {
  const next = Number(chain.nonceOf(principal));
  const waiting = chain.mempool.noncesOf(principal).map(Number);
  const last = waiting.at(-1) ?? null;
  const missing = [];
  for (let nonce = (last ?? 0) - 1; nonce >= next; nonce -= 1) if (!waiting.includes(nonce)) missing.push(nonce);
  return {
    last_mempool_tx_nonce: last, last_executed_tx_nonce: next === 0 ? null : next - 1, possible_next_nonce: Math.max(next, (last ?? -1) + 1),
    detected_missing_nonces: missing, detected_mempool_nonces: waiting.reverse(),
  };
}

function balancesOf(chain, principal) {
  const balance = String(chain.stxOf(principal));
  const none = { total_sent: '0', total_received: '0' };
  const held = plainTokens.map(({ contract }) => {
    const id = idOf(contract);
    return [assetOf(id), String(uintOf(`0x${chain.read(id, 'get-balance', [hexOf(Cl.principal(principal))], deployer.address).slice(4)}`))];
  });
  return {
    stx: { balance, estimated_balance: balance, ...none, total_fees_sent: '0', total_miner_rewards_received: '0', lock_tx_id: '', locked: '0', lock_height: 0, burnchain_lock_height: 0, burnchain_unlock_height: 0 },
    fungible_tokens: Object.fromEntries(held.filter(([, amount]) => amount !== '0').map(([asset, amount]) => [asset, { balance: amount, ...none }])),
    non_fungible_tokens: {},
  };
}

function statusOf(chain) {
  const { height, hash } = chain.tip;
  return {
    server_version: 'stacks-blockchain-api (devnet over simnet)', status: 'ready', pox_v1_unlock_height: null, pox_v2_unlock_height: null, pox_v3_unlock_height: null,
    chain_tip: { block_height: height, block_hash: hash, index_block_hash: hash, microblock_hash: null, microblock_sequence: null, burn_block_height: height },
  };
}

function blocks(chain, query) {
  return pageReply(chain.blocks.toReversed(), pageOf(query, 30), blockOf);
}
