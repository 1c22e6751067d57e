import { html, nothing } from "lit";
import { get } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, notice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { atMost } from "../../components/steady.js";
import { dataTable } from "../../components/table.js";
import { number } from "../../format.js";
import { failureTable, itemsOf, runTitle, startedBy, statusPill, subjectLink, took, when } from "./parts.js";
import "./progress.js";
import { countName, streamName } from "./words.js";

const BEAT = 1500;

/** One run: how far it is, what it did, what it could not do. */
class RunPage extends Page {
  constructor() {
    super();
    this.items = null;
    this.steadily = atMost(1000, () => super.reload());
  }

  /** A run that goes on tells of itself several times a second. */
  reload() {
    return this.steadily.run();
  }

  get pageTitle() {
    return this.data ? runTitle(this.data.run) : null;
  }

  header() {
    const run = this.data?.run;
    return channelHeader(channelOf(this.params.channelId), "runs", {
      title: run ? runTitle(run) : "Run",
      lead: run ? html`${statusPill(run.status)} ${startedBy(run)}, ${when(run.requestedAt)}` : html`&nbsp;`,
    });
  }

  hints() {
    return ["run"];
  }

  async load(signal) {
    const path = `/channels/${this.params.channelId}`;
    const [run] = await Promise.all([get(`${path}/runs/${encodeURIComponent(this.params.runId)}`, { signal }), readConnected()]);
    if (run.status === "REQUESTED" || run.status === "RUNNING") {
      this.items ??= itemsOf(await get(`${path}/links/counts`, { signal }));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.reload(), BEAT);
    }
    return { run };
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.steadily.stop();
  }

  placeholder() {
    return cards(2, "160px");
  }

  view({ run }) {
    const open = run.status === "REQUESTED" || run.status === "RUNNING";
    const counts = Object.entries(run.counts);
    return html`<div class="stack">
      ${run.error ? notice("bad", html`<p>${run.error}</p>`) : nothing}
      ${open
        ? html`<section class="card stack-small" aria-label="Progress"><tb-run-progress .run=${run} .items=${this.items}></tb-run-progress></section>`
        : nothing}
      <section class="card stack-small" aria-labelledby="figures">
        <h2 id="figures">What it did</h2>
        <p class="soft">
          ${open ? html`Begun ${when(run.startedAt)}.` : html`It took ${took(run)} and ended ${when(run.finishedAt)}.`}
        </p>
        ${counts.length === 0
          ? html`<p class="soft">${open ? "Nothing so far." : "There was nothing to do."}</p>`
          : dataTable({
              caption: "Figures of the run",
              columns: [
                { title: "What", cell: ([name]) => countName(name) },
                {
                  title: "How many",
                  cell: ([, count]) => (open && count.total ? `${number(count.done)} of ${number(count.total)}` : number(count.done)),
                  end: true,
                },
              ],
              rows: counts,
              key: ([name]) => name,
            })}
      </section>
      ${this.failures(run)}
    </div>`;
  }

  failures(run) {
    if (run.failures === 0) {
      return nothing;
    }
    return html`<section class="card stack-small" aria-labelledby="failed">
        <h2 id="failed">What could not be done, by reason</h2>
        <p class="soft">The rest was done all the same, and these rows are tried again by themselves.</p>
        ${failureTable(this.params.channelId, run.failureCounts)}
      </section>
      <section class="card stack-small" aria-labelledby="rows">
        <h2 id="rows">Row by row</h2>
        ${run.failureRows.length < run.failures
          ? html`<p class="soft">The first ${number(run.failureRows.length)} of ${number(run.failures)}.</p>`
          : nothing}
        ${dataTable({
          caption: "Rows that could not be done",
          columns: [
            { title: "What", cell: (row) => html`${streamName(row.stream)}: ${subjectLink(this.params.channelId, row.subject)}` },
            { title: "Why", cell: (row) => row.message },
            { title: "When", cell: (row) => when(row.at) },
          ],
          rows: run.failureRows.map((row, index) => ({ ...row, index })),
          key: (row) => row.index,
        })}
      </section>`;
  }

  render() {
    if (this.problem?.status === 404 && this.data === null) {
      return html`${this.header()}
      ${emptyState({
        title: "This run is not known here",
        text: this.problem.detail,
        actions: html`<a class="button" href="/channels/${this.params.channelId}/runs">All runs</a>`,
      })}`;
    }
    return super.render();
  }
}

customElements.define("tb-run-page", RunPage);
