// The chain: its blocks, the transactions in them and those that wait.
import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { Cl } from '@stacks/transactions';
import { refusalOf } from './admission.mjs';
import { deployer } from './accounts.mjs';
import { hexOf, uintOf } from './clarity.mjs';
import { Executor } from './executor.mjs';
import { History } from './history.mjs';
import { Mempool } from './mempool.mjs';
import { lensId } from './venue.mjs';

// Receipts older than this lose their events, so that long runs fit into memory.
const EVENTS_KEPT = 20_000;
const CONTROL = 'control';

export class Chain {
  #vm;
  #executor;
  #history;
  #nonces = new Map();
  #executing = new Set();
  #withEvents = [];
  #turn = Promise.resolve();
  #onBug;
  #order = 0;
  #forks = 0;
  blocks = [];
  records = new Map();
  mempool = new Mempool();
  version = 0;

  constructor(vm, { blockTransactionsMax, onBug }) {
    this.#vm = vm;
    this.#history = new History(vm);
    this.#executor = new Executor(vm, this.#history);
    this.blockTransactionsMax = blockTransactionsMax;
    this.#onBug = onBug;
    this.#close([]);
  }

  get tip() { return this.blocks.at(-1); }
  nonceOf(address) { return this.#nonces.get(address) ?? 0n; }
  stxOf(principal) { return uintOf(this.#vm.read(lensId, 'stx-of', [hexOf(Cl.principal(principal))], deployer.address)); }
  signerOf(hash, rsv) {
    const { type, value } = Cl.deserialize(this.#vm.read(lensId, 'signer-of', [Cl.buffer(hash), Cl.buffer(rsv)].map(Cl.serialize), deployer.address));
    return type === 'ok' ? value.value : null;
  }

  sourceOf(contract) { return this.#vm.sourceOf(contract); }
  interfaceOf(contract) { return this.#vm.interfaceOf(contract); }
  isExecuting(tx) { return this.#executing.has(tx.txid); }
  read(contract, fn, args, sender) { return this.#vm.read(contract, fn, args, sender); }
  blockAt(height) { return this.blocks[height - this.blocks[0].height]; }
  minedBy(account) { return this.blocks.flatMap(({ records }) => records.filter(({ tx }) => tx.uses.some(([who]) => who === account))); }

  /** Takes a transaction, or answers the node's refusal. The same bytes again are taken again. */
  submit(tx) {
    if (this.mempool.has(tx.txid)) return null;
    const refusal = refusalOf(tx, this);
    if (refusal) return refusal;
    this.#wait(tx);
    return null;
  }

  drop(txid, status) {
    const record = this.records.get(txid);
    if (!record || !this.mempool.has(txid) || this.#executing.has(txid)) return false;
    this.mempool.remove(record.tx);
    record.dropped = status;
    return true;
  }

  /** Mines one block. What it did is seen when it is complete; a failure inside leaves half a block, so it ends the devnet. */
  mine() {
    return this.#exclusively(() => this.#mineBlock().catch((bug) => this.#onBug(bug)));
  }

  // In slices of one transaction, so that requests are answered meanwhile.
  async #mineBlock() {
    const receipts = [];
    const nonces = new Map();
    const candidates = this.mempool.candidates((sender) => nonces.get(sender) ?? this.nonceOf(sender));
    for (let next = candidates.next(); !next.done && receipts.length < this.blockTransactionsMax;) {
      const tx = next.value;
      const receipt = this.mempool.has(tx.txid) ? this.#execute(tx) : null;
      if (receipt) {
        receipts.push({ tx, ...receipt });
        for (const [account, nonce] of tx.uses) nonces.set(account, nonce + 1n);
      }
      await breathe();
      next = candidates.next(receipt !== null);
    }
    for (const [sender, nonce] of nonces) this.#nonces.set(sender, nonce);
    return this.#close(receipts);
  }

  #execute(tx) {
    this.version += 1;
    const receipt = this.#executor.execute(tx, () => this.stxOf(tx.sender));
    if (receipt) this.#executing.add(tx.txid);
    return receipt;
  }

  /** Something done to the chain by a control; it is done again after a reorganisation that took it back. */
  control(action) {
    return this.#exclusively(() => {
      this.version += 1;
      return action({
        call: (contract, fn, args, sender) => this.#history.call(contract, fn, args, sender, CONTROL),
        mint: (recipient, amount) => this.#history.mint(recipient, amount, CONTROL),
      });
    });
  }

  /** Orphans the last blocks. Their transactions wait again, but for those to drop. */
  reorganise(depth, drop = []) {
    return this.#exclusively(() => {
      if (depth < 1 || depth >= this.blocks.length) throw new RangeError(`blocks must be 1 to ${this.blocks.length - 1}`);
      const orphans = this.blocks.splice(-depth).flatMap(({ records }) => records);
      const removed = this.#history.rewind(this.tip.mark);
      this.#forks += 1;
      this.version += 1;
      for (const record of orphans.reverse()) {
        for (const [account, nonce] of record.tx.uses) this.#nonces.set(account, nonce);
        record.canonical = false;
      }
      for (const op of removed) if (op.tag === CONTROL) this.#history.again(op);
      const again = orphans.reverse().filter(({ tx }) => !drop.includes(tx.txid));
      for (const { tx } of again) this.mempool.add(tx);
      return { height: this.tip.height, orphaned: orphans.map(({ tx }) => tx.txid), waiting: again.map(({ tx }) => tx.txid) };
    });
  }

  #wait(tx) {
    tx.order = this.#order++;
    for (const replaced of this.mempool.add(tx)) {
      Object.assign(this.records.get(replaced.txid), { dropped: 'dropped_replace_by_fee', replacedBy: tx.txid });
    }
    this.records.set(tx.txid, { tx, receivedAt: Date.now(), canonical: true, block: null, dropped: null });
  }

  #close(receipts) {
    const height = (this.blocks.at(-1)?.height ?? 0) + 1;
    const parent = this.blocks.at(-1);
    const hash = createHash('sha256').update(`${height} ${this.#forks} ${parent?.hash ?? ''}`).digest('hex');
    const block = { height, hash: `0x${hash}`, parentHash: parent?.hash ?? `0x${'00'.repeat(32)}`, time: Math.floor(Date.now() / 1000) };
    block.records = receipts.map(({ tx, ...receipt }, index) => this.#mined(tx, receipt, block, index));
    block.mark = this.#history.mark;
    this.blocks.push(block);
    this.#executing.clear();
    return block;
  }

  #mined(tx, receipt, block, index) {
    this.mempool.remove(tx);
    const record = this.records.get(tx.txid);
    Object.assign(record, receipt, { block, index, canonical: true, dropped: null });
    this.#withEvents.push(record);
    if (this.#withEvents.length > 2 * EVENTS_KEPT) {
      for (const old of this.#withEvents.splice(0, EVENTS_KEPT)) old.events = '[]';
    }
    return record;
  }

  // Blocks, controls and reorganisations change the VM one after the other.
  #exclusively(action) {
    const turn = this.#turn.then(action);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
