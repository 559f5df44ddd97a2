// Mines a block at every tick, and never two at once.
import { setTimeout as sleep } from 'node:timers/promises';

export class Miner {
  #chain;
  #blockMs = 0;
  #generation = 0;
  #onFailure;

  constructor(chain, onFailure) {
    this.#chain = chain;
    this.#onFailure = onFailure;
  }

  get blockMs() { return this.#blockMs; }

  /** 0 stops the clock; blocks then come by control alone. */
  setPace(blockMs) {
    this.#blockMs = blockMs;
    this.#generation += 1;
    if (blockMs > 0) this.#run(this.#generation).catch(this.#onFailure);
  }

  async #run(generation) {
    let next = performance.now() + this.#blockMs;
    for (;;) {
      await sleep(Math.max(0, next - performance.now()), undefined, { ref: false });
      if (generation !== this.#generation) return;
      await this.#chain.mine();
      next = Math.max(next + this.#blockMs, performance.now());
    }
  }
}
