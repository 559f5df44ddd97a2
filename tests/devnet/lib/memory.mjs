// Snapshots of the VM's linear memory, page by page: pages that did not change are shared with the snapshot before.
const PAGE = 16 * 1024;

export class Memory {
  #memory;
  #last = [];

  constructor(memory) {
    this.#memory = memory;
  }

  take() {
    const bytes = Buffer.from(this.#memory.buffer);
    const pages = Array.from({ length: bytes.length / PAGE }, (_, i) => {
      const page = bytes.subarray(i * PAGE, (i + 1) * PAGE);
      return this.#last[i]?.equals(page) ? this.#last[i] : Buffer.from(Uint8Array.from(page).buffer);
    });
    this.#last = pages;
    return pages;
  }

  // Memory never shrinks; what was allocated after the snapshot is garbage to the allocator of the restored state.
  restore(pages) {
    const bytes = Buffer.from(this.#memory.buffer);
    pages.forEach((page, i) => page.copy(bytes, i * PAGE));
    this.#last = pages;
  }
}
