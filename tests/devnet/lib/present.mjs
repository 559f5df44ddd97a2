// Transactions and blocks as the API shows them.
import { Cl, PostConditionMode } from '@stacks/transactions';
import { ERR_NONE, reprOf } from './clarity.mjs';
import { eventsOf } from './executor.mjs';
import { assetIdOf, principalOf } from './postconditions.mjs';
import { describe } from './types.mjs';

const CODES = { 1: 'sent_equal_to', 2: 'sent_greater_than', 3: 'sent_greater_than_or_equal_to', 4: 'sent_less_than', 5: 'sent_less_than_or_equal_to', 16: 'sent', 17: 'not_sent', 18: 'maybe_sent' };
const MODES = { [PostConditionMode.Allow]: 'allow', [PostConditionMode.Deny]: 'deny', [PostConditionMode.Originator]: 'originator' };
const PRINCIPALS = { 1: 'principal_origin', 2: 'principal_standard', 3: 'principal_contract' };
const iso = (seconds) => new Date(seconds * 1000).toISOString();

function conditionOf(condition, origin) {
  const { prefix } = condition.principal;
  const [address, name] = principalOf(condition.principal, origin).split('.');
  const shown = {
    type: ['stx', 'fungible', 'non_fungible'][condition.conditionType], condition_code: CODES[condition.conditionCode],
    principal: { type_id: PRINCIPALS[prefix], ...(prefix > 1 ? { address } : {}), ...(name ? { contract_name: name } : {}) },
  };
  if (condition.conditionType !== 2) shown.amount = String(condition.amount);
  if (condition.conditionType === 0) return shown;
  const [contract, asset_name] = assetIdOf(condition.asset).split('::');
  const [contract_address, contract_name] = contract.split('.');
  shown.asset = { contract_address, contract_name, asset_name };
  if (condition.conditionType === 2) {
    const hex = `0x${Cl.serialize(condition.assetName)}`;
    shown.asset_value = { hex, repr: reprOf(hex) };
  }
  return shown;
}

function payloadOf(tx, chain) {
  if (tx.kind === 'token_transfer') {
    const memo = `0x${Buffer.from(tx.memo).toString('hex').padEnd(68, '0')}`;
    return { tx_type: 'token_transfer', token_transfer: { recipient_address: tx.recipient, amount: String(tx.amount), memo } };
  }
  if (tx.kind === 'smart_contract') {
    return { tx_type: 'smart_contract', smart_contract: { clarity_version: tx.clarityVersion, contract_id: tx.contract, source_code: tx.source } };
  }
  const fn = chain.interfaceOf(tx.contract).functions.find(({ name }) => name === tx.fn);
  const signature = `(define-public (${[tx.fn, ...fn.args.map(({ name, type }) => `(${name} ${describe(type)})`)].join(' ')}))`;
  const function_args = tx.args.map((arg, i) => ({ hex: `0x${arg}`, repr: reprOf(arg), name: fn.args[i].name, type: describe(fn.args[i].type) }));
  return { tx_type: 'contract_call', contract_call: { contract_id: tx.contract, function_name: tx.fn, function_signature: signature, function_args } };
}

function commonOf(tx, chain) {
  return {
    tx_id: `0x${tx.txid}`, nonce: Number(tx.nonce), fee_rate: String(tx.fee), sender_address: tx.sender, sponsored: tx.sponsored,
    ...(tx.sponsored ? { sponsor_address: tx.payer, sponsor_nonce: Number(tx.payerNonce) } : {}),
    post_condition_mode: MODES[tx.mode], post_conditions: tx.conditions.map((condition) => conditionOf(condition, tx.sender)),
    anchor_mode: { 1: 'on_chain_only', 2: 'off_chain_only', 3: 'any' }[tx.anchorMode], ...payloadOf(tx, chain),
  };
}

/** tipSeen is the height the reader knows of: blocks above it are not there yet. */
export function transactionOf(record, chain, tipSeen) {
  const { tx, block } = record;
  const common = commonOf(tx, chain);
  if (!block || record.dropped || (record.canonical && block.height > tipSeen)) {
    const received = Math.floor(record.receivedAt / 1000);
    return {
      ...common, tx_status: record.dropped ?? 'pending', receipt_time: received, receipt_time_iso: iso(received),
      ...(record.replacedBy ? { replaced_by_tx_id: `0x${record.replacedBy}` } : {}),
    };
  }
  const events = eventsOf(record.events).map((event, index) => eventOf(event, index, common.tx_id));
  const burn = { burn_block_time: block.time, burn_block_time_iso: iso(block.time), burn_block_height: block.height };
  return {
    ...common, is_unanchored: false, block_hash: block.hash, parent_block_hash: block.parentHash, block_height: block.height,
    block_time: block.time, block_time_iso: iso(block.time), ...burn, parent_burn_block_time: block.time, parent_burn_block_time_iso: iso(block.time),
    canonical: record.canonical, tx_index: record.index, tx_status: record.status, tx_result: { hex: record.result, repr: reprOf(record.result) },
    event_count: events.length, events, microblock_hash: '0x', microblock_sequence: 2147483647, microblock_canonical: true,
    execution_cost_read_count: 0, execution_cost_read_length: 0, execution_cost_runtime: 0, execution_cost_write_count: 0, execution_cost_write_length: 0,
    vm_error: record.result === ERR_NONE ? record.vmError : null,
  };
}

const TRANSFERS = /^(stx|ft|nft)_(transfer|burn|mint)_event$/;
const KINDS = { stx: 'stx_asset', ft: 'fungible_token_asset', nft: 'non_fungible_token_asset' };

function eventOf({ event, data }, event_index, tx_id) {
  const [, kind, asset_event_type] = TRANSFERS.exec(event) ?? [];
  if (!kind) {
    const value = { hex: data.raw_value, repr: reprOf(data.raw_value) };
    return { event_index, event_type: 'smart_contract_log', tx_id, contract_log: { contract_id: data.contract_identifier, topic: data.topic, value } };
  }
  const asset = { asset_event_type, sender: data.sender ?? '', recipient: data.recipient ?? '' };
  if (kind === 'stx') Object.assign(asset, { amount: data.amount, memo: `0x${data.memo ?? ''}` });
  if (kind === 'ft') Object.assign(asset, { asset_id: data.asset_identifier, amount: data.amount });
  if (kind === 'nft') Object.assign(asset, { asset_id: data.asset_identifier, value: { hex: data.raw_value, repr: reprOf(data.raw_value) } });
  return { event_index, event_type: KINDS[kind], tx_id, asset };
}

export const blockOf = (block) => ({
  canonical: true, height: block.height, hash: block.hash, index_block_hash: block.hash, parent_block_hash: block.parentHash,
  block_time: block.time, block_time_iso: iso(block.time), burn_block_time: block.time, burn_block_time_iso: iso(block.time),
  burn_block_hash: block.hash, burn_block_height: block.height, miner_txid: `0x${'00'.repeat(32)}`, tx_count: block.records.length,
  txs: block.records.map(({ tx }) => `0x${tx.txid}`), microblocks_accepted: [], microblocks_streamed: [],
});

/** A mined transaction as the judge sees it. */
export function ledgerEntryOf({ tx, block, status, result, index }) {
  const swap = tx.swap ?? tx.sale;
  return {
    txid: tx.txid, sender: tx.sender, nonce: Number(tx.nonce), payer: tx.payer, payerNonce: Number(tx.payerNonce), fee: String(tx.fee),
    block: block.height, index, status,
    contract: tx.contract ?? null, fn: tx.fn ?? tx.kind.replace('_', '-'), uuid: swap?.uuid ?? null, token: swap?.token ?? null,
    outToken: swap?.outToken ?? null, amountIn: textOf(swap?.amount ?? tx.amount),
    amountOut: status === 'success' ? textOf(swap ? lastOutput(result) : tx.amount) : null, recipient: swap?.to ?? tx.recipient ?? null,
  };
}

const textOf = (amount) => (amount === undefined ? null : String(amount));
// Tuples are written in the order of their keys, so the last 16 bytes of a swap's result are the dy of its last hop; a sale's are what it paid.
const lastOutput = (result) => BigInt(`0x${result.slice(-32)}`);
