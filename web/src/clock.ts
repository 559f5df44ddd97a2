/** What GET /simulator/clock says: the service's time, how many times as fast as real time it runs, and the change that comes. */
export interface ToldClock {
  readonly time: string;
  readonly pace: number;
  readonly paceMax: number;
  readonly realTime: string;
  readonly next?: { readonly pace: number; readonly inMs: number } | null;
}

/** The service's time. On a play chain it may run faster than the browser's; elsewhere it is the browser's. */
class ServiceClock {
  #told: ToldClock | undefined;
  #heardAt = 0;

  /** Takes what the service said just now. */
  hear(told: ToldClock): void {
    [this.#told, this.#heardAt] = [told, performance.now()];
  }

  /** The service's time, in milliseconds since 1970. */
  now(): number {
    const told = this.#told;
    if (!told) return Date.now();
    const since = performance.now() - this.#heardAt;
    const before = Math.min(since, told.next?.inMs ?? since);
    return Date.parse(told.time) + before * told.pace + (since - before) * (told.next?.pace ?? 1);
  }

  /** How fast it runs now. */
  get pace(): number {
    const { next, pace } = this.#told ?? { pace: 1 };
    return next && performance.now() - this.#heardAt >= next.inMs ? next.pace : pace;
  }

  /** How fast it may be made to run. */
  get paceMax(): number {
    return this.#told?.paceMax ?? 1;
  }

  /** The change that is still to come: to which pace, and in how many milliseconds. */
  get next(): { readonly pace: number; readonly inMs: number } | undefined {
    const inMs = (this.#told?.next?.inMs ?? 0) - (performance.now() - this.#heardAt);
    return this.#told?.next && inMs > 0 ? { pace: this.#told.next.pace, inMs } : undefined;
  }

  /** How far it is ahead of everybody else's. */
  get ahead(): number {
    return this.#told ? Date.parse(this.#told.time) - Date.parse(this.#told.realTime) : 0;
  }
}

export const clock = new ServiceClock();

/** How long something takes, in the largest unit that says enough. */
export function spanText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  for (const [unit, length] of [["days", 86_400], ["hours", 3_600], ["minutes", 60]] as const) if (seconds >= 2 * length) return `${Math.round(seconds / length)} ${unit}`;
  return `${seconds} s`;
}
