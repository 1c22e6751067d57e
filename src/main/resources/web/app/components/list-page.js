import { onNavigate } from "../router.js";
import { onSession, session } from "../session.js";
import { Page } from "./page.js";
import "./rows-state.js";
import { atMost } from "./steady.js";
import "./virtual-list.js";

/** By page: the list that was shown last. Who goes back to it finds it where it was left. */
const left = new Map();
let goneBack = false;

// Whoever signs in next may see less.
onSession(() => {
  if (session() === null) {
    left.clear();
  }
});

onNavigate((change) => {
  goneBack = change.restored;
});

/**
 * A page that is a long list. It overrides `listKey`, which names the rows that its filters choose, and `newSource()`, which
 * reads them.
 */
export class ListPage extends Page {
  constructor() {
    super();
    /** @type {import("./row-source.js").RowSource | null} */
    this.source = null;
    this.sourceKey = null;
    this.top = 0;
    this.restoring = false;
    this.steadily = atMost(2000, () => this.readNow());
  }

  /** Hints come by the dozen while a catalogue is read. */
  reload() {
    return this.steadily.run();
  }

  /** After what somebody did here. */
  readNow() {
    return super.reload();
  }

  /** What the address asks for: another key is another list. */
  get listKey() {
    return "";
  }

  /** Whether enough is known to read the list. */
  get listReady() {
    return this.data !== null;
  }

  newSource() {
    return null;
  }

  /** What the list's length is known to be; null: not. */
  get total() {
    return null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.dataset.wide = "";
    this.onScroll = () => (this.top = window.scrollY);
    window.addEventListener("scroll", this.onScroll, { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("scroll", this.onScroll);
    this.steadily.stop();
    this.source?.stop();
    if (this.source) {
      left.set(this.localName, { key: this.sourceKey, source: this.source, top: this.top });
    }
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const key = this.listKey;
    if (!this.listReady || this.sourceKey === key) {
      return;
    }
    this.source?.stop();
    const kept = this.sourceKey === null && goneBack ? left.get(this.localName) : undefined;
    this.sourceKey = key;
    if (kept?.key === key) {
      this.source = kept.source;
      this.source.refresh(this.total);
      this.restoring = true;
      this.top = kept.top;
    } else {
      this.source = this.newSource();
    }
  }

  updated(changed) {
    super.updated(changed);
    const list = this.querySelector("tb-virtual-list");
    if (this.restoring && list) {
      this.restoring = false;
      const { top } = this;
      // Once the list is as high as it was.
      void list.updateComplete.then(() => window.scrollTo(0, top));
    }
  }
}
