import { html, nothing } from "lit";
import { address, get } from "../../api.js";
import { channelOf, readConnected } from "../../channels.js";
import { filterLinks, searchField } from "../../components/filters.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, statePill } from "../../components/notices.js";
import { ListPage } from "../../components/list-page.js";
import { RowSource } from "../../components/row-source.js";
import { lines } from "../../components/skeleton.js";
import { money, number } from "../../format.js";
import { url } from "../../router.js";
import { may } from "../../session.js";
import { importLinks } from "./import-dialog.js";
import { linkItem, linkVariant } from "./link-dialog.js";
import { FILTERS, STATES } from "./words.js";

const COLUMNS = [
  { title: "Item", name: "what" },
  { title: "State", name: "state" },
  { title: "In the shop", name: "store", end: true },
  { title: "Till should show", name: "target", end: true },
  { title: "Till shows", name: "till", end: true },
  { title: "Price at the till", name: "price", end: true },
];

/** Everything that is sold: both sides' stock and prices, what links them, and what does not. */
class ItemsPage extends ListPage {
  constructor() {
    super();
    this.cell = (column, row) => this[column.name](row);
  }

  header() {
    const id = this.params.channelId;
    return channelHeader(channelOf(id), "items", {
      title: "Items",
      lead: "What is sold on both sides, how many the till may sell, and why.",
      actions: html`<a
          class="button"
          href=${address(`/channels/${id}/links/export`, this.filter)}
          download="links.csv"
          >Export</a
        >
        ${may("operator") ? html`<button class="button" type="button" @click=${this.import}>Import</button>` : nothing}`,
    });
  }

  hints() {
    return ["link", "run", "recount", "channel"];
  }

  async load(signal) {
    const channel = `/channels/${this.params.channelId}`;
    const [counts, { outOfStep }] = await Promise.all([
      get(`${channel}/links/counts`, { signal }),
      get(`${channel}/overview`, { signal }),
      readConnected(),
    ]);
    this.source?.refresh(this.totalOf({ counts, outOfStep }));
    return { counts, outOfStep };
  }

  placeholder() {
    return html`<div class="filters-place"></div>
      ${lines(12)}`;
  }

  /** What the API is asked for, as the address of the page has it. */
  get filter() {
    const { status, outOfStep, q } = this.query;
    return { status, outOfStep, q };
  }

  get listKey() {
    return url(`/${this.params.channelId}`, this.filter);
  }

  get total() {
    return this.totalOf(this.data);
  }

  newSource() {
    const { filter } = this;
    return new RowSource(
      ({ cursor, offset, limit, signal }) =>
        get(`/channels/${this.params.channelId}/links`, {
          query: { ...filter, cursor, offset: offset > 0 ? offset : undefined, limit },
          signal,
        }),
      { total: this.total, jumps: !filter.q },
    );
  }

  /** How many rows the list has; null with a search, whose end nobody knows before it is reached. */
  totalOf({ counts, outOfStep }) {
    const { status, q } = this.query;
    if (q || (this.query.outOfStep && (status || outOfStep === null))) {
      return null;
    }
    if (this.query.outOfStep) {
      return outOfStep;
    }
    return status
      ? counts[FILTERS.find(([name]) => name === status)?.[1]] ?? null
      : Object.values(counts).reduce((sum, each) => sum + each, 0);
  }

  view({ counts, outOfStep }) {
    const { status, q } = this.query;
    const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
    return html`<div class="list-tools">
        ${searchField({ id: "item-search", label: "Search items by name, SKU, barcode or code", value: q, placeholder: "Name, SKU, barcode or code" })}
        ${filterLinks("States", [
          { title: "All", href: url(location.pathname, { q }), current: !status && !this.query.outOfStep, count: q ? null : all },
          ...FILTERS.map(([name, counted]) => ({
            title: STATES[name].title,
            href: url(location.pathname, { q, status: name }),
            current: status === name,
            count: q ? null : counts[counted],
            kind: STATES[name].kind === "warn" && counts[counted] > 0 ? "warn" : "",
          })),
          ...(outOfStep === null
            ? []
            : [
                {
                  title: "Out of step",
                  href: url(location.pathname, { q, outOfStep: true }),
                  current: Boolean(this.query.outOfStep),
                  count: q ? null : outOfStep,
                  kind: outOfStep > 0 ? "warn" : "",
                },
              ]),
        ])}
      </div>
      ${all === 0 ? this.nothingYet() : this.list()}`;
  }

  list() {
    const { source } = this;
    return html`<tb-rows-state ?counted=${Boolean(this.query.q)} .source=${source} .empty=${() => this.nothingFound()}></tb-rows-state>
      <tb-virtual-list class="items-list" label="Items" .source=${source} .columns=${COLUMNS} .cell=${this.cell}></tb-virtual-list>`;
  }

  what(row) {
    const { variant, item } = row;
    if (!variant) {
      return html`${may("operator")
          ? html`<button class="link-button" type="button" data-row-focus @click=${() => this.linkItem(item)}>${item.name}</button>`
          : html`<strong tabindex="-1" data-row-focus>${item.name}</strong>`}
        <p class="soft small one-line">${ids([item.sku && `SKU ${item.sku}`, item.code && `code ${item.code}`])}</p>`;
    }
    return html`<a class="one-line" data-row-focus href="/channels/${this.params.channelId}/items/${encodeURIComponent(variant.id)}"
        >${variant.title}</a
      >
      <p class="soft small one-line">
        ${ids([variant.sku && `SKU ${variant.sku}`, variant.barcode, item && item.name !== variant.title && `till: ${item.name}`])}
      </p>`;
  }

  state(row) {
    const state = STATES[row.status];
    return html`<span class="row-small">${statePill(state.kind, state.short ?? state.title)}${this.linkButton(row)}</span>
      ${row.reason ? html`<p class="soft small two-lines" title=${row.reason}>${row.reason}</p>` : nothing}`;
  }

  linkButton(row) {
    if (!may("operator") || row.status === "linked" || row.status === "drifted") {
      return nothing;
    }
    const name = row.variant?.title ?? row.item.name;
    return html`<button
      class="link-button small"
      type="button"
      @click=${() => (row.variant ? this.linkVariant(row.variant) : this.linkItem(row.item))}
    >
      Link…<span class="visually-hidden"> ${name}</span>
    </button>`;
  }

  store(row) {
    return row.item && row.variant && row.variant.tracked ? number(row.storeStock ?? 0) : "–";
  }

  target(row) {
    if (!row.item || !row.variant) {
      return "–";
    }
    if (row.target === null) {
      return html`–
        <p class="soft small">${row.variant.tracked ? "not read yet" : "not counted"}</p>`;
    }
    const parts = row.variant.tracked
      ? [row.safetyStock && `− ${number(row.safetyStock)} held back`, row.unposted && `− ${number(row.unposted)} sold`].filter(Boolean)
      : ["not counted in the shop"];
    return html`<strong>${number(row.target)}</strong>${parts.length > 0 ? html`<p class="soft small">${parts.join(" ")}</p>` : nothing}`;
  }

  till(row) {
    if (!row.item) {
      return "–";
    }
    const differs = row.target !== null && row.channelStock !== row.target;
    return html`${row.channelStock === null ? "–" : number(row.channelStock)}${differs
      ? html`<p class="small warn-text">${row.channelStock === null ? "no quantity yet" : "not in step"}</p>`
      : nothing}`;
  }

  price(row) {
    const charged = row.channelPrice;
    const wanted = row.price?.result;
    const differs = wanted && charged && Number(wanted.amount) !== Number(charged.amount);
    return html`${charged ? money(charged.amount, charged.currency) : "–"}
      ${row.price?.reason
        ? html`<p class="soft small two-lines" title=${row.price.reason}>${row.price.reason}</p>`
        : differs
          ? html`<p class="small warn-text">should be ${money(wanted.amount, wanted.currency)}</p>`
          : row.storePrice && (!charged || Number(row.storePrice.amount) !== Number(charged.amount))
            ? html`<p class="soft small">shop ${money(row.storePrice.amount, row.storePrice.currency)}</p>`
            : nothing}`;
  }

  nothingYet() {
    return emptyState({
      title: "Nothing has been read yet",
      text: "The first read of shop and till is under way, or has not begun. Its progress is under Runs and health.",
      actions: html`<a class="button primary" href="/channels/${this.params.channelId}/runs">See the runs</a>`,
    });
  }

  nothingFound() {
    const { status, outOfStep, q } = this.query;
    return emptyState({
      title: q
        ? `Nothing is found for “${q}”`
        : outOfStep
          ? "No item is out of step"
          : `No item is “${STATES[status]?.title ?? status}”`,
      text: q ? "Names, SKUs, barcodes and the till's codes were searched." : "That is nothing to worry about.",
      actions: html`<a class="button" href=${location.pathname}>Show all items</a>`,
    });
  }

  async linkVariant(variant) {
    if (await linkVariant(this.params.channelId, variant)) {
      await this.readNow();
    }
  }

  async linkItem(item) {
    if (await linkItem(this.params.channelId, item)) {
      await this.readNow();
    }
  }

  async import() {
    if (await importLinks(this.params.channelId)) {
      await this.readNow();
    }
  }
}

function ids(parts) {
  return parts.filter(Boolean).join(" · ");
}

customElements.define("tb-items-page", ItemsPage);
