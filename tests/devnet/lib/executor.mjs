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
const success = ({ result, events }) => ({ status: 'success', result, events });
const aborted = (status, result, vmError = null) => ({ status, result, events: NO_EVENTS, vmError });
export const eventsOf = (text) => JSON.parse(text).map((event) => JSON.parse(event));

export class Executor {
  #vm;
  #history;

  constructor(vm, history) {
    this.#vm = vm;
    this.#history = history;
  }

  /** The receipt of the transaction, or null when its sender cannot pay: then it stays out of the block. */
  execute(tx, funds) {
    if (funds < tx.fee + (tx.kind === 'token_transfer' ? tx.amount : 0n)) return null;
    this.#history.transfer(tx.fee, feeSink, tx.sender);
    if (tx.kind === 'token_transfer') {
      const { result, events } = this.#history.transfer(tx.amount, tx.recipient, tx.sender);
      return { status: 'success', result: result === '0x03' ? OK_TRUE : result, events };
    }
    try {
      return this.#call(tx);
    } catch (failure) {
      if (!(failure instanceof VmFailure)) throw failure;
      return aborted('abort_by_response', ERR_NONE, failure.message.split('\n')[0].slice(0, 500));
    }
  }

  #call(tx) {
    if (!tx.guarded) return this.#judge(this.#run(tx));
    if (tx.swap) return this.#swap(tx);
    const response = this.#history.attempt(() => this.#run(tx), (outcome) => this.#stands(tx, outcome));
    return !readResponse(response.result).ok || this.#stands(tx, response)
      ? this.#judge(response) : aborted('abort_by_post_condition', response.result);
  }

  // The VM cannot take a successful call back, so the swap is first run where it always fails, and judged from what it answers.
  #swap(tx) {
    const dry = this.#vm.call(guardId, `dry-${tx.fn}`, tx.args, tx.sender);
    const result = `0x${dry.result.slice(4)}`;
    const predicted = sentBySwap(tx.swap, hopsOf(Cl.deserialize(result).value));
    if (!permits(tx, predicted)) return aborted('abort_by_post_condition', result);
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

  #stands(tx, { result, events }) {
    return !readResponse(result).ok || permits(tx, sentIn(eventsOf(events)));
  }

  #judge(response) {
    return readResponse(response.result).ok ? success(response) : aborted('abort_by_response', response.result);
  }
}
