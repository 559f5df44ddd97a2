// Transactions that wait. Gaps are kept: a transaction is ready only when its nonce is the account's next.
export class Mempool {
  #bySender = new Map();
  #byId = new Map();

  get size() { return this.#byId.size; }
  has(txid) { return this.#byId.has(txid); }
  get(txid) { return this.#byId.get(txid); }
  at(sender, nonce) { return this.#bySender.get(sender)?.get(nonce); }
  noncesOf(sender) { return [...(this.#bySender.get(sender)?.keys() ?? [])].sort((a, b) => Number(a - b)); }
  all() { return [...this.#byId.values()]; }

  /** Adds, and returns the transaction it replaced, if any. */
  add(tx) {
    const mine = this.#bySender.get(tx.sender) ?? new Map();
    const replaced = mine.get(tx.nonce);
    if (replaced) this.#byId.delete(replaced.txid);
    mine.set(tx.nonce, tx);
    this.#bySender.set(tx.sender, mine);
    this.#byId.set(tx.txid, tx);
    return replaced;
  }

  remove(tx) {
    if (!this.#byId.delete(tx.txid)) return;
    const mine = this.#bySender.get(tx.sender);
    mine.delete(tx.nonce);
    if (mine.size === 0) this.#bySender.delete(tx.sender);
  }

  /** Yields what a block takes: the best fee first, an account's own transactions in the order of their nonces. */
  *candidates(nonceOf) {
    const heads = new Heads();
    for (const [sender, mine] of this.#bySender) {
      const tx = mine.get(nonceOf(sender));
      if (tx) heads.push(tx);
    }
    for (let tx = heads.pop(); tx; tx = heads.pop()) {
      const mined = yield tx;
      const next = mined ? this.at(tx.sender, tx.nonce + 1n) : undefined;
      if (next) heads.push(next);
    }
  }
}

// A binary heap, so that choosing stays cheap with many accounts.
class Heads {
  #items = [];

  push(tx) {
    const items = this.#items;
    let i = items.push(tx) - 1;
    while (i > 0 && better(items[i], items[(i - 1) >> 1])) i = swap(items, i, (i - 1) >> 1);
  }

  pop() {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0) return top;
    items[0] = last;
    for (let i = 0; ;) {
      let best = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < items.length && better(items[child], items[best])) best = child;
      if (best === i) return top;
      i = swap(items, i, best);
    }
  }
}

const better = (a, b) => a.feeRate > b.feeRate || (a.feeRate === b.feeRate && a.order < b.order);
function swap(items, i, j) {
  [items[i], items[j]] = [items[j], items[i]];
  return j;
}
