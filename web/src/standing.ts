/** What the operator's listener tells of the service: GET /operator/state. Amounts are base units of STX, as text. */

export interface Count { readonly name: string; readonly count: number }
export interface Told { readonly check: string; readonly text: string | null }
export interface Payer {
  readonly address: string; readonly balance: string | null; readonly transactionsLeft: string | null; readonly next: number | null; readonly signed: number | null;
  readonly inFlight: number; readonly free: number; readonly doubted: number | null; readonly restsFor: string | null; readonly restsUntil: string | null;
}
export interface Prices {
  readonly lastPoll: string | null;
  readonly sources: readonly { readonly name: string; readonly lastSuccess: string | null; readonly lastError: string | null; readonly lastErrorAt: string | null }[];
  readonly tokens: readonly { readonly token: string; readonly at: string; readonly isUsable: boolean; readonly sources: string }[];
  readonly rejected: readonly { readonly token: string; readonly source: string; readonly reason: string; readonly detail: string | null }[];
}
export interface Standing {
  readonly at: string; readonly venue: string;
  readonly paused: { readonly since: string; readonly why: string | null } | null;
  readonly orders: readonly Count[];
  readonly due: { readonly oldestMs: number; readonly queued: number; readonly held: number; readonly inFlight: number; readonly reasons: readonly Count[] };
  readonly payers: readonly Payer[];
  readonly fees: { readonly spent: string; readonly left: string | null; readonly leftWithoutKey: string | null } | null;
  readonly prices: Prices;
  readonly workers: readonly { readonly name: string; readonly msSinceBeat: number; readonly isLate: boolean }[];
  readonly failures: readonly { readonly at: string; readonly order: string | null; readonly kind: string; readonly reason: string | null; readonly txid: string | null }[];
  readonly faults: readonly { readonly at: string; readonly name: string }[];
}
export interface State { readonly ready: boolean; readonly failing: readonly Told[]; readonly warnings: readonly Told[]; readonly standing: Standing }
