import { html, nothing } from "lit";
import { get } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, notice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { dataTable } from "../../components/table.js";
import { statTiles } from "../../components/tiles.js";
import { date, many, money, number } from "../../format.js";
import { startedBy, statusPill, subjectLink, took, when } from "./parts.js";
import { CLASSES, KINDS, REPAIRS } from "./words.js";

const BEAT = 2000;
const COMPARED = { variants: "variants", levels: "stock figures of the shop", items: "items of tills", sales: "sales", orders: "orders of the shop" };

/** A comparison of both sides: what was compared, what differed, and who mends it. */
class ReconciliationPage extends Page {
  get pageTitle() {
    return "Both sides compared";
  }

  header() {
    const report = this.data;
    return channelHeader(channelOf(this.params.channelId), "runs", {
      title: "Both sides compared",
      lead: report ? html`${statusPill(report.status)} ${startedBy(report)}, ${when(report.requestedAt)}` : html`&nbsp;`,
    });
  }

  hints() {
    return ["store"];
  }

  async load(signal) {
    await readConnected();
    const { storeId } = channelOf(this.params.channelId);
    const report = await get(`/stores/${storeId}/reconciliations/${encodeURIComponent(this.params.reconciliationId)}`, { signal });
    if (!report.finishedAt) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.reload(), BEAT);
    }
    return report;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  placeholder() {
    return cards(3, "160px");
  }

  view(report) {
    return html`<div class="stack">
      ${report.error ? notice(report.status === "FAILED" ? "bad" : "warn", html`<p>${report.error}</p>`) : nothing}
      ${report.finishedAt
        ? nothing
        : notice("info", html`<p>${report.phase ? `Under way: ${report.phase.replaceAll("-", " ")}.` : "It begins as soon as it is its turn."}</p>`)}
      <section class="card stack-small" aria-labelledby="compared">
        <h2 id="compared">What was compared</h2>
        ${Object.keys(report.compared ?? {}).length === 0
          ? html`<p class="soft">Nothing so far.</p>`
          : statTiles(
              Object.entries(COMPARED)
                .filter(([name]) => report.compared[name] !== undefined)
                .map(([name, label]) => ({ label, value: number(report.compared[name]) })),
            )}
        ${report.finishedAt ? html`<p class="soft">It took ${took(report)}.</p>` : nothing}
      </section>
      ${this.differences(report)} ${this.days(report)} ${this.rows(report)}
    </div>`;
  }

  differences(report) {
    if (report.counts.length === 0) {
      return report.status === "SUCCEEDED" ? notice("good", html`<p>Both sides agree: nothing differed.</p>`) : nothing;
    }
    const types = Object.keys(CLASSES).filter((type) => report.counts.some((count) => count.type === type));
    return html`<section class="card stack" aria-labelledby="differences">
      <h2 id="differences">Differences</h2>
      ${types.map((type) => {
        const rows = report.counts.filter((count) => count.type === type);
        return html`<div class="stack-small">
          <h3>${CLASSES[type].title}: ${number(rows.reduce((sum, row) => sum + row.differences, 0))}</h3>
          <p class="soft">${CLASSES[type].means}</p>
          ${dataTable({
            caption: CLASSES[type].title,
            columns: [
              {
                title: "What",
                cell: (row) =>
                  html`${KINDS[row.kind] ?? row.kind}<span class="soft small block"
                      >${row.channelId ? channelOf(row.channelId).name : "the shop"} · ${row.reason.replaceAll("-", " ")}</span
                    >`,
              },
              { title: "How many", cell: (row) => number(row.differences), end: true },
              { title: "Size", cell: (row) => size(row), end: true },
              { title: "Oldest", cell: (row) => when(row.oldestSince) },
              { title: "Who mends it", cell: (row) => REPAIRS[row.repair] ?? row.repair },
            ],
            rows: rows.map((row, index) => ({ ...row, index })),
            key: (row) => row.index,
          })}
        </div>`;
      })}
    </section>`;
  }

  days(report) {
    const off = report.days.filter((day) => day.difference && Number(day.difference.amount) !== 0);
    if (report.days.length === 0) {
      return nothing;
    }
    return html`<section class="card stack-small" aria-labelledby="days">
      <h2 id="days">The money of each day</h2>
      <p class="soft">
        ${off.length === 0
          ? `On all ${many(report.days.length, "day")} the till's sales and the shop's orders come to the same.`
          : `On ${number(off.length)} of ${many(report.days.length, "day")} they come to something else.`}
      </p>
      <div class="limited" tabindex="0" role="region" aria-label="Each day">
        ${dataTable({
          caption: "Sales of the tills and orders of the shop by day",
          columns: [
            {
              title: "Day",
              cell: (day) => html`${date(`${day.day}T12:00:00`)}<span class="soft small block">${channelOf(day.channelId).name}</span>`,
            },
            { title: "Sales", cell: (day) => number(day.sales), end: true },
            { title: "At the till", cell: (day) => amounts(day.till, day.tillRefunded), end: true },
            { title: "In the shop", cell: (day) => amounts(day.store, day.storeRefunded), end: true },
            {
              title: "Difference",
              cell: (day) =>
                Number(day.difference?.amount ?? 0) === 0
                  ? "none"
                  : html`<span class="warn-text">${amount(day.difference)}</span>${Number(day.inFlight?.amount ?? 0) === 0
                        ? nothing
                        : html`<span class="soft small block">${amount(day.inFlight)} being brought over</span>`}`,
              end: true,
            },
          ],
          rows: report.days,
          key: (day) => `${day.day} ${day.channelId} ${day.till?.currency}`,
        })}
      </div>
    </section>`;
  }

  rows(report) {
    if (report.rows.length === 0) {
      return nothing;
    }
    const total = report.counts.reduce((sum, count) => sum + count.differences, 0);
    return html`<section class="card stack-small" aria-labelledby="rows">
      <h2 id="rows">One by one</h2>
      ${report.rows.length < total
        ? html`<p class="soft">The first of each kind: ${number(report.rows.length)} of ${number(total)}.</p>`
        : nothing}
      ${dataTable({
        caption: "Differences one by one",
        columns: [
          {
            title: "What",
            cell: (row) =>
              html`${subjectLink(row.channelId, row.subject)}<span class="soft small block">${CLASSES[row.type]?.title ?? row.type}</span>`,
          },
          { title: "What it is", cell: (row) => html`${row.detail}<span class="soft small block">${REPAIRS[row.repair] ?? row.repair}</span>` },
          { title: "Expected", cell: (row) => row.stored ?? "–", end: true },
          { title: "Found", cell: (row) => row.found ?? "–", end: true },
          { title: "Since", cell: (row) => when(row.since) },
        ],
        rows: report.rows.map((row, index) => ({ ...row, index })),
        key: (row) => row.index,
      })}
    </section>`;
  }

  render() {
    if (this.problem?.status === 404 && this.data === null) {
      return html`${this.header()}
      ${emptyState({
        title: "This comparison is not known here",
        text: this.problem.detail,
        actions: html`<a class="button" href="/channels/${this.params.channelId}/runs">Runs and health</a>`,
      })}`;
    }
    return super.render();
  }
}

function amount(of) {
  return of ? money(of.amount, of.currency) : "–";
}

function amounts(of, refunded) {
  return html`${amount(of)}${refunded && Number(refunded.amount) !== 0
    ? html`<span class="soft small block">${amount(refunded)} given back</span>`
    : nothing}`;
}

function size(row) {
  return row.money ? amount(row.money) : row.units !== null ? many(row.units, "unit") : "–";
}

customElements.define("tb-reconciliation-page", ReconciliationPage);
