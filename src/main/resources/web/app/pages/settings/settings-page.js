import { html, nothing } from "lit";
import { call, get, Problem } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { confirm } from "../../components/dialogs.js";
import { channelHeader } from "../../components/header.js";
import { notice, problemNotice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { say } from "../../components/toast.js";
import { guardWith } from "../../router.js";
import { may, session } from "../../session.js";
import { settleConflict } from "./conflict.js";
import { lookAhead } from "./look-ahead.js";
import { inventory, mail, matching, orders, prices, products, shipments } from "./sections.js";
import { NAMES, at, differing, put, same, worthLooking } from "./words.js";

/** What was typed and not saved when the session ended. */
let kept = null;

/** Everything that a till does, as a person sets it. Nothing is saved until "Save", and what it will do is shown before. */
class SettingsPage extends Page {
  static properties = {
    draft: { state: true },
    refused: { state: true },
    busy: { state: true },
    newer: { state: true },
  };

  constructor() {
    super();
    /** The settings as they were read, and the ETag of that version. */
    this.base = null;
    this.etag = null;
    this.draft = null;
    this.refused = null;
    this.busy = false;
    this.newer = false;
  }

  get path() {
    return `/channels/${this.params.channelId}/settings`;
  }

  get unsaved() {
    return this.draft !== null && !same(this.draft, this.base);
  }

  get pageTitle() {
    return "Settings";
  }

  hints() {
    return ["channel"];
  }

  header() {
    return channelHeader(channelOf(this.params.channelId), "settings", {
      title: "Settings",
      lead: "What is kept in step, and how. Everything is off until you turn it on.",
    });
  }

  placeholder() {
    return cards(3, "180px");
  }

  async load(signal) {
    const [{ data, etag }, choices] = await Promise.all([
      call("GET", this.path, { signal }),
      this.data ? this.data.choices : get(`${this.path}/choices`, { signal }),
      readConnected(),
    ]);
    const { warnings, ...settings } = data;
    this.who = session()?.name;
    if (kept?.path === this.path && kept.who === this.who) {
      ({ base: this.base, etag: this.etag, draft: this.draft } = kept);
      this.guard();
    }
    kept = null;
    if (this.unsaved) {
      // What is being typed is nobody else's: it is settled when it is saved.
      this.newer = etag !== this.etag;
    } else {
      this.take(settings, etag);
    }
    return { choices, warnings };
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    guardWith(null);
    // A session that ended while somebody typed takes nothing away from them.
    kept = this.unsaved && session() === null ? { path: this.path, who: this.who, base: this.base, etag: this.etag, draft: this.draft } : null;
  }

  take(settings, etag) {
    this.base = settings;
    this.draft = settings;
    this.etag = etag;
    this.newer = false;
    guardWith(null);
  }

  view({ choices, warnings }) {
    const edit = {
      draft: this.draft,
      choices,
      set: (path, value) => this.set(path, value),
      error: (path) => this.error(path),
      locked: !may("operator") || this.busy,
    };
    return html`<form class="stack settings" novalidate @submit=${this.submit}>
      ${may("operator") ? nothing : notice("info", "You can look at the settings. Somebody with the role operator can change them.")}
      ${this.newer
        ? notice("warn", "Somebody else has saved these settings meanwhile. When you save, both versions are shown side by side.")
        : nothing}
      ${this.refused ? problemNotice(this.refused, { fields: NAMES }) : nothing}
      ${[...warnings, ...choices.warnings].map((warning) => notice("warn", warning.message))}
      ${matching(edit)} ${orders(edit)} ${shipments(edit)} ${inventory(edit)} ${prices(edit)} ${products(edit)} ${mail(edit)}
      ${may("operator") ? this.bar() : nothing}
    </form>`;
  }

  bar() {
    const count = this.unsaved ? differing(this.base, this.draft).length : 0;
    return html`<div class="save-bar">
      <p class="grow" role="status">
        ${count === 0 ? "All changes are saved." : count === 1 ? "1 change is not saved." : `${count} changes are not saved.`}
      </p>
      <button class="button" type="button" ?disabled=${count === 0 || this.busy} @click=${this.discard}>Discard</button>
      <button class="button primary" type="submit" ?disabled=${count === 0 || this.busy}>
        ${this.busy ? "Saving…" : "Save"}
      </button>
    </div>`;
  }

  set(path, value) {
    this.draft = put(this.draft, path, value);
    this.guard();
  }

  /** What is wrong at a path, or at a row of its list. */
  error(path) {
    const violations = this.refused?.violations ?? [];
    return violations
      .filter((each) => each.field === path || (Array.isArray(at(this.draft, path)) && each.field.startsWith(`${path}[`)))
      .map((each) => each.message)
      .join("; ");
  }

  /** Whoever leaves is asked while something is unsaved. */
  guard() {
    guardWith(this.unsaved ? () => this.mayLeave() : null);
  }

  async mayLeave() {
    const leaves = await confirm({
      title: "Leave without saving?",
      text: "Your changes to the settings are lost.",
      yes: "Leave",
      no: "Stay",
      danger: true,
    });
    if (leaves) {
      this.draft = this.base;
    }
    return leaves;
  }

  discard() {
    this.refused = null;
    this.draft = this.base;
    guardWith(null);
    if (this.newer) {
      void this.reload();
    }
  }

  async submit(event) {
    event.preventDefault();
    // Missing figures and half-typed dates: the browser says so at the field.
    if (!event.target.reportValidity()) {
      return;
    }
    this.busy = true;
    this.refused = null;
    try {
      await this.save(this.draft);
    } catch (error) {
      this.refused = error;
      await this.updateComplete;
      (this.querySelector('[aria-invalid="true"]') ?? this.querySelector('[role="alert"]'))?.scrollIntoView({ block: "center" });
      this.querySelector('[aria-invalid="true"]')?.focus({ preventScroll: true });
    } finally {
      this.busy = false;
    }
  }

  async save(wanted) {
    try {
      if (worthLooking(this.base, wanted)) {
        const { data } = await call("PUT", this.path, { body: wanted, ifMatch: this.etag, query: { dryRun: true } });
        const counts = await get(`/channels/${this.params.channelId}/links/counts`);
        if (!(await lookAhead(this.base, data, channelOf(this.params.channelId), Object.values(counts).some((count) => count > 0)))) {
          return;
        }
      }
      const { data, etag } = await call("PUT", this.path, { body: wanted, ifMatch: this.etag });
      const { warnings, ...settings } = data;
      this.take(settings, etag);
      this.data = { ...this.data, warnings };
      say("Saved. It works from now on.");
    } catch (error) {
      if (error instanceof Problem && error.code === "settings-changed") {
        await this.settle(wanted);
      } else {
        throw error;
      }
    }
  }

  /** Somebody was faster: what is chosen of both is saved over theirs. */
  async settle(mine) {
    const { data, etag } = await call("GET", this.path);
    const { warnings, ...theirs } = data;
    const chosen = await settleConflict(this.base, mine, theirs, this.data.choices);
    if (chosen === null) {
      this.newer = true;
      return;
    }
    this.take(theirs, etag);
    this.data = { ...this.data, warnings };
    if (same(chosen, theirs)) {
      say("Theirs stands; nothing of yours was saved.", "info");
      return;
    }
    this.draft = chosen;
    this.guard();
    await this.save(chosen);
  }
}

customElements.define("tb-settings-page", SettingsPage);
