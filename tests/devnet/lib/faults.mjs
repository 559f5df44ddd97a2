// Rules that make the node misbehave. The first rule that matches and draws its lot is applied.
const MATCHES = ['broadcast', 'tx', 'call-read', 'accounts', 'info', 'fees', 'vaults', 'prices', 'all'];
const KINDS = ['drop', 'delay', 'duplicate', 'reject', 'timeout', 'error', 'lose'];
const BROADCAST_ONLY = ['drop', 'duplicate', 'reject', 'lose'];

export class Faults {
  #rules = [];
  #random;

  constructor(seed) {
    this.#random = randomOf(seed);
  }

  get rules() { return this.#rules; }
  clear() { this.#rules = []; }

  set(rules) {
    if (!Array.isArray(rules)) throw new RangeError('rules must be a list');
    this.#rules = rules.map((rule) => {
      const made = { probability: 1, ...rule, count: rule.count ?? null, hits: 0 };
      if (!MATCHES.includes(made.match)) throw new RangeError(`match must be one of ${MATCHES}`);
      if (!KINDS.includes(made.kind)) throw new RangeError(`kind must be one of ${KINDS}`);
      if (BROADCAST_ONLY.includes(made.kind) && !['broadcast', 'all'].includes(made.match)) throw new RangeError(`${made.kind} is for broadcast`);
      if (!(made.probability >= 0 && made.probability <= 1)) throw new RangeError('probability must be 0 to 1');
      return made;
    });
  }

  /** The rule that strikes a request of this kind, if any. */
  strike(what) {
    const rule = this.#rules.find(({ match, kind, probability, count, hits }) =>
      (match === what || (match === 'all' && (what === 'broadcast' || !BROADCAST_ONLY.includes(kind))))
      && (count === null || hits < count) && this.#random() < probability);
    if (rule) rule.hits += 1;
    return rule;
  }
}

// mulberry32: small, and the same seed gives the same faults.
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
