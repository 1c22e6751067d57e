import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Element } from "./element.js";

/** Rows beyond the window that are there already when it is scrolled. */
const AHEAD = 8;
/** Browsers make no element higher than some millions of pixels. */
const HIGHEST = 12_000_000;

/**
 * A table of any length that scrolls with the page: only the rows in view are elements. Every row is as high as
 * `--row-height` says. Arrow keys, Page up and down, Home and End go from row to row, by what has `data-row-focus` in it.
 */
class VirtualList extends Element {
  static properties = {
    /** @type {import("./row-source.js").RowSource} */
    source: { attribute: false },
    /** `[{title, name, end}]`: name is the class of the cell, end puts figures at the right. */
    columns: { attribute: false },
    /** Makes a cell: `(column, row, index) => template`. */
    cell: { attribute: false },
    /** What the rows are, for whoever cannot see it. */
    label: { type: String },
    first: { state: true },
    last: { state: true },
  };

  constructor() {
    super();
    this.source = null;
    this.columns = [];
    this.cell = () => nothing;
    this.label = "";
    this.first = 0;
    this.last = 15;
    this.rowHeight = 72;
    this.focused = null;
    this.frame = null;
    this.onScroll = () => {
      this.frame ??= requestAnimationFrame(() => {
        this.frame = null;
        this.look();
      });
    };
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("scroll", this.onScroll, { passive: true });
    window.addEventListener("resize", this.onScroll, { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("scroll", this.onScroll);
    window.removeEventListener("resize", this.onScroll);
    cancelAnimationFrame(this.frame);
    this.frame = null;
    this.stopListening?.();
    this.stopListening = null;
  }

  willUpdate(changed) {
    if (changed.has("source") || (this.source && !this.stopListening)) {
      this.stopListening?.();
      this.stopListening = this.source?.onChange(() => this.requestUpdate()) ?? null;
      this.source?.want(this.first, this.last);
    }
  }

  updated() {
    const row = this.querySelector(".vlist-body .vlist-row");
    const height = row?.getBoundingClientRect().height ?? 0;
    if (height > 0 && Math.abs(height - this.rowHeight) > 0.1) {
      this.rowHeight = height;
      this.requestUpdate();
    }
    this.look();
  }

  /** How many rows can be shown at all. */
  get shown() {
    return Math.min(this.source?.length ?? 0, Math.floor(HIGHEST / this.rowHeight));
  }

  /** Which rows are in view. */
  look() {
    const body = this.querySelector(".vlist-body");
    if (!body || !this.source) {
      return;
    }
    const top = body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-top / this.rowHeight));
    const last = Math.min(this.shown - 1, Math.ceil((window.innerHeight - top) / this.rowHeight));
    this.first = Math.max(0, first - AHEAD);
    this.last = Math.max(0, Math.min(this.shown - 1, last + AHEAD));
    this.source.want(this.first, Math.max(this.first, this.last));
  }

  render() {
    // Of an empty list whoever shows it says why it is empty.
    if (!this.source || this.source.isEmpty) {
      return nothing;
    }
    const count = this.shown;
    const indexes = [];
    for (let index = this.first; index <= Math.min(this.last, count - 1); index += 1) {
      indexes.push(index);
    }
    // The row that has the focus must not go, or the focus would go with it.
    if (this.focused !== null && this.focused < count && !indexes.includes(this.focused)) {
      indexes.push(this.focused);
    }
    return html`<div
      class="vlist"
      role="table"
      aria-label=${this.label}
      aria-rowcount=${this.source.isExact ? count + 1 : -1}
      aria-busy=${this.source.reading.size > 0 ? "true" : "false"}
    >
      <div class="vlist-head" role="rowgroup">
        <div class="vlist-row" role="row" aria-rowindex="1">
          ${this.columns.map(
            (column) =>
              html`<span class="vlist-cell ${column.name} ${column.end ? "end" : ""}" role="columnheader">${column.title}</span>`,
          )}
        </div>
      </div>
      <div
        class="vlist-body"
        role="rowgroup"
        .style=${`height: ${count * this.rowHeight}px`}
        @keydown=${this.onKey}
        @focusin=${this.onFocus}
        @focusout=${() => (this.focused = null)}
      >
        ${repeat(
          indexes,
          (index) => index,
          (index) => this.line(index),
        )}
      </div>
    </div>`;
  }

  line(index) {
    const row = this.source.row(index);
    return html`<div
      class="vlist-row ${row === undefined ? "waiting" : ""}"
      role="row"
      aria-rowindex=${index + 2}
      data-index=${index}
      .style=${`transform: translateY(${index * this.rowHeight}px)`}
    >
      ${this.columns.map(
        (column) =>
          html`<div class="vlist-cell ${column.name} ${column.end ? "end" : ""}" role="cell" data-label=${column.title}>
            ${row === undefined ? html`<span class="skeleton vlist-skeleton" aria-hidden="true"></span>` : this.cell(column, row, index)}
          </div>`,
      )}
    </div>`;
  }

  onFocus(event) {
    const line = event.target.closest("[data-index]");
    this.focused = line ? Number(line.dataset.index) : null;
  }

  onKey(event) {
    const line = event.target.closest("[data-index]");
    if (!line || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea")) {
      return;
    }
    const at = Number(line.dataset.index);
    const page = Math.max(1, Math.floor(window.innerHeight / this.rowHeight) - 2);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.shown - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      void this.focusRow(Math.max(0, Math.min(this.shown - 1, to)));
    }
  }

  /** Brings a row into view and the focus to it. */
  async focusRow(index) {
    const body = this.querySelector(".vlist-body");
    const top = body.getBoundingClientRect().top + index * this.rowHeight;
    const head = 56 + (this.querySelector(".vlist-head")?.offsetHeight ?? 0);
    if (top < head) {
      window.scrollBy(0, top - head);
    } else if (top + this.rowHeight > window.innerHeight) {
      window.scrollBy(0, top + this.rowHeight - window.innerHeight + 8);
    }
    this.focused = index;
    this.look();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector(`[data-index="${index}"] [data-row-focus]`)?.focus({ preventScroll: true });
  }
}

customElements.define("tb-virtual-list", VirtualList);
