// The controls: what only a test may do to a chain.
import { Cl } from '@stacks/transactions';
import { deployer } from '../accounts.mjs';
import { reprOf, uintOf } from '../clarity.mjs';
import { ledgerEntryOf } from '../present.mjs';
import { Reply } from '../server.mjs';
import { eventsOf } from '../executor.mjs';
import { idOf, tokens } from '../venue.mjs';
import { VmFailure } from '../vm.mjs';
import { faucet, movePool } from '../treasury.mjs';
import { principalOr400 } from './node.mjs';

const MINE_MAX = 1000;
const integer = (value, name, max) => {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`${name} must be an integer 0 to ${max}`);
  return value;
};

export function controlRoutes(devnet) {
  const { chain, miner, faults, lag, prices, fees, server, accounts } = devnet;
  return [
    ['POST', '/devnet/mine', ({ json }) => mine(chain, json())],
    ['POST', '/devnet/auto', ({ json }) => { miner.setPace(integer(json().blockMs, 'blockMs', 3_600_000)); return { blockMs: miner.blockMs }; }],
    ['GET', '/devnet/faults', () => faults.rules],
    ['POST', '/devnet/faults', ({ json }) => { const body = json(); faults.set(Array.isArray(body) ? body : body.rules ?? [body]); return faults.rules; }],
    ['DELETE', '/devnet/faults', () => { faults.clear(); return faults.rules; }],
    ['POST', '/devnet/receipts', ({ json }) => { lag.blocks = integer(json().lagBlocks, 'lagBlocks', 10_000); return { lagBlocks: lag.blocks }; }],
    ['POST', '/devnet/reorg', ({ json }) => reorg(chain, json())],
    ['POST', '/devnet/evict', ({ json }) => evict(chain, json())],
    ['POST', '/devnet/away', ({ json }) => { const ms = integer(json().ms, 'ms', 600_000); server().goAway(ms); return { ms }; }],
    ['POST', '/devnet/faucet', ({ json }) => { const body = json(); principalOr400(body.address); return faucet(chain, body); }],
    ['POST', '/devnet/pool', ({ json }) => movePool(chain, json())],
    ['POST', '/devnet/price', ({ json }) => { const { token, usd, source } = json(); prices.pin(token, usd, source); return { token, usd: prices.of(token, source) }; }],
    ['POST', '/devnet/fees', ({ json }) => { fees.set(json().rates); return { rates: fees.rates }; }],
    ['POST', '/devnet/call', ({ json }) => call(chain, json())],
    ['GET', '/devnet/ledger', ({ query }) => ledger(chain, Number(query.get('from') ?? 0))],
    ['GET', '/devnet/uuids', () => uuids(chain)],
    ['GET', '/devnet/balances/:principal', ({ params }) => balances(chain, principalOr400(params.principal))],
    ['GET', '/devnet/accounts', () => accounts],
    ['GET', '/devnet/status', () => statusOf(devnet)],
  ];
}

async function mine(chain, { blocks = 1 }) {
  for (let left = integer(blocks, 'blocks', MINE_MAX); left > 0; left -= 1) await chain.mine();
  return { height: chain.tip.height, mined: chain.tip.records.map(({ tx, status }) => ({ txid: tx.txid, status })) };
}

const reorg = (chain, { blocks = 1, drop = [] }) =>
  chain.reorganise(integer(blocks, 'blocks', 1_000_000), drop.map((txid) => txid.replace(/^0x/, '')));

function evict(chain, { txid, status = 'dropped_stale_garbage_collect' }) {
  return { evicted: chain.drop(String(txid).replace(/^0x/, ''), status) };
}

/** Runs a public function at once, outside of any block, or reads a read-only one. */
async function call(chain, { contract, fn, args = [], sender }) {
  principalOr400(sender);
  const access = chain.interfaceOf(contract)?.functions.find(({ name }) => name === fn)?.access;
  if (!access || access === 'private') throw new Reply(404, { error: `no function ${contract}.${fn}` });
  try {
    if (access === 'read_only') {
      const result = chain.read(contract, fn, args, sender);
      return { result, repr: reprOf(result), events: [] };
    }
    const { result, events } = await chain.control((vm) => vm.call(contract, fn, args, sender));
    return { result, repr: reprOf(result), events: eventsOf(events) };
  } catch (failure) {
    if (failure instanceof VmFailure) return { error: failure.message };
    throw failure;
  }
}

const ledger = (chain, from) =>
  chain.blocks.filter(({ height }) => height >= from).flatMap(({ records }) => records.map(ledgerEntryOf));

// More than one success for a uuid would be a double execution.
function uuids(chain) {
  const used = {};
  for (const { records } of chain.blocks) {
    for (const { tx, status } of records) {
      if (!tx.swap) continue;
      const entry = used[tx.swap.uuid] ??= { successes: 0, failures: 0, txids: [] };
      entry[status === 'success' ? 'successes' : 'failures'] += 1;
      entry.txids.push(tx.txid);
    }
  }
  return used;
}

function balances(chain, principal) {
  const held = tokens.map(({ contract }) => {
    const id = idOf(contract);
    const result = chain.read(id, 'get-balance', [Cl.serialize(Cl.principal(principal))], deployer.address); // a contract holds funds too, and reads nothing
    return [id, String(uintOf(`0x${result.slice(4)}`))];
  });
  return { principal, stx: String(chain.stxOf(principal)), nonce: Number(chain.nonceOf(principal)), tokens: Object.fromEntries(held) };
}

function statusOf({ chain, miner, lag }) {
  const { height, hash } = chain.tip;
  return { height, hash, mempool: chain.mempool.size, blockMs: miner.blockMs, lagBlocks: lag.blocks, blockTransactionsMax: chain.blockTransactionsMax };
}
