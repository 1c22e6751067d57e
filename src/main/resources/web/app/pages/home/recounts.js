import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { post } from "../../api.js";
import { Element } from "../../components/element.js";
import { problemNotice } from "../../components/notices.js";
import { say } from "../../components/toast.js";
import { ago, many, number } from "../../format.js";
import { may } from "../../session.js";

/** Counts that somebody made at a till and nothing explains: what to do with each, in three choices. */
class Recounts extends Element {
  static properties = {
    /** `[{channel, recounts}]`, recounts as `GET /channels/{id}/recounts` lists them. */
    tills: { attribute: false },
    problem: { state: true },
    busy: { state: true },
    later: { state: true },
  };

  constructor() {
    super();
    this.tills = [];
    this.problem = null;
    this.busy = "";
    this.later = new Set();
    /** Decided here, and not yet gone from the list. */
    this.decided = new Set();
  }

  willUpdate(changed) {
    if (changed.has("tills") && this.decided.size > 0) {
      // One that the store refused comes back, and is to be seen again.
      const open = new Set(this.tills.flatMap(({ recounts }) => recounts.map((recount) => recount.id)));
      this.decided.forEach((id) => open.has(id) || this.decided.delete(id));
    }
  }

  render() {
    const open = this.tills
      .flatMap(({ channel, recounts }) => recounts.map((recount) => ({ channel, recount })))
      .filter(({ recount }) => !this.later.has(recount.id) && !this.decided.has(recount.id));
    if (open.length === 0) {
      return nothing;
    }
    return html`<section class="stack" aria-labelledby="recounts-title">
      <h2 id="recounts-title">Counts that need you</h2>
      <p class="soft">
        Somebody set these quantities at the till, and no sale explains them. Until you decide, the till is lowered when the
        shop's stock falls, and never raised.
      </p>
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${repeat(
        open,
        ({ recount }) => recount.id,
        ({ channel, recount }) => this.one(channel, recount),
      )}
    </section>`;
  }

  one(channel, recount) {
    const name = recount.itemName || recount.itemId;
    const size = Math.abs(recount.difference);
    const fewer = recount.difference < 0;
    const units = `${number(size)} ${fewer ? "fewer" : "more"}`;
    const busy = this.busy === recount.id;
    return html`<article class="card stack-small recount" aria-labelledby="recount-${recount.id}">
      <h3 id="recount-${recount.id}">${name}</h3>
      <p>
        ${channel.name} shows <strong>${number(recount.counted)}</strong>, it should show
        <strong>${number(recount.expected)}</strong>: ${units}, seen ${ago(recount.openedAt)}.
      </p>
      ${may("operator")
        ? html`<div class="actions">
            <button class="button" type="button" ?disabled=${busy} @click=${() => this.decide(channel, recount, "OVERWRITE")}>
              The shop is right: set the till back
            </button>
            <button class="button" type="button" ?disabled=${busy} @click=${() => this.decide(channel, recount, "ADOPT")}>
              The count is right: ${fewer ? "take" : "add"} ${many(size, "unit")} ${fewer ? "off" : "to"} the shop's stock
            </button>
            <button class="button plain" type="button" ?disabled=${busy} @click=${() => this.postpone(recount)}>
              Decide later
            </button>
          </div>`
        : html`<p class="soft small">Somebody with the role operator can decide.</p>`}
    </article>`;
  }

  async decide(channel, recount, resolution) {
    this.busy = recount.id;
    try {
      await post(`/channels/${channel.id}/recounts/${encodeURIComponent(recount.itemId)}`, { resolution });
      this.problem = null;
      this.decided.add(recount.id);
      say(resolution === "ADOPT" ? "The count goes to the shop's stock." : "The till gets the shop's figure again.");
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = "";
    }
  }

  postpone(recount) {
    this.later = new Set(this.later).add(recount.id);
    say("It stays as it is and is shown again when you come back.", "info");
  }
}

customElements.define("tb-recounts", Recounts);
