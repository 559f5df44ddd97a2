// The node's refusals, in the node's order and words.
import { Cl } from '@stacks/transactions';
import { TESTNET_CHAIN, TESTNET_VERSION } from './transaction.mjs';
import { describe, fits } from './types.mjs';
import { CLARITY } from './vm.mjs';

const CHAINING_MAX = 25n;
const FEE_PER_BYTE = 1n;
const refusal = (reason, reason_data) => ({ reason, ...(reason_data === undefined ? {} : { reason_data }) });
const hex128 = (value) => `0x${value.toString(16).padStart(32, '0')}`;

/** Null when the mempool may take the transaction. */
export function refusalOf(tx, chain) {
  return refusalOfForm(tx, chain) ?? refusalOfFee(tx) ?? refusalOfNonce(tx, chain) ?? refusalOfFunds(tx, chain)
    ?? refusalOfPayload(tx, chain) ?? refusalOfConflict(tx, chain);
}

function refusalOfForm(tx, chain) {
  const invalid = (what) => refusal('SignatureValidation', { message: `Invalid Stacks transaction: ${what}` });
  if (tx.version !== TESTNET_VERSION) return refusal('BadTransactionVersion');
  if (tx.chainId !== TESTNET_CHAIN) return invalid(`invalid chain ID ${tx.chainId} (expected ${TESTNET_CHAIN})`);
  if (tx.sponsored && tx.payer === tx.sender) return refusal('ServerFailureOther', { message: 'this devnet takes no transaction that sponsors itself' });
  try {
    tx.verifySignature((hash, rsv) => chain.signerOf(hash, rsv));
  } catch (failure) {
    return invalid(`Signer hash does not equal hash of public key(s): ${failure.message}`);
  }
  return null;
}

function refusalOfFee(tx) {
  const expected = BigInt(tx.size) * FEE_PER_BYTE;
  return tx.fee < expected ? refusal('FeeTooLow', { expected: Number(expected), actual: Number(tx.fee) }) : null;
}

// The origin's first, then the sponsor's.
function refusalOfNonce(tx, chain) {
  for (const [principal, nonce] of tx.uses) {
    const next = chain.nonceOf(principal);
    const data = { actual: Number(nonce), is_origin: principal === tx.sender, principal };
    if (nonce < next) return refusal('BadNonce', { ...data, expected: Number(next) });
    if (nonce > next + CHAINING_MAX) {
      return refusal('TooMuchChaining', { ...data, expected: Number(next + CHAINING_MAX), message: 'Nonce would exceed chaining limit in mempool' });
    }
  }
  return null;
}

// Who pays needs the fee; who transfers, what it transfers, and the fee where it pays it itself.
function refusalOfFunds(tx, chain) {
  const amount = tx.kind === 'token_transfer' ? tx.amount : 0n;
  const lacks = (who, needed) => {
    const owned = chain.stxOf(who);
    return owned < needed ? refusal('NotEnoughFunds', { expected: hex128(needed), actual: hex128(owned) }) : null;
  };
  return tx.sponsored ? lacks(tx.payer, tx.fee) ?? lacks(tx.sender, amount) : lacks(tx.sender, tx.fee + amount);
}

function refusalOfPayload(tx, chain) {
  switch (tx.kind) {
    case 'contract_call': return refusalOfCall(tx, chain);
    case 'token_transfer': return refusalOfTransfer(tx);
    case 'smart_contract': return refusalOfContract(tx, chain);
    default: return refusal('ServerFailureOther', { message: 'this devnet takes contract calls, STX transfers and contracts of Clarity 3' });
  }
}

function refusalOfTransfer(tx) {
  if (tx.recipient === tx.sender) return refusal('TransferRecipientCannotEqualSender', { recipient: tx.recipient });
  if (tx.amount <= 0n) return refusal('TransferAmountMustBePositive');
  return /^S[TN]/.test(tx.recipient) ? null : refusal('BadAddressVersionByte');
}

function refusalOfContract(tx, chain) {
  if (tx.clarityVersion !== CLARITY) return refusal('ServerFailureOther', { message: `this devnet takes contracts of Clarity ${CLARITY}` });
  return chain.interfaceOf(tx.contract) ? refusal('ContractAlreadyExists', { contract_identifier: tx.contract }) : null;
}

function refusalOfCall(tx, chain) {
  const contract = chain.interfaceOf(tx.contract);
  if (!contract) return refusal('NoSuchContract');
  const wanted = contract.functions.find(({ name, access }) => name === tx.fn && access === 'public');
  if (!wanted) return refusal('NoSuchPublicFunction');
  const bad = (message) => refusal('BadFunctionArgument', { message });
  if (tx.args.length !== wanted.args.length) return bad(`expecting ${wanted.args.length} arguments, got ${tx.args.length}`);
  const wrong = wanted.args.find(({ type }, i) => !fits(type, Cl.deserialize(tx.args[i]), (id) => chain.interfaceOf(id) !== undefined));
  return wrong ? bad(`expecting expression of type '${describe(wrong.type)}' for '${wrong.name}'`) : null;
}

// A higher fee replaces; anything else with the same nonce conflicts. What a block is executing cannot be replaced.
function refusalOfConflict(tx, chain) {
  const waiting = tx.uses.map(([account, nonce]) => chain.mempool.at(account, nonce)).filter(Boolean);
  return waiting.some((other) => tx.fee <= other.fee || chain.isExecuting(other)) ? refusal('ConflictingNonceInMempool') : null;
}
