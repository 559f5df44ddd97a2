// What a Stacks node answers under /v2.
import { Cl } from '@stacks/transactions';
import { Reply } from '../server.mjs';
import { TESTNET_CHAIN, Transaction } from '../transaction.mjs';
import { VmFailure } from '../vm.mjs';
import { TOKEN_TRANSFER_FEE } from '../fees.mjs';

const zeros = (bytes) => '00'.repeat(bytes);
const hex128 = (value) => `0x${value.toString(16).padStart(32, '0')}`;

export function nodeRoutes({ chain, fees }) {
  return [
    ['GET', '/v2/info', () => infoOf(chain), 'info'],
    ['GET', '/v2/accounts/:principal', ({ params }) => accountOf(chain, params.principal), 'accounts'],
    ['POST', '/v2/contracts/call-read/:address/:name/:fn', (request) => callRead(chain, request), 'call-read'],
    ['GET', '/v2/contracts/interface/:address/:name', ({ params }) => interfaceOf(chain, params)],
    ['GET', '/v2/contracts/source/:address/:name', ({ params }) => sourceOf(chain, params)],
    ['POST', '/v2/fees/transaction', ({ json }) => fees.estimate(json()), 'fees'],
    ['GET', '/v2/fees/transfer', () => TOKEN_TRANSFER_FEE, 'fees'],
    ['POST', '/v2/transactions', (request) => broadcast(chain, request), 'broadcast'],
  ];
}

function infoOf(chain) {
  const { height, hash } = chain.tip;
  const bare = hash.slice(2);
  return {
    peer_version: 402653197, pox_consensus: bare.slice(0, 40), burn_block_height: height, stable_pox_consensus: bare.slice(0, 40),
    stable_burn_block_height: height, server_version: 'stacks-node 3.1.0.0 (devnet over simnet)', network_id: TESTNET_CHAIN,
    parent_network_id: 118034699, stacks_tip_height: height, stacks_tip: bare, stacks_tip_consensus_hash: bare.slice(0, 40),
    genesis_chainstate_hash: zeros(32), unanchored_tip: null, unanchored_seq: null, tenure_height: height,
    exit_at_block_height: null, is_fully_synced: true, node_public_key: `02${zeros(32)}`, node_public_key_hash: zeros(20), stackerdbs: [],
  };
}

export function principalOr400(text) {
  try {
    Cl.serialize(Cl.principal(text));
    return text;
  } catch {
    throw new Reply(400, { error: `invalid principal ${text}` });
  }
}

function accountOf(chain, principal) {
  const who = principalOr400(principal);
  return { balance: hex128(chain.stxOf(who)), locked: hex128(0n), unlock_height: 0, nonce: Number(chain.nonceOf(who)) };
}

function interfaceOf(chain, { address, name }) {
  const found = chain.interfaceOf(`${address}.${name}`);
  if (!found) throw new Reply(404, { error: 'No contract interface data found' });
  return found;
}

function sourceOf(chain, { address, name }) {
  const source = chain.sourceOf(`${address}.${name}`);
  if (source === undefined) throw new Reply(404, { error: 'No contract source data found' });
  return { source, publish_height: chain.blocks[0].height, proof: null };
}

function callRead(chain, { params, json }) {
  const { sender, arguments: args } = json();
  principalOr400(sender);
  if (!Array.isArray(args)) throw new Reply(400, { error: 'arguments must be a list of hex strings' });
  const contract = `${params.address}.${params.name}`;
  const refused = (cause) => ({ okay: false, cause });
  const found = chain.interfaceOf(contract);
  if (!found) return refused(`Unchecked(NoSuchContract("${contract}"))`);
  const fn = found.functions.find(({ name, access }) => name === params.fn && access !== 'private');
  if (!fn) return refused(`Unchecked(UndefinedFunction("${params.fn}"))`);
  if (fn.access !== 'read_only') return refused('NotReadOnly');
  if (args.length !== fn.args.length) return refused(`Unchecked(IncorrectArgumentCount(${fn.args.length}, ${args.length}))`);
  try {
    return { okay: true, result: chain.read(contract, params.fn, args, sender) };
  } catch (failure) {
    if (failure instanceof VmFailure) return refused(failure.message.split('\n')[0]);
    throw failure;
  }
}

async function broadcast(chain, { bytes, headers, json, fault }) {
  const raw = rawOf(bytes, headers, json);
  let tx;
  try {
    tx = new Transaction(raw);
  } catch (failure) {
    throw new Reply(400, { error: 'transaction rejected', reason: 'Deserialization', reason_data: { message: failure.message } });
  }
  const rejected = (refusal) => new Reply(400, { txid: tx.txid, error: 'transaction rejected', ...refusal });
  if (fault?.kind === 'reject') throw rejected({ reason: fault.reason ?? 'ServerFailureOther', reason_data: fault.reason_data ?? {} });
  if (fault?.kind === 'drop') return tx.txid;
  const refusal = chain.submit(tx);
  if (refusal) throw rejected(refusal);
  if (fault?.kind === 'duplicate') chain.submit(new Transaction(raw));
  if (fault?.kind === 'lose') setTimeout(() => chain.drop(tx.txid, 'dropped_stale_garbage_collect'), fault.ms ?? 0).unref();
  return tx.txid;
}

function rawOf(bytes, headers, json) {
  if (!headers['content-type']?.startsWith('application/json')) return bytes;
  const { tx } = json();
  if (typeof tx !== 'string' || !/^(0x)?([0-9a-f]{2})+$/i.test(tx)) throw new Reply(400, { error: 'tx must be a hex string' });
  return Buffer.from(tx.replace(/^0x/, ''), 'hex');
}
