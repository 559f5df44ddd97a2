// A signed transaction, as its bytes say it.
import { createHash } from 'node:crypto';
import {
  Cl, PayloadType, PostConditionMode, addressFromVersionHash, addressHashModeToVersion, addressToString,
  deserializeTransaction,
} from '@stacks/transactions';
import { orderRouterId, routerId } from './venue.mjs';

export const TESTNET_CHAIN = 0x80000000;
export const TESTNET_VERSION = 0x80;
const STANDARD_AUTH = 0x04;
const SPONSORED_AUTH = 0x05;
const ORIGIN_AT = 6;
const CONDITION_SIZE = 103;
const SPONSOR_AT = ORIGIN_AT + CONDITION_SIZE;
// Inside a spending condition: 0 hash mode, 1 signer, then
const NONCE_AT = 21;
const FEE_AT = 29;
const KEY_ENCODING_AT = 37;
const SIGNATURE_AT = 38;
const SWAP = /^(?:x-)?swap-([1-5])$/;

const hash = (bytes) => createHash('sha512-256').update(bytes).digest();
const addressOf = ({ hashMode, signer }) => addressToString(addressFromVersionHash(addressHashModeToVersion(hashMode, 'testnet'), signer));

export class Transaction {
  /** Throws when the bytes are not exactly one transaction. */
  constructor(bytes) {
    const wire = deserializeTransaction(bytes);
    if (wire.serialize() !== bytes.toString('hex')) throw new Error('bytes left over after the transaction');
    const { spendingCondition, sponsorSpendingCondition, authType } = wire.auth;
    const { payload } = wire;
    this.raw = bytes;
    this.txid = hash(bytes).toString('hex');
    this.size = bytes.length;
    this.chainId = wire.chainId;
    this.version = wire.transactionVersion;
    this.sponsored = authType !== STANDARD_AUTH;
    this.sender = addressOf(spendingCondition);
    this.nonce = spendingCondition.nonce;
    // Who pays, and what: of a sponsored transaction the sponsor alone.
    const paying = this.sponsored ? sponsorSpendingCondition : spendingCondition;
    this.payer = addressOf(paying);
    this.payerNonce = paying.nonce;
    this.fee = paying.fee;
    // The nonces it uses up.
    this.uses = [[this.sender, this.nonce], ...(this.sponsored ? [[this.payer, this.payerNonce]] : [])];
    this.mode = wire.postConditionMode;
    this.conditions = wire.postConditions.values;
    this.anchorMode = wire.anchorMode;
    if (payload.payloadType === PayloadType.ContractCall) this.#readCall(payload);
    else if (payload.payloadType === PayloadType.TokenTransfer) this.#readTransfer(payload);
    else if (payload.payloadType === PayloadType.VersionedSmartContract) this.#readContract(payload);
    else this.kind = 'unsupported';
  }

  #readCall({ contractAddress, contractName, functionName, functionArgs }) {
    this.kind = 'contract_call';
    this.contract = `${addressToString(contractAddress)}.${contractName.content}`;
    this.fn = functionName.content;
    this.args = functionArgs.map((arg) => Cl.serialize(arg));
    const hops = SWAP.exec(this.fn)?.[1];
    if (this.contract === routerId && functionArgs.length === Number(hops) + 2) this.swap = swapOf(functionArgs);
    if (this.contract === orderRouterId && functionArgs.length === Number(hops) + 3) this.sale = saleOf(functionArgs);
  }

  #readTransfer({ recipient, amount, memo }) {
    this.kind = 'token_transfer';
    this.recipient = recipient.value;
    this.amount = amount;
    this.memo = memo.content;
  }

  #readContract({ contractName, codeBody, clarityVersion }) {
    this.kind = 'smart_contract';
    this.contractName = contractName.content;
    this.contract = `${this.sender}.${this.contractName}`;
    this.source = codeBody.content;
    this.clarityVersion = clarityVersion;
  }

  get feeRate() { return Number(this.fee) / this.size; }
  get deny() { return this.mode !== PostConditionMode.Allow; }
  get guarded() { return this.deny || this.conditions.length > 0; }

  /** Throws when a signature is not that of the signer named in the transaction. recover is (hash, rsv) to address. */
  verifySignature(recover) {
    const conditions = this.sponsored ? [ORIGIN_AT, SPONSOR_AT] : [ORIGIN_AT];
    if (conditions.some((at) => this.raw[at] !== 0 || this.raw[at + KEY_ENCODING_AT] !== 0)) {
      if (this.sponsored) throw new Error('several or uncompressed keys beside a sponsor are not checked here');
      deserializeTransaction(this.raw).verifyOrigin();
      return;
    }
    let signed = this.#presign(hash(this.#blank()), ORIGIN_AT, STANDARD_AUTH);
    if (recover(signed, this.#rsv(ORIGIN_AT)) !== this.sender) throw new Error('another key signed it');
    if (!this.sponsored) return;
    signed = this.#presign(hash(Buffer.concat([signed, Buffer.of(0), this.#signature(ORIGIN_AT)])), SPONSOR_AT, SPONSORED_AUTH);
    if (recover(signed, this.#rsv(SPONSOR_AT)) !== this.payer) throw new Error('another key sponsored it');
  }

  // The transaction without the origin's nonce, fee and signature, and without all of its sponsor.
  #blank() {
    const blank = Buffer.from(this.raw).fill(0, ORIGIN_AT + NONCE_AT, ORIGIN_AT + KEY_ENCODING_AT).fill(0, ORIGIN_AT + SIGNATURE_AT, SPONSOR_AT);
    return this.sponsored ? blank.fill(0, SPONSOR_AT, SPONSOR_AT + CONDITION_SIZE) : blank;
  }

  // What a single key signs: the hash before it, and then its authorization, fee and nonce.
  #presign(before, at, auth) {
    const nonce = this.raw.subarray(at + NONCE_AT, at + FEE_AT);
    const fee = this.raw.subarray(at + FEE_AT, at + KEY_ENCODING_AT);
    return hash(Buffer.concat([before, Buffer.of(auth), fee, nonce]));
  }

  #signature(at) { return this.raw.subarray(at + SIGNATURE_AT, at + CONDITION_SIZE); }

  #rsv(at) {
    const signature = this.#signature(at);
    return Buffer.concat([signature.subarray(1), signature.subarray(0, 1)]);
  }
}

// What a swap says of itself. Null when the arguments are not a swap's: admission refuses those.
function swapOf(args) {
  const [first, ...rest] = args.map((arg) => (arg.type === 'tuple' ? arg.value : {}));
  const last = rest.pop();
  const is = (cv, ...types) => types.includes(cv?.type);
  const whole = is(first.amount, 'uint') && is(first.uuid, 'ascii') && is(first.token, 'contract')
    && rest.every(({ vault, opcode }) => is(vault, 'contract') && is(opcode, 'buffer'))
    && is(last.to, 'address', 'contract') && is(last.token, 'contract');
  return whole ? {
    amount: BigInt(first.amount.value), uuid: first.uuid.value, token: first.token.value,
    hops: rest.map(({ vault, opcode }) => ({ vault: vault.value, opcode: opcode.value.slice(0, 2) || '00' })),
    to: last.to.value, outToken: last.token.value,
  } : null;
}

// The same of a call of the order router, which has no uuid: its single use is the caller's nonce.
function saleOf(args) {
  const [amount, token] = args;
  const out = args.at(-1);
  const to = out.type === 'tuple' ? out.value : {};
  const whole = amount.type === 'uint' && token.type === 'contract' && ['address', 'contract'].includes(to.to?.type)
    && to.token?.type === 'contract' && to['min-out']?.type === 'uint';
  return whole
    ? { amount: BigInt(amount.value), token: token.value, to: to.to.value, outToken: to.token.value, minOut: BigInt(to['min-out'].value) } : null;
}
