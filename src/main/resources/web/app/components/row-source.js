/**
 * The rows of a long list of the API, read page by page as they come into view. What follows a page that is there is read
 * by its cursor; what lies far from it by its position, where the list can be looked into so.
 */
const PAGE = 100;
const AT_ONCE = 2;

/** @typedef {{cursor: string | null, offset: number, limit: number, signal: AbortSignal}} Wanted */

export class RowSource {
  /**
   * @param {(wanted: Wanted) => Promise<{items: any[], nextCursor: string | null}>} read
   * @param {{total?: number | null, jumps?: boolean}} [options] total: how many rows there are, where it is known; jumps: whether `read` takes an offset
   */
  constructor(read, { total = null, jumps = false } = {}) {
    this.read = read;
    this.jumps = jumps;
    this.total = total;
    /** @type {Map<number, {rows: any[], nextCursor: string | null, stale: boolean}>} */
    this.pages = new Map();
    this.end = null;
    this.reading = new Map();
    this.wanted = [];
    this.problem = null;
    this.listeners = new Set();
  }

  /** How many rows the list has as far as is known; one page more than was read while nobody knows. */
  get length() {
    if (this.end !== null) {
      return this.end;
    }
    if (this.total !== null) {
      return this.total;
    }
    const read = this.readSoFar;
    return read + (this.pages.size === 0 ? 12 : PAGE);
  }

  /** Whether `length` is what it says. */
  get isExact() {
    return this.end !== null || this.total !== null;
  }

  /** How many rows from the first on were read without a gap. */
  get readSoFar() {
    let page = 0;
    let rows = 0;
    while (this.pages.has(page)) {
      rows += this.pages.get(page).rows.length;
      page += 1;
    }
    return rows;
  }

  get isEmpty() {
    return this.pages.get(0)?.rows.length === 0;
  }

  /** @returns {any} the row, undefined while it was not read */
  row(index) {
    return this.pages.get(Math.floor(index / PAGE))?.rows[index % PAGE];
  }

  /** These rows are in view: what is missing of them is read, what has grown old is read anew. */
  want(first, last) {
    this.wanted = [];
    for (let page = Math.floor(Math.max(0, first) / PAGE); page <= Math.floor(Math.max(0, last) / PAGE); page += 1) {
      this.wanted.push(page);
    }
    this.go();
  }

  /** Something may have changed: what is in view is read anew, the rest when it comes into view. Old rows stay until then. */
  refresh(total = this.total) {
    this.total = total;
    if (total !== null) {
      this.end = null;
    }
    this.pages.forEach((page) => (page.stale = true));
    this.tell();
    this.go();
  }

  /** Tries again what was refused. */
  again() {
    this.problem = null;
    this.tell();
    this.go();
  }

  /** @param {() => void} listener called when rows were read, or could not be */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  stop() {
    this.reading.forEach((abort) => abort.abort());
    this.reading.clear();
  }

  go() {
    if (this.problem !== null) {
      return;
    }
    // Whoever drags the scroll bar passes pages that nobody waits for any more.
    this.reading.forEach((abort, page) => {
      if (!this.wanted.includes(page) && this.jumps) {
        abort.abort();
        this.reading.delete(page);
      }
    });
    for (const page of this.wanted) {
      const next = this.jumps ? page : this.firstMissingUpTo(page);
      const there = this.pages.get(next);
      if (this.reading.size >= AT_ONCE) {
        return;
      }
      if ((!there || there.stale) && !this.reading.has(next) && (this.end === null || next * PAGE < Math.max(this.end, 1))) {
        void this.readPage(next);
      }
    }
  }

  /** By cursors alone a page can be read only after the one before it. */
  firstMissingUpTo(page) {
    for (let each = 0; each < page; each += 1) {
      if (!this.pages.has(each)) {
        return each;
      }
    }
    return page;
  }

  async readPage(page) {
    const abort = new AbortController();
    this.reading.set(page, abort);
    const before = this.pages.get(page - 1);
    const cursor = page > 0 ? (before?.nextCursor ?? null) : null;
    if (page > 0 && cursor === null && !this.jumps) {
      this.reading.delete(page);
      return;
    }
    try {
      const found = await this.read({ cursor, offset: cursor === null ? page * PAGE : 0, limit: PAGE, signal: abort.signal });
      if (abort.signal.aborted) {
        return;
      }
      const old = this.pages.get(page);
      const after = this.pages.get(page + 1);
      if (old && after && old.nextCursor !== found.nextCursor) {
        // Rows have moved over the edge between the two.
        after.stale = true;
      }
      this.pages.set(page, { rows: found.items, nextCursor: found.nextCursor, stale: false });
      if (found.nextCursor === null && (found.items.length > 0 || page === 0)) {
        this.end = page * PAGE + found.items.length;
        this.pages.forEach((each, number) => number > page && this.pages.delete(number));
      } else if (found.items.length === 0) {
        // The list has become shorter than this.
        this.end = Math.min(this.end ?? Infinity, page * PAGE);
      } else if (this.end !== null && page * PAGE + found.items.length >= this.end) {
        // It has become longer.
        this.end = null;
      }
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      this.problem = error;
    } finally {
      if (this.reading.get(page) === abort) {
        this.reading.delete(page);
      }
    }
    this.tell();
    this.go();
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }
}
