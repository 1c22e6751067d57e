import { html, nothing } from "lit";
import { get } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { filterLinks, searchField } from "../../components/filters.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, problemNotice, statePill } from "../../components/notices.js";
import { ListPage } from "../../components/list-page.js";
import { RowSource } from "../../components/row-source.js";
import { lines } from "../../components/skeleton.js";
import { ago, many, money, moment, number } from "../../format.js";
import { setQuery, url } from "../../router.js";
import { may } from "../../session.js";
import { inBulk } from "./decisions.js";
import { FILTERS, reasonName, STATES } from "./words.js";

const COLUMNS = [
  { title: "Sale", name: "what" },
  { title: "State", name: "state" },
  { title: "At the till", name: "till", end: true },
  { title: "In the shop", name: "shop", end: true },
];

/** States of which something can be done with all at once. */
const IN_BULK = new Set(["ATTENTION", "HELD", "FAILED", "PROBLEM", "SKIPPED"]);

/** The till's sales, and what became of each. */
class OrdersPage extends ListPage {
  static properties = { refused: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.refused = null;
    this.busy = false;
    this.cell = (column, row) => this[column.name](row);
  }

  header() {
    return channelHeader(channelOf(this.params.channelId), "orders", {
      title: "Orders",
      lead: "The till's sales on their way to become orders in the shop.",
    });
  }

  hints() {
    return ["order"];
  }

  async load(signal) {
    const [counts] = await Promise.all([get(`/channels/${this.params.channelId}/orders/counts`, { signal }), readConnected()]);
    this.source?.refresh();
    return { counts };
  }

  placeholder() {
    return html`<div class="filters-place"></div>
      ${lines(10)}`;
  }

  /** What the API calls the filter of the address; days are the browser's. */
  get filter() {
    const { status, reason, q, from, to } = this.query;
    return { status, reason, q, from: day(from, 0), to: day(to, 1) };
  }

  get listKey() {
    return url(`/${this.params.channelId}`, this.filter);
  }

  newSource() {
    const { filter } = this;
    return new RowSource(({ cursor, limit, signal }) =>
      get(`/channels/${this.params.channelId}/orders`, { query: { ...filter, cursor, limit }, signal }),
    );
  }

  view({ counts }) {
    const { status, reason, q, from, to } = this.query;
    const rest = { q, reason, from, to };
    // Counted of all sales: beside a search the figures would say something else.
    const narrowed = Boolean(q || from || to);
    const all = FILTERS.reduce((sum, each) => sum + (STATES[each.status] ? counts[each.status] : 0), 0);
    return html`<div class="list-tools">
        <div class="row">
          ${searchField({ id: "order-search", label: "Search sales by the till's id, the order's name or an item", value: q, placeholder: "Sale, order or item" })}
          ${this.dayField("from", "From", from)} ${this.dayField("to", "Until", to)}
        </div>
        ${filterLinks("States", [
          { title: "All", href: url(location.pathname, rest), current: !status, count: narrowed ? null : all },
          ...FILTERS.filter((each) => each.always || counts[each.status] > 0 || each.status === status).map((each) => ({
            title: each.title,
            href: url(location.pathname, { ...rest, status: each.status }),
            current: status === each.status,
            count: narrowed ? null : counts[each.status],
            kind: ["ATTENTION", "HELD", "PROBLEM"].includes(each.status) && counts[each.status] > 0 ? "warn" : "",
          })),
        ])}
        ${reason
          ? html`<p class="row">
              Only: ${reasonName(reason)}
              <a href=${url(location.pathname, { status, q, from, to })}>Show all reasons</a>
            </p>`
          : nothing}
        ${this.bulk(status)} ${this.refused ? problemNotice(this.refused) : nothing}
      </div>
      <tb-rows-state ?counted=${narrowed} .source=${this.source} .empty=${() => this.none(all)}></tb-rows-state>
      <tb-virtual-list class="orders-list" label="Sales" .source=${this.source} .columns=${COLUMNS} .cell=${this.cell}></tb-virtual-list>`;
  }

  dayField(name, label, value) {
    return html`<label class="row day"
      ><span class="soft small">${label}</span>
      <input
        class="input short"
        type="date"
        name=${name}
        .value=${value ?? ""}
        @change=${(event) => void setQuery({ [name]: event.target.value })}
    /></label>`;
  }

  bulk(status) {
    if (!may("operator") || !IN_BULK.has(status)) {
      return nothing;
    }
    return html`<div class="row">
      <span class="soft small">With all that are shown:</span>
      <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.all("replay")}>Try all again…</button>
      ${status === "SKIPPED"
        ? nothing
        : html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => this.all("dismiss")}>Dismiss all…</button>`}
    </div>`;
  }

  what(row) {
    const first = row.lines[0];
    const names = row.lines.slice(0, 3).map((line) => `${line.units === 1 ? "" : `${number(line.units)} × `}${line.name}`);
    const more = row.lines.length > 3 ? ` and ${many(row.lines.length - 3, "more item")}` : "";
    return html`<a
        class="one-line"
        data-row-focus
        href="/channels/${this.params.channelId}/orders/${encodeURIComponent(row.posOrderId)}"
        >${row.kind === "CREDIT" ? "Money given back" : "Sale"} ${row.posOrderId}</a
      >
      <p class="soft small one-line">
        <time datetime=${row.createdAt} title=${moment(row.createdAt)}>${ago(row.createdAt)}</time>${first
          ? html` · ${names.join(", ")}${more}`
          : nothing}
      </p>`;
  }

  state(row) {
    const state = STATES[row.status];
    const problem = row.problems[0];
    const said = problem ?? row.reason;
    return html`<span class="row-small"
        >${statePill(problem ? "warn" : state.kind, problem ? `${state.title}, with a problem` : state.title)}</span
      >
      ${said ? html`<p class="soft small two-lines" title=${said.text}>${said.text}</p>` : nothing}`;
  }

  till(row) {
    return html`${row.posTotal ? money(row.posTotal.amount, row.posTotal.currency) : "–"}${row.paid
      ? nothing
      : html`<p class="soft small">not paid</p>`}`;
  }

  shop(row) {
    const total = row.storeTotal;
    const order = row.storeOrder;
    const differs = total && row.posTotal && Number(total.amount) !== Number(row.posTotal.amount);
    return html`${total ? html`<span class=${differs ? "warn-text" : ""}>${money(total.amount, total.currency)}</span>` : "–"}${order?.name
      ? html`<p class="soft small one-line">${order.name}${order.cancelled ? ", cancelled" : ""}</p>`
      : nothing}`;
  }

  none(all) {
    if (all === 0) {
      return emptyState({
        title: "No sales yet",
        text: "Sales appear here as soon as order sync is on and the till sells something.",
        actions: html`<a class="button" href="/channels/${this.params.channelId}/settings">Look at order sync</a>`,
      });
    }
    const { status } = this.query;
    const good = ["ATTENTION", "HELD", "FAILED", "PROBLEM"].includes(status) && !this.query.q && !this.query.reason;
    return emptyState({
      title: good ? "All is well" : "No sale is found",
      text: good ? "No sale waits for you here." : "Look for something else, or at all sales.",
      actions: html`<a class="button" href=${location.pathname}>Show all sales</a>`,
    });
  }

  async all(what) {
    this.busy = true;
    this.refused = null;
    try {
      if (await inBulk(this.params.channelId, what, this.filter)) {
        await this.readNow();
      }
    } catch (error) {
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }
}

/** The beginning of a day of the browser's, as the API takes it. */
function day(text, later) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "");
  return parts ? new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later).toISOString() : undefined;
}

customElements.define("tb-orders-page", OrdersPage);
