// Everything that ever changed the VM, in order, so that it can be taken back and done again.
import { readResponse } from './clarity.mjs';

const OPS_PER_CHECKPOINT = 1000;
const CHECKPOINTS_KEPT = 2;

/** The devnet contradicts itself: nothing it says afterwards can be trusted. */
export class DevnetBug extends Error {}

export class History {
  #vm;
  #ops = [];
  #checkpoints;

  constructor(vm) {
    this.#vm = vm;
    this.#checkpoints = [{ mark: 0, memory: vm.checkpoint() }];
  }

  get mark() { return this.#ops.length; }

  /** Runs a call and remembers it if it changed something. */
  call(contract, fn, args, sender, tag) {
    const response = this.#vm.call(contract, fn, args, sender);
    if (readResponse(response.result).ok) this.#remember({ kind: 'call', contract, fn, args, sender, tag });
    return response;
  }

  transfer(amount, recipient, sender, tag) {
    const response = this.#vm.transfer(amount, recipient, sender);
    if (readResponse(response.result).ok) this.#remember({ kind: 'transfer', amount, recipient, sender, tag });
    return response;
  }

  mint(recipient, amount, tag) {
    this.#vm.mint(recipient, amount);
    this.#remember({ kind: 'mint', recipient, amount, tag });
  }

  /** Takes everything after the mark back, and returns it. */
  rewind(mark) {
    const removed = this.#ops.splice(mark);
    while (this.#checkpoints.at(-1).mark > mark) this.#checkpoints.pop();
    const { mark: from, memory } = this.#checkpoints.at(-1);
    this.#vm.restore(memory);
    for (const op of this.#ops.slice(from)) this.#replay(op);
    return removed;
  }

  /** Does again what was taken back; it may fail now, since other things happened. */
  again(op) {
    try {
      if (op.kind === 'mint') this.mint(op.recipient, op.amount, op.tag);
      else if (op.kind === 'transfer') this.transfer(op.amount, op.recipient, op.sender, op.tag);
      else this.call(op.contract, op.fn, op.args, op.sender, op.tag);
    } catch (failure) {
      process.stderr.write(`a control was lost in a reorganisation: ${failure.message}\n`);
    }
  }

  /** Runs an action whose effect the caller may still refuse by answering false. */
  attempt(action, keeps) {
    const { mark } = this;
    const memory = this.#vm.checkpoint();
    const outcome = action();
    if (keeps(outcome)) return outcome;
    this.#vm.restore(memory);
    this.#ops.length = mark;
    return outcome;
  }

  #replay(op) {
    if (op.kind === 'mint') return this.#vm.mint(op.recipient, op.amount);
    const { result } = op.kind === 'transfer'
      ? this.#vm.transfer(op.amount, op.recipient, op.sender) : this.#vm.call(op.contract, op.fn, op.args, op.sender);
    if (!readResponse(result).ok) throw new DevnetBug(`replay of ${op.contract ?? 'a transfer'} gave ${result}`);
    return undefined;
  }

  // The first checkpoint stays, so that every depth can be reached; the newest make shallow depths fast.
  #remember(op) {
    this.#ops.push(op);
    if (this.mark - this.#checkpoints.at(-1).mark < OPS_PER_CHECKPOINT) return;
    this.#checkpoints.push({ mark: this.mark, memory: this.#vm.checkpoint() });
    if (this.#checkpoints.length > 1 + CHECKPOINTS_KEPT) this.#checkpoints.splice(1, 1);
  }
}
