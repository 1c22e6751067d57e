import { html, nothing } from "lit";
import { onConnected } from "../channels.js";
import { onConnection } from "../connection.js";
import { onHint } from "../events.js";
import { Element } from "./element.js";
import { problemNotice } from "./notices.js";
import { lines } from "./skeleton.js";

/**
 * What all pages have in common: they read what they show when they are opened, when something hints at a change, and
 * when the connection is there again; meanwhile what was read before stays.
 *
 * A page overrides `header()`, `load(signal)` and `view(data)`; where it wants to be told of changes, `hints()`.
 */
export class Page extends Element {
  static properties = {
    /** Parts of the path, such as `{channelId}`. */
    params: { attribute: false },
    /** Filters of the address, name to text. */
    query: { attribute: false },
    data: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.params = {};
    this.query = {};
    this.data = null;
    this.problem = null;
    this.ends = [];
    this.reading = null;
  }

  /** The name of the page, for the window and whoever cannot see it. Null: the route's. */
  get pageTitle() {
    return null;
  }

  /** The page's `h1` and what stands beside it; shown before anything is read. */
  header() {
    return nothing;
  }

  /** Reads what the page shows. @param {AbortSignal} signal ends what is no longer wanted @returns {Promise<unknown>} */
  async load(signal) {
    void signal;
    return {};
  }

  /** The page, of what `load` has read. @param {any} data */
  view(data) {
    void data;
    return nothing;
  }

  /** What holds the place until the first time something was read. */
  placeholder() {
    return lines(6);
  }

  /** Names of hints after which the page is read anew; of one channel where the address names one. @returns {string[]} */
  hints() {
    return [];
  }

  connectedCallback() {
    super.connectedCallback();
    const names = this.hints();
    if (names.length > 0) {
      this.ends.push(onHint(names, () => void this.reload(), { channelId: this.params.channelId }));
    }
    this.ends.push(onConnected(() => this.requestUpdate()));
    this.ends.push(onConnection((up) => up && void this.reload()));
    void this.reload();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ends.forEach((end) => end());
    this.ends = [];
    this.reading?.abort();
  }

  /** Reads anew. What is being read already is given up for it. */
  async reload() {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    try {
      const data = await this.load(reading.signal);
      if (!reading.signal.aborted) {
        this.data = data;
        this.problem = null;
      }
    } catch (error) {
      if (!reading.signal.aborted) {
        this.problem = error;
      }
    }
  }

  render() {
    return html`
      ${this.header()} ${this.problem ? problemNotice(this.problem, { again: () => void this.reload() }) : nothing}
      ${this.data !== null ? this.view(this.data) : this.problem ? nothing : this.placeholder()}
    `;
  }
}
