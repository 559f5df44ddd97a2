// Transactions that wait. Gaps are kept: a transaction is ready only when each nonce that it uses is the account's next, the origin's and the
// sponsor's. One nonce of an account is used by one transaction, whichever of the two the account is.
export class Mempool {
  #byAccount = new Map();
  #byId = new Map();

  get size() { return this.#byId.size; }
  has(txid) { return this.#byId.has(txid); }
  get(txid) { return this.#byId.get(txid); }
  at(account, nonce) { return this.#byAccount.get(account)?.get(nonce); }
  noncesOf(account) { return [...(this.#byAccount.get(account)?.keys() ?? [])].sort((a, b) => Number(a - b)); }
  all() { return [...this.#byId.values()]; }

  /** Adds, and returns those that it replaced. */
  add(tx) {
    const replaced = [...new Set(tx.uses.map(([account, nonce]) => this.at(account, nonce)).filter(Boolean))];
    replaced.forEach((old) => this.remove(old));
    for (const [account, nonce] of tx.uses) {
      const mine = this.#byAccount.get(account) ?? new Map();
      mine.set(nonce, tx);
      this.#byAccount.set(account, mine);
    }
    this.#byId.set(tx.txid, tx);
    return replaced;
  }

  remove({ txid }) {
    const tx = this.#byId.get(txid);
    if (!this.#byId.delete(txid)) return;
    for (const [account, nonce] of tx.uses) {
      const mine = this.#byAccount.get(account);
      mine.delete(nonce);
      if (mine.size === 0) this.#byAccount.delete(account);
    }
  }

  /** Yields what a block takes: the best fee first, an account's own transactions in the order of their nonces. */
  *candidates(nonceOf) {
    const heads = new Heads();
    const seen = new Set();
    const push = (tx) => {
      if (!tx || seen.has(tx) || tx.uses.some(([account, nonce]) => nonceOf(account) !== nonce)) return;
      seen.add(tx);
      heads.push(tx);
    };
    for (const [account, mine] of this.#byAccount) push(mine.get(nonceOf(account)));
    for (let tx = heads.pop(); tx; tx = heads.pop()) {
      const mined = yield tx;
      if (mined) for (const [account, nonce] of tx.uses) push(this.at(account, nonce + 1n));
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
