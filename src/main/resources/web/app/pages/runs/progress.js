import { html, nothing } from "lit";
import { Element } from "../../components/element.js";
import { number, span } from "../../format.js";
import { countName, leading, phaseName } from "./words.js";

/** The rate is that of the last half minute: runs of different parts go at different speeds. */
const WINDOW = 30_000;

/** How far a run is: what it does, how many of how many, how fast, how long still. */
class RunProgress extends Element {
  static properties = {
    /** As the API shows it; each new reading of it adds to what the rate is made of. */
    run: { attribute: false },
    /** How many items the till is known to have, for who reads them. */
    items: { attribute: false },
  };

  constructor() {
    super();
    this.run = null;
    this.items = null;
    this.samples = [];
    this.measured = "";
  }

  willUpdate(changed) {
    if (!changed.has("run") || !this.run) {
      return;
    }
    const at = leading(this.run);
    const measured = `${this.run.id} ${this.run.phase} ${at?.name}`;
    if (measured !== this.measured) {
      this.measured = measured;
      this.samples = [];
    }
    if (at) {
      const now = performance.now();
      this.samples = [...this.samples.filter((sample) => now - sample.now <= WINDOW || sample === this.samples.at(-1)), { now, done: at.done }];
    }
  }

  /** Rows a second; null while nobody can tell. */
  get rate() {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    return first && last && last.now - first.now >= 1500 && last.done > first.done
      ? ((last.done - first.done) / (last.now - first.now)) * 1000
      : null;
  }

  render() {
    const { run } = this;
    if (!run) {
      return nothing;
    }
    if (run.status === "REQUESTED") {
      return html`<p class="soft">It begins as soon as it is its turn.</p>
        <progress class="bar" aria-label="Not begun yet"></progress>`;
    }
    const at = leading(run);
    const total = at?.total ?? (at?.name === "items-read" && this.items > at.done ? this.items : null);
    const { rate } = this;
    const left = total !== null && rate !== null ? Math.max(0, (total - at.done) / rate) : null;
    const about = at?.total === null && total !== null ? "about " : "";
    return html`<p><strong>${phaseName(run.phase)}</strong></p>
      ${at && total !== null
        ? html`<progress class="bar" max=${Math.max(total, at.done)} .value=${at.done} aria-label=${phaseName(run.phase)}></progress>`
        : html`<progress class="bar" aria-label=${phaseName(run.phase)}></progress>`}
      <p class="soft small number">
        ${at
          ? html`${countName(at.name)}:
            ${number(at.done)}${total === null ? nothing : html` of ${about}${number(Math.max(total, at.done))}`}${rate === null
              ? nothing
              : html`, ${number(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))} a second`}${left === null
              ? nothing
              : html`, ${left < 1 ? "nearly done" : `about ${span(left)} left`}`}`
          : html`&nbsp;`}
      </p>`;
  }
}

customElements.define("tb-run-progress", RunProgress);
