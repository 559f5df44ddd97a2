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
const SWAP = /^x-swap-([1-5])$/;

export class Transaction {
  #wire;

  /** Throws when the bytes are not exactly one transaction. */
  constructor(bytes) {
    const wire = deserializeTransaction(bytes);
    if (wire.serialize() !== bytes.toString('hex')) throw new Error('bytes left over after the transaction');
    const { spendingCondition, authType } = wire.auth;
    const { payload } = wire;
    this.#wire = wire;
    this.raw = bytes;
    this.txid = createHash('sha512-256').update(bytes).digest('hex');
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

  /** Throws when the signature is not that of the signer named in the transaction. */
  verifySignature() {
    if (this.#wire === null) return;
    this.#wire.verifyOrigin();
    this.#wire = null;
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
