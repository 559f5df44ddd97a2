// A signed transaction, as its bytes say it.
import { createHash } from 'node:crypto';
import {
  Cl, PayloadType, PostConditionMode, addressFromVersionHash, addressHashModeToVersion, addressToString,
  deserializeTransaction,
} from '@stacks/transactions';
import { routerId } from './venue.mjs';

export const TESTNET_CHAIN = 0x80000000;
export const TESTNET_VERSION = 0x80;
const STANDARD_AUTH = 0x04;
const HASH_MODE_AT = 6;
const NONCE_AT = 27;
const FEE_AT = 35;
const KEY_ENCODING_AT = 43;
const SIGNATURE_AT = 44;
const SWAP = /^x-swap-([1-5])$/;

const hash = (bytes) => createHash('sha512-256').update(bytes).digest();

export class Transaction {
  /** Throws when the bytes are not exactly one transaction. */
  constructor(bytes) {
    const wire = deserializeTransaction(bytes);
    if (wire.serialize() !== bytes.toString('hex')) throw new Error('bytes left over after the transaction');
    const { spendingCondition, authType } = wire.auth;
    const { payload } = wire;
    this.raw = bytes;
    this.txid = hash(bytes).toString('hex');
    this.size = bytes.length;
    this.chainId = wire.chainId;
    this.version = wire.transactionVersion;
    this.sponsored = authType !== STANDARD_AUTH;
    this.sender = addressToString(addressFromVersionHash(
      addressHashModeToVersion(spendingCondition.hashMode, 'testnet'), spendingCondition.signer));
    this.nonce = spendingCondition.nonce;
    this.fee = spendingCondition.fee;
    this.mode = wire.postConditionMode;
    this.conditions = wire.postConditions.values;
    this.anchorMode = wire.anchorMode;
    if (payload.payloadType === PayloadType.ContractCall) this.#readCall(payload);
    else if (payload.payloadType === PayloadType.TokenTransfer) this.#readTransfer(payload);
    else this.kind = 'unsupported';
  }

  #readCall({ contractAddress, contractName, functionName, functionArgs }) {
    this.kind = 'contract_call';
    this.contract = `${addressToString(contractAddress)}.${contractName.content}`;
    this.fn = functionName.content;
    this.args = functionArgs.map((arg) => Cl.serialize(arg));
    const hops = this.contract === routerId ? SWAP.exec(this.fn)?.[1] : undefined;
    if (hops !== undefined && functionArgs.length === Number(hops) + 2) this.swap = swapOf(functionArgs);
  }

  #readTransfer({ recipient, amount, memo }) {
    this.kind = 'token_transfer';
    this.recipient = recipient.value;
    this.amount = amount;
    this.memo = memo.content;
  }

  get feeRate() { return Number(this.fee) / this.size; }
  get deny() { return this.mode !== PostConditionMode.Allow; }
  get guarded() { return this.deny || this.conditions.length > 0; }

  /** Throws when the signature is not that of the signer named in the transaction. recover is (hash, rsv) to address. */
  verifySignature(recover) {
    if (this.raw[HASH_MODE_AT] !== 0 || this.raw[KEY_ENCODING_AT] !== 0) deserializeTransaction(this.raw).verifyOrigin();
    else if (recover(this.#signedHash(), this.#rsv()) !== this.sender) throw new Error('another key signed it');
  }

  // What a single key signs: the hash of the transaction without nonce, fee and signature, and then nonce and fee.
  #signedHash() {
    const blank = Buffer.from(this.raw).fill(0, NONCE_AT, KEY_ENCODING_AT).fill(0, SIGNATURE_AT, SIGNATURE_AT + 65);
    const nonce = this.raw.subarray(NONCE_AT, FEE_AT);
    const fee = this.raw.subarray(FEE_AT, KEY_ENCODING_AT);
    return hash(Buffer.concat([hash(blank), Buffer.of(STANDARD_AUTH), fee, nonce]));
  }

  #rsv() {
    const signature = this.raw.subarray(SIGNATURE_AT, SIGNATURE_AT + 65);
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
