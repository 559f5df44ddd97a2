// Everything that ever changed the VM, in order, so that it can be taken back and done again.
import { readResponse } from './clarity.mjs';

// Taking a checkpoint costs what a few swaps cost, and going back replays half of these operations on average.
const OPS_PER_CHECKPOINT = 100;
const CHECKPOINTS_KEPT = 24;

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

  deploy(name, source, sender) {
    const response = this.#vm.deploy(name, source, sender);
    this.#remember({ kind: 'deploy', name, source, sender });
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

  #replay(op) {
    try {
      if (op.kind === 'mint') return this.#vm.mint(op.recipient, op.amount);
      if (op.kind === 'deploy') return this.#vm.deploy(op.name, op.source, op.sender);
      const { result } = op.kind === 'transfer'
        ? this.#vm.transfer(op.amount, op.recipient, op.sender) : this.#vm.call(op.contract, op.fn, op.args, op.sender);
      if (readResponse(result).ok) return undefined;
      throw new Error(result);
    } catch (failure) {
      throw new DevnetBug(`the replay of ${op.fn ?? op.name ?? 'a transfer'} by ${op.sender} came to ${failure.message}`);
    }
  }

  #remember(op) {
    this.#ops.push(op);
    if (this.mark - this.#checkpoints.at(-1).mark < OPS_PER_CHECKPOINT) return;
    this.#checkpoints.push({ mark: this.mark, memory: this.#vm.checkpoint() });
    if (this.#checkpoints.length > CHECKPOINTS_KEPT) this.#thin();
  }

  // The distances between checkpoints grow with their age, so going back costs no more than a part of what is taken back.
  // The first one stays, so that every depth can be reached.
  #thin() {
    const gap = (i) => (this.#checkpoints[i + 1].mark - this.#checkpoints[i - 1].mark) / (this.mark - this.#checkpoints[i].mark);
    let dispensable = 1;
    for (let i = 2; i < this.#checkpoints.length - 1; i += 1) if (gap(i) < gap(dispensable)) dispensable = i;
    this.#checkpoints.splice(dispensable, 1);
  }
}
