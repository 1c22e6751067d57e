import { html, nothing } from "lit";
import { get, post } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { axis } from "../../components/chart.js";
import { confirm } from "../../components/dialogs.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, notice, problemNotice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { atMost } from "../../components/steady.js";
import { dataTable } from "../../components/table.js";
import { say } from "../../components/toast.js";
import { many, number, percent } from "../../format.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { differencesSaid, failureTable, forAPerson, itemsOf, runTitle, startedBy, statusPill, took, when } from "./parts.js";
import "./progress.js";
import { startRun } from "./start-dialog.js";

/** While something is under way, its figures are read this often. */
const BEAT = 2000;
/** The chart's minutes are told of by nobody. */
const CHART_BEAT = 30_000;

/** Whether everything runs: what is under way, what was done, what failed, how near the vendors' limits, both sides compared. */
class RunsPage extends Page {
  static properties = { refused: { state: true }, older: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.refused = null;
    this.busy = false;
    this.steadily = atMost(1500, () => super.reload());
    /** How many items the till has, as far as is known; read when a run goes on. */
    this.items = null;
    /** Pages of runs beyond the first. */
    this.older = { items: [], nextCursor: undefined };
  }

  header() {
    const channel = channelOf(this.params.channelId);
    return channelHeader(channel, "runs", {
      title: "Runs and health",
      lead: "What Tillbridge is doing for this till, and how it went.",
      actions: may("operator")
        ? html`<button class="button primary" type="button" @click=${this.start}>Start a run</button>
            <button class="button" type="button" ?disabled=${this.busy} @click=${this.compare}>Compare both sides</button>`
        : nothing,
    });
  }

  hints() {
    return ["run", "store", "channel"];
  }

  async load(signal) {
    const path = `/channels/${this.params.channelId}`;
    await readConnected();
    const { storeId } = channelOf(this.params.channelId);
    const [channel, runs, failures, requests, reports] = await Promise.all([
      get(path, { signal }),
      get(`${path}/runs`, { query: { limit: 20 }, signal }),
      get(`${path}/runs/failures`, { query: { days: 7 }, signal }),
      get(`${path}/requests`, { query: { minutes: 60 }, signal }),
      storeId ? get(`/stores/${storeId}/reconciliations`, { query: { limit: 5 }, signal }) : { items: [] },
    ]);
    if (runs.items.some(going) && this.items === null) {
      this.items = itemsOf(await get(`${path}/links/counts`, { signal }));
    }
    this.next(runs.items.some(going) || reports.items.some(going) ? BEAT : CHART_BEAT);
    return { channel, runs, failures: failures.items, requests, reports: reports.items };
  }

  /** A run that goes on tells of itself several times a second. */
  reload() {
    return this.steadily.run();
  }

  /** Reads anew after so many milliseconds, unless something hints at a change before. */
  next(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => document.hidden || void this.reload(), pause);
  }

  connectedCallback() {
    super.connectedCallback();
    this.onShown = () => document.hidden || void this.reload();
    document.addEventListener("visibilitychange", this.onShown);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.onShown);
    clearTimeout(this.timer);
    this.steadily.stop();
  }

  placeholder() {
    return cards(4, "180px");
  }

  view(data) {
    return html`<div class="stack">
      ${this.refused ? problemNotice(this.refused) : nothing} ${this.health(data.channel)} ${this.underWay(data)}
      ${this.requests(data.requests)} ${this.failures(data.failures)} ${this.reports(data.reports)} ${this.runs(data.runs)}
    </div>`;
  }

  health(channel) {
    const warnings = channel.warnings ?? [];
    return warnings.length === 0
      ? nothing
      : html`<div class="stack-small">${warnings.map((warning) => notice("warn", html`<p>${warning.message}</p>`))}</div>`;
  }

  underWay({ runs }) {
    const open = runs.items.filter(going);
    return html`<section class="card stack" aria-labelledby="under-way">
      <h2 id="under-way">Under way</h2>
      ${open.length === 0
        ? html`<p class="soft">Nothing special. Changes on either side are looked for every few seconds all the same.</p>`
        : open.map(
            (run) =>
              html`<article class="stack-small" aria-label=${runTitle(run)}>
                <p class="row">
                  <a href=${this.runAddress(run)}><strong>${runTitle(run)}</strong></a>
                  <span class="soft small">${startedBy(run)}, ${when(run.startedAt ?? run.requestedAt)}</span>
                </p>
                <tb-run-progress .run=${run} .items=${this.items}></tb-run-progress>
                ${run.failures > 0 ? html`<p class="warn-text small">${many(run.failures, "row")} could not be done so far.</p>` : nothing}
              </article>`,
          )}
    </section>`;
  }

  requests({ till, store }) {
    return html`<section class="card stack-small" aria-labelledby="requests">
      <h2 id="requests">Requests against the vendors' limits</h2>
      <p class="soft">The last hour, minute by minute. Tillbridge waits rather than going over a limit.</p>
      <div class="two-columns">
        ${this.side("Clover, this till", till, "chart-1")} ${this.side("Shopify, the whole shop", store, "chart-2")}
      </div>
    </section>`;
  }

  side(title, side, token) {
    const most = side.minutes.reduce((highest, minute) => Math.max(highest, minute.used), 0);
    const refused = side.minutes.reduce((sum, minute) => sum + minute.throttled, 0);
    const share = most > side.perMinute ? "the rest had been saved up before" : percent(most / side.perMinute);
    const said = `${title}: at most ${number(Math.round(most))} ${side.unit} in a minute${
      side.perMinute ? ` of ${number(Math.round(side.perMinute))} allowed (${share})` : ""
    }; ${refused === 0 ? "none was refused" : `${many(refused, "request")} refused and sent again later`}.`;
    return html`<div class="stack-small">
      <tb-chart class="low" label=${said} .option=${(of) => usageOption(of, side, token)}></tb-chart>
      <p class="small ${refused > 0 ? "warn-text" : "soft"}">${said}</p>
    </div>`;
  }

  failures(failures) {
    return html`<section class="card stack-small" aria-labelledby="failures">
      <h2 id="failures">What failed in the last seven days</h2>
      ${failures.length === 0
        ? html`<p class="soft">Nothing.</p>`
        : html`<p class="soft">Each row is tried again by itself; much of this will have been done since.</p>
            ${failureTable(this.params.channelId, failures)}`}
    </section>`;
  }

  reports(reports) {
    const base = `/channels/${this.params.channelId}/reconciliations`;
    return html`<section class="card stack-small" aria-labelledby="reports">
      <h2 id="reports">Both sides compared</h2>
      <p class="soft">Every night shop and till are read whole and compared with what Tillbridge believes, and the money of each day.</p>
      ${reports.length === 0
        ? html`<p class="soft">They have not been compared yet. The first time is tonight.</p>`
        : dataTable({
            caption: "Comparisons of both sides",
            columns: [
              { title: "When", cell: (report) => html`<a href="${base}/${report.id}">${when(report.requestedAt)}</a>` },
              {
                title: "State",
                cell: (report) =>
                  html`${statusPill(report.status)}${report.phase ? html`<span class="soft small block">${report.phase}</span>` : nothing}`,
              },
              { title: "Differences", cell: (report) => html`${differencesSaid(report)} ${forAPerson(report)}` },
              { title: "Took", cell: (report) => took(report), end: true },
            ],
            rows: reports,
            key: (report) => report.id,
          })}
    </section>`;
  }

  runs(runs) {
    const rows = [...runs.items, ...this.older.items.filter((run) => !runs.items.some((each) => each.id === run.id))];
    const cursor = this.older.nextCursor === undefined ? runs.nextCursor : this.older.nextCursor;
    return html`<section class="card stack-small" aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      ${rows.length === 0
        ? emptyState({ title: "No run yet", text: "The first read of both sides begins as soon as the till is connected." })
        : dataTable({
            caption: "Runs, the newest first",
            columns: [
              { title: "What", cell: (run) => html`<a href=${this.runAddress(run)}>${runTitle(run)}</a>` },
              { title: "State", cell: (run) => statusPill(run.status) },
              { title: "When", cell: (run) => html`${when(run.requestedAt)}<span class="soft small block">${startedBy(run)}</span>` },
              { title: "Took", cell: (run) => took(run), end: true },
              { title: "Failed", cell: (run) => (run.failures > 0 ? many(run.failures, "row") : run.error ? "ended early" : "–"), end: true },
            ],
            rows,
            key: (run) => run.id,
          })}
      ${cursor ? html`<p><button class="button" type="button" @click=${() => this.readOlder(cursor)}>Show older runs</button></p>` : nothing}
    </section>`;
  }

  runAddress(run) {
    return `/channels/${this.params.channelId}/runs/${run.id}`;
  }

  async readOlder(cursor) {
    try {
      const page = await get(`/channels/${this.params.channelId}/runs`, { query: { cursor, limit: 50 } });
      this.older = { items: [...this.older.items, ...page.items], nextCursor: page.nextCursor };
    } catch (error) {
      this.refused = error;
    }
  }

  async start() {
    const id = await startRun(this.params.channelId);
    if (id) {
      await go(this.runAddress({ id }));
    }
  }

  async compare() {
    const sure = await confirm({
      title: "Compare both sides now?",
      text: "All of the shop and of its tills is read and compared. It takes minutes for a large shop, goes beside everything else, and changes nothing by itself.",
      yes: "Compare",
    });
    if (!sure) {
      return;
    }
    this.busy = true;
    this.refused = null;
    try {
      await post(`/stores/${channelOf(this.params.channelId).storeId}/reconciliations`);
      say("Both sides are being compared.");
      await this.reload();
    } catch (error) {
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }
}

function going(run) {
  return run.status === "REQUESTED" || run.status === "RUNNING";
}

function usageOption(of, side, token) {
  const minutes = filled(side.minutes);
  const limit = side.perMinute ? [{ yAxis: side.perMinute, name: "limit" }] : [];
  return {
    xAxis: { type: "time", ...axis(of, { splitLine: { show: false } }) },
    yAxis: {
      type: "value",
      max: (range) => Math.max(range.max, (side.perMinute ?? 0) * 1.05),
      ...axis(of),
      name: `${side.unit} a minute`,
      nameTextStyle: { color: of("text-soft"), align: "left" },
      // The top is no round figure.
      axisLabel: { color: of("text-soft"), showMaxLabel: false },
    },
    series: [
      {
        name: "used",
        type: "bar",
        barMaxWidth: 8,
        data: minutes.map((minute) => [minute.at, minute.used]),
        itemStyle: { color: of(token) },
        markLine: {
          silent: true,
          symbol: "none",
          data: limit,
          lineStyle: { color: of("bad"), type: "dashed" },
          label: { formatter: "limit", position: "insideEndTop", color: of("bad") },
        },
      },
      {
        name: "refused",
        type: "bar",
        barMaxWidth: 8,
        data: minutes.map((minute) => [minute.at, minute.throttled]),
        itemStyle: { color: of("bad") },
      },
    ],
  };
}

/** Minutes in which nothing was asked are 0, so that the axis is the whole hour. */
function filled(minutes) {
  const byMinute = new Map(minutes.map((minute) => [Math.floor(new Date(minute.at).getTime() / 60_000), minute]));
  const last = Math.max(Math.floor(Date.now() / 60_000), ...byMinute.keys());
  return Array.from({ length: 60 }, (_, index) => {
    const key = last - 59 + index;
    return byMinute.get(key) ?? { at: new Date(key * 60_000).toISOString(), used: 0, throttled: 0 };
  });
}

customElements.define("tb-runs-page", RunsPage);
