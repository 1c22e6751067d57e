import { html, nothing } from "lit";
import { get, post, put, remove } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { axis } from "../../components/chart.js";
import { confirm } from "../../components/dialogs.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, notice, problemNotice, statePill } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { atMost } from "../../components/steady.js";
import { dataTable } from "../../components/table.js";
import { timeline } from "../../components/timeline.js";
import { say } from "../../components/toast.js";
import { money, moment, number } from "../../format.js";
import { may } from "../../session.js";
import { linkVariant } from "./link-dialog.js";
import { figure, sentence, why } from "./why.js";
import { STATES, step } from "./words.js";

const STEPS = 100;
/** Kinds whose "after" is what the till showed from then on. */
const AT_THE_TILL = new Set(["stock-written", "recount-opened", "recount-settled"]);

/** One variant: why its item is at its quantity, and what happened to it. */
class ItemPage extends Page {
  static properties = { refused: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.refused = null;
    this.busy = false;
    this.steadily = atMost(1500, () => this.readNow());
  }

  /** Runs that go on hint several times a second. */
  reload() {
    return this.steadily.run();
  }

  /** After what somebody did here. */
  readNow() {
    return super.reload();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.steadily.stop();
  }

  get path() {
    return `/channels/${this.params.channelId}/links/${encodeURIComponent(this.params.variantId)}`;
  }

  get pageTitle() {
    return this.data?.row.variant.title ?? null;
  }

  header() {
    const row = this.data?.row;
    return channelHeader(channelOf(this.params.channelId), "items", {
      title: row?.variant.title ?? "Item",
      lead: row
        ? html`${statePill(STATES[row.status].kind, STATES[row.status].title)} ${[
            row.variant.sku && `SKU ${row.variant.sku}`,
            row.variant.barcode && `barcode ${row.variant.barcode}`,
          ]
            .filter(Boolean)
            .join(" · ")}`
        : html`&nbsp;`,
      actions: row && may("operator") ? this.actions(row) : nothing,
    });
  }

  hints() {
    return ["link", "run", "recount", "order", "channel"];
  }

  async load(signal) {
    const [row] = await Promise.all([get(this.path, { signal }), readConnected()]);
    const subjects = [`link:${row.variant.id}`, ...(row.item ? ["stock", "price", "item"].map((kind) => `${kind}:${row.item.id}`) : [])];
    const read = await Promise.all(
      subjects.map((subject) => get(`/channels/${this.params.channelId}/journal`, { query: { subject, limit: STEPS }, signal })),
    );
    const history = read.flatMap((page) => page.items).sort((one, other) => other.id - one.id);
    return { row, history, more: read.some((page) => page.nextCursor !== null) };
  }

  placeholder() {
    return cards(3, "200px");
  }

  actions(row) {
    const linked = row.status === "linked" || row.status === "drifted";
    return html`${row.status === "drifted"
        ? html`<button class="button primary" type="button" ?disabled=${this.busy} @click=${() => this.accept(row)}>Keep this link</button>`
        : nothing}
      ${linked
        ? html`<button class="button danger" type="button" ?disabled=${this.busy} @click=${() => this.unlink(row)}>Remove the link</button>`
        : html`<button class="button primary" type="button" ?disabled=${this.busy} @click=${() => this.link(row)}>Link to an item</button>`}`;
  }

  view({ row, history, more }) {
    return html`<div class="stack">
      ${this.refused ? problemNotice(this.refused) : nothing}
      ${row.status === "drifted" ? notice("warn", html`<p>${sentence(row.reason)} The link stays until you remove it.</p>`) : nothing}
      ${this.whyCard(row)}
      <div class="two-columns">${this.sides(row)} ${row.item && row.variant.tracked ? this.levels(row) : nothing}</div>
      ${this.chart(history, row)} ${this.story(history, more)}
    </div>`;
  }

  whyCard(row) {
    const { sum, target, sentences } = why(row, this.params.channelId);
    return html`<section class="card stack" aria-labelledby="why">
      <h2 id="why">Why is this item at this quantity?</h2>
      ${sum.length > 0
        ? html`<p class="sum">
            ${sum.map(
              (part) =>
                html`<span class="sum-part"
                  ><strong>${part.sign ? `${part.sign} ` : ""}${number(part.value)}</strong> <span class="soft small">${part.label}</span></span
                >`,
            )}
            <span class="sum-part"><strong>= ${number(target)}</strong> <span class="soft small">the till should show</span></span>
          </p>`
        : nothing}
      <div class="stack-small sentences">${sentences.map((each) => html`<p>${each}</p>`)}</div>
      ${row.recount?.status === "OPEN" && may("operator") ? this.recount(row) : nothing}
    </section>`;
  }

  recount(row) {
    const difference = Number(row.recount.counted) - Number(row.recount.expected);
    const size = number(Math.abs(difference));
    return html`<div class="actions">
      <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.decide(row, "OVERWRITE")}>
        The shop is right: set the till back
      </button>
      <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.decide(row, "ADOPT")}>
        The count is right: ${difference < 0 ? `take ${size} off` : `add ${size} to`} the shop's stock
      </button>
    </div>`;
  }

  sides(row) {
    const { variant, item } = row;
    return html`<section class="card stack-small" aria-labelledby="sides">
      <h2 id="sides">Both sides</h2>
      ${dataTable({
        caption: "The variant in the shop and its item at the till",
        columns: [
          { title: "What", cell: (line) => html`<strong>${line.name}</strong>` },
          { title: "In the shop", cell: (line) => line.store ?? "–" },
          { title: "At the till", cell: (line) => line.till ?? "–" },
        ],
        rows: [
          { name: "Name", store: variant.title, till: item?.name },
          { name: "SKU", store: variant.sku, till: item?.sku },
          { name: "Barcode, code", store: variant.barcode, till: item?.code },
          {
            name: "Price",
            store: row.storePrice && money(row.storePrice.amount, row.storePrice.currency),
            till: row.channelPrice && money(row.channelPrice.amount, row.channelPrice.currency),
          },
          {
            name: "Quantity",
            store: variant.tracked ? number(row.storeStock) : "not counted",
            till: item ? number(row.channelStock) : null,
          },
        ],
        key: (line) => line.name,
      })}
      ${item ? html`<p>${priceSaid(row)}</p>` : nothing}
    </section>`;
  }

  levels(row) {
    return html`<section class="card stack-small" aria-labelledby="levels">
      <h2 id="levels">The shop's stock by place</h2>
      ${row.levels.length === 0
        ? html`<p class="soft">The shop stocks it nowhere, or it was not read yet.</p>`
        : dataTable({
            caption: "Stock of each location",
            columns: [
              { title: "Place", cell: (level) => level.name },
              { title: "Available", cell: (level) => number(level.available), end: true },
              { title: "For this till", cell: (level) => (level.sells ? "yes" : "no") },
            ],
            rows: row.levels,
            key: (level) => level.locationId,
          })}
    </section>`;
  }

  chart(history, row) {
    const points = history
      .filter((entry) => AT_THE_TILL.has(entry.kind) && !Number.isNaN(Number(entry.after)) && entry.after !== null)
      .map((entry) => [entry.at, Number(entry.after)])
      .reverse();
    if (points.length < 2) {
      return nothing;
    }
    const last = row.till?.readAt && row.channelStock !== null ? [[row.till.readAt, Number(row.channelStock)]] : [];
    return html`<section class="card stack-small" aria-labelledby="chart">
      <h2 id="chart">Quantity at the till</h2>
      <tb-chart
        label="Quantity at the till from ${moment(points[0][0])} on; the story below has the same figures"
        .option=${(of) => ({
          xAxis: { type: "time", ...axis(of, { splitLine: { show: false } }) },
          yAxis: { type: "value", minInterval: 1, ...axis(of) },
          legend: { show: false },
          grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
          series: [
            {
              name: "At the till",
              type: "line",
              step: "end",
              symbolSize: 7,
              data: [...points, ...last],
              lineStyle: { color: of("chart-1"), width: 2 },
              itemStyle: { color: of("chart-1") },
            },
          ],
        })}
      ></tb-chart>
    </section>`;
  }

  story(history, more) {
    return html`<section class="card stack-small" aria-labelledby="story">
      <h2 id="story">What happened</h2>
      ${history.length === 0
        ? html`<p class="soft">Nothing was changed by Tillbridge so far.</p>`
        : timeline(
            history.map((entry) => ({
              id: entry.id,
              at: entry.at,
              kind: /recount-opened|removed|drifted/.test(entry.kind) ? "warn" : "info",
              title: html`${step(entry.kind)}${entry.before !== null || entry.after !== null
                ? html`: ${change(entry)}`
                : nothing}`,
              text: entry.cause ? sentence(entry.cause) : nothing,
              by:
                entry.runId !== null
                  ? html`<a href="/channels/${this.params.channelId}/runs/${entry.runId}">The run</a>`
                  : entry.actor === "tillbridge"
                    ? nothing
                    : `by ${entry.actor}`,
            })),
          )}
      ${more ? html`<p class="soft small">Only the latest ${STEPS} of each kind are shown.</p>` : nothing}
    </section>`;
  }

  async link(row) {
    if (await linkVariant(this.params.channelId, row.variant)) {
      await this.readNow();
    }
  }

  accept(row) {
    return this.act(() => put(this.path, { itemId: row.item.id }), "The link is kept as it is.");
  }

  async unlink(row) {
    const sure = await confirm({
      title: "Remove this link?",
      text: html`<p>
        “${row.variant.title}” and “${row.item.name}” go their own ways: sales of the item are no longer known to be of this variant, and its
        stock and price at the till stay as they are. They are not linked again by themselves; you can link them by hand.
      </p>`,
      yes: "Remove the link",
      danger: true,
    });
    if (sure) {
      await this.act(() => remove(this.path), "The link is removed.");
    }
  }

  decide(row, resolution) {
    return this.act(
      () => post(`/channels/${this.params.channelId}/recounts/${encodeURIComponent(row.item.id)}`, { resolution }),
      resolution === "ADOPT" ? "The count goes to the shop's stock." : "The till gets the shop's figure again.",
    );
  }

  async act(call, done) {
    this.busy = true;
    this.refused = null;
    try {
      await call();
      say(done);
      await this.readNow();
    } catch (error) {
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (this.problem?.status === 404 && this.data === null) {
      return html`${this.header()}
      ${emptyState({
        title: "This item is not known here",
        text: this.problem.detail,
        actions: html`<a class="button" href="/channels/${this.params.channelId}/items">All items</a>`,
      })}`;
    }
    return super.render();
  }
}

function change(entry) {
  if (entry.kind.startsWith("link-")) {
    return entry.after ?? entry.before;
  }
  return entry.before === null ? figure(entry.after) : `${figure(entry.before)} → ${figure(entry.after)}`;
}

function priceSaid(row) {
  const { price, channelPrice } = row;
  if (!price) {
    return nothing;
  }
  if (!price.result) {
    return `The price is left alone. ${price.reason ? sentence(price.reason) : ""}`;
  }
  const rule = price.rule ? ` (the shop's price ${price.rule})` : "";
  const wanted = money(price.result.amount, price.result.currency);
  if (channelPrice && Number(channelPrice.amount) === Number(price.result.amount)) {
    return `The till charges ${wanted}, as it should${rule}.`;
  }
  return `The till should charge ${wanted}${rule}. ${price.reason ? sentence(price.reason) : "Where price sync is on, it is written with the next turn."}`;
}

customElements.define("tb-item-page", ItemPage);
