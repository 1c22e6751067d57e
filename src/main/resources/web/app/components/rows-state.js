import { html, nothing } from "lit";
import { number } from "../format.js";
import { Element } from "./element.js";
import { problemNotice } from "./notices.js";

/** What there is to say of a list beside its rows: that there are none, how many a search has found, that it could not be read. */
class RowsState extends Element {
  static properties = {
    /** @type {import("./row-source.js").RowSource} */
    source: { attribute: false },
    /** What is shown where nothing is found. */
    empty: { attribute: false },
    /** Whether the number of rows is there for everybody: where nothing else tells it. */
    counted: { type: Boolean },
  };

  constructor() {
    super();
    this.source = null;
    this.empty = () => nothing;
    this.counted = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = null;
  }

  willUpdate(changed) {
    if (changed.has("source") || (this.source && !this.stopListening)) {
      this.stopListening?.();
      this.stopListening = this.source?.onChange(() => this.requestUpdate()) ?? null;
    }
  }

  render() {
    const { source } = this;
    if (!source) {
      return nothing;
    }
    if (source.problem) {
      return problemNotice(source.problem, { again: () => source.again() });
    }
    if (source.isEmpty) {
      return this.empty();
    }
    return html`<p class=${this.counted ? "soft small" : "visually-hidden"} role="status">${said(source)}</p>`;
  }
}

function said(source) {
  if (source.readSoFar === 0) {
    return "Loading";
  }
  return source.isExact ? `${number(source.length)} rows` : `More than ${number(source.readSoFar)} rows`;
}

customElements.define("tb-rows-state", RowsState);
