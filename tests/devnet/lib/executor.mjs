// Runs one transaction on the VM: the fee, the call, and the judgement of its post-conditions.
import { Cl } from '@stacks/transactions';
import { feeSink } from './accounts.mjs';
import { ERR_NONE, hopsOf, readResponse } from './clarity.mjs';
import { DevnetBug } from './history.mjs';
import { permits, sentIn } from './postconditions.mjs';
import { sentBySwap } from './swap.mjs';
import { guardId } from './venue.mjs';
import { VmFailure } from './vm.mjs';

const NO_EVENTS = '[]';
const OK_TRUE = '0x0703';
const CAUTION_SWAPS = 100;
const success = ({ result, events }) => ({ status: 'success', result, events });
const aborted = (status, result, vmError = null) => ({ status, result, events: NO_EVENTS, vmError });
export const eventsOf = (text) => JSON.parse(text).map((event) => JSON.parse(event));

export class Executor {
  #vm;
  #history;
  #caution = 0;

  constructor(vm, history) {
    this.#vm = vm;
    this.#history = history;
  }

  /** The receipt of the transaction, or null when who pays or transfers cannot: then it stays out of the block. */
  execute(tx, funds) {
    if (tx.kind === 'token_transfer' && funds() < tx.amount + (tx.sponsored ? 0n : tx.fee)) return null;
    if (!readResponse(this.#history.transfer(tx.fee, feeSink, tx.payer).result).ok) return null;
    if (tx.kind === 'token_transfer') {
      return { status: 'success', result: OK_TRUE, events: this.#history.transfer(tx.amount, tx.recipient, tx.sender).events };
    }
    try {
      if (tx.kind === 'smart_contract') return success({ result: OK_TRUE, events: this.#history.deploy(tx.contractName, tx.source, tx.sender).events || NO_EVENTS });
      return tx.swap && tx.guarded && this.#caution > 0 ? this.#foresee(tx) : this.#call(tx);
    } catch (failure) {
      if (!(failure instanceof VmFailure)) throw failure;
      return aborted('abort_by_response', ERR_NONE, failure.message.split('\n')[0].slice(0, 500));
    }
  }

  // The VM cannot take a successful call back, so after a violation everything since the last checkpoint is done again without it.
  #call(tx) {
    const { mark } = this.#history;
    const response = this.#run(tx);
    if (!readResponse(response.result).ok) return aborted('abort_by_response', response.result);
    if (!tx.guarded || permits(tx, sentIn(eventsOf(response.events)))) return success(response);
    this.#history.rewind(mark);
    this.#caution = CAUTION_SWAPS;
    return aborted('abort_by_post_condition', response.result);
  }

  // Violations seldom come alone. For a while each swap is first run where it always fails, and judged from what it answers:
  // slower than a swap that stands, much faster than taking one back.
  #foresee(tx) {
    this.#caution -= 1;
    const dry = this.#vm.call(guardId, `dry-${tx.fn}`, tx.args, tx.sender);
    const result = `0x${dry.result.slice(4)}`;
    const predicted = sentBySwap(tx.swap, hopsOf(Cl.deserialize(result).value));
    if (!permits(tx, predicted)) {
      this.#caution = CAUTION_SWAPS;
      return aborted('abort_by_post_condition', result);
    }
    const real = this.#run(tx);
    const moved = sentIn(eventsOf(real.events));
    if (real.result !== result || moved.toString() !== predicted.toString()) {
      throw new DevnetBug(`${tx.txid} was predicted as\n${predicted}\nand moved\n${moved}`);
    }
    return success(real);
  }

  #run(tx) {
    return this.#history.call(tx.contract, tx.fn, tx.args, tx.sender);
  }
}
