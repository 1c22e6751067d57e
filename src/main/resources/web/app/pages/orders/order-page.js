import { html, nothing } from "lit";
import { get } from "../../api.js";
import { channelOf, readConnected, storeOf } from "../../channels.js";
import { channelHeader } from "../../components/header.js";
import { emptyState, notice, problemNotice, statePill } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { dataTable } from "../../components/table.js";
import { timeline } from "../../components/timeline.js";
import { money, moment, number } from "../../format.js";
import { url } from "../../router.js";
import { may } from "../../session.js";
import { linkItem } from "../items/link-dialog.js";
import { sentence } from "../items/why.js";
import { dismiss, replay } from "./decisions.js";
import { reasonName, REFUNDS, STATES, step, STOCK } from "./words.js";

/** One sale: what the till sold, what the shop has of it, and everything that happened between. */
class OrderPage extends Page {
  static properties = { refused: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.refused = null;
    this.busy = false;
  }

  get pageTitle() {
    return `Sale ${this.params.posOrderId}`;
  }

  header() {
    const sale = this.data;
    return channelHeader(channelOf(this.params.channelId), "orders", {
      title: `Sale ${this.params.posOrderId}`,
      lead: sale
        ? html`${statePill(STATES[sale.status].kind, STATES[sale.status].title)}
            <time datetime=${sale.createdAt}>${moment(sale.createdAt)}</time>`
        : html`&nbsp;`,
      actions: sale && may("operator") ? this.actions(sale) : nothing,
    });
  }

  hints() {
    return ["order", "link"];
  }

  async load(signal) {
    const [sale] = await Promise.all([
      get(`/channels/${this.params.channelId}/orders/${encodeURIComponent(this.params.posOrderId)}`, { signal }),
      readConnected(),
    ]);
    return sale;
  }

  placeholder() {
    return cards(4, "160px");
  }

  actions(sale) {
    const waits = sale.status === "HELD" || sale.status === "FAILED" || sale.problems.length > 0;
    const leaves = waits || ["WAITING", "READY", "SEEN"].includes(sale.status);
    const again = sale.status !== "CREATING" && (waits || sale.status === "SKIPPED" || sale.status === "WAITING");
    return html`${again
      ? html`<button class="button ${waits ? "primary" : ""}" type="button" ?disabled=${this.busy} @click=${() => this.decide(replay)}>
          Try again
        </button>`
      : nothing}
    ${leaves
      ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => this.decide(dismiss)}>Dismiss…</button>`
      : nothing}`;
  }

  view(sale) {
    return html`<div class="stack">
      ${this.refused ? problemNotice(this.refused) : nothing} ${this.matters(sale)} ${this.unlinked(sale)}
      <div class="two-columns">${this.till(sale)} ${this.store(sale)}</div>
      ${this.refunds(sale)} ${this.story(sale)}
    </div>`;
  }

  matters(sale) {
    const state = STATES[sale.status];
    const said = [
      sale.reason && { kind: state.kind === "bad" || state.kind === "warn" ? state.kind : "info", ...sale.reason },
      ...sale.problems.map((problem) => ({ kind: "warn", ...problem })),
    ].filter(Boolean);
    const others = sale.reason && (sale.status === "HELD" || sale.status === "FAILED");
    return html`<div class="stack-small">
      ${said.map((each) => notice(each.kind, html`<p>${sentence(each.text ?? each.code)}</p>`))}
      <p>
        ${state.means} ${STOCK[sale.stock]}
        ${others
          ? html`<a href=${url(`/channels/${this.params.channelId}/orders`, { status: sale.status, reason: sale.reason.code })}
              >All sales held for this reason (${reasonName(sale.reason.code)})</a
            >`
          : nothing}
      </p>
    </div>`;
  }

  /** What keeps a sale from being imported most often, and what to do about it right here. */
  unlinked(sale) {
    const items = sale.lines.filter((line) => line.itemId !== null && line.variantId === null);
    if (items.length === 0 || sale.storeOrder?.id || sale.status === "SKIPPED") {
      return nothing;
    }
    return html`<section class="card stack-small" aria-labelledby="unlinked">
      <h2 id="unlinked">Items without a link</h2>
      <p class="soft">Say which product of the shop each of them is, then try the sale again.</p>
      <ul class="bare-list">
        ${items.map(
          (line) =>
            html`<li class="pick">
              <div class="grow"><strong>${line.name}</strong></div>
              ${may("operator")
                ? html`<button class="button" type="button" @click=${() => this.link(line)}>
                    Link…<span class="visually-hidden"> ${line.name}</span>
                  </button>`
                : nothing}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  till(sale) {
    const till = sale.sides?.till;
    return html`<section class="card stack-small" aria-labelledby="till-side">
      <h2 id="till-side">At the till</h2>
      ${till
        ? html`${dataTable({
              caption: "Lines of the sale at the till",
              columns: [
                { title: "Line", cell: (line) => this.tillLine(line, sale) },
                { title: "Units", cell: (line) => units(line), end: true },
                { title: "Total", cell: (line) => paid(line.total), end: true },
              ],
              rows: till.lines,
              key: (line) => line.id,
            })}
            ${sums([
              ["Service charge", till.serviceCharge, true],
              [till.taxesIncluded ? "Tax, in the prices" : "Tax", till.tax, true],
              ["Total", till.total, false],
              ["Tip, beside it", till.tips, true],
            ])}
            ${this.payments(till)}`
        : html`<p class="soft">It has not been read yet.</p>`}
    </section>`;
  }

  tillLine(line, sale) {
    const link = sale.lines.find((each) => each.itemId !== null && each.itemId === line.itemId);
    const name = line.name || "No name";
    const notes = [
      line.discount && Number(line.discount.amount) !== 0 && `${paid(line.price)}, ${paid(line.discount)} off`,
      line.note,
      line.refunded && "given back",
      line.exchanged && "exchanged",
    ].filter(Boolean);
    return html`${link?.variantId
      ? html`<a href="/channels/${this.params.channelId}/items/${encodeURIComponent(link.variantId)}">${name}</a>`
      : name}
    ${notes.length > 0 ? html`<span class="soft small block">${notes.join(" · ")}</span>` : nothing}`;
  }

  payments(till) {
    return till.payments.length === 0
      ? html`<p class="soft small">Nothing was paid yet.</p>`
      : html`<ul class="bare-list small">
          ${till.payments.map(
            (payment) =>
              html`<li>
                ${paid(payment.amount)} ${payment.tender ?? "paid"}, ${moment(payment.at)}${payment.received ? "" : " (not received)"}
              </li>`,
          )}
        </ul>`;
  }

  store(sale) {
    const store = sale.sides?.store;
    const order = sale.storeOrder;
    return html`<section class="card stack-small" aria-labelledby="store-side">
      <h2 id="store-side">In the shop</h2>
      ${order?.id
        ? html`<p>
            Order <a href=${orderAddress(this.params.channelId, order.id)} target="_blank" rel="noopener noreferrer">${order.name ?? order.id}</a>${order.cancelled
              ? html`, ${statePill("warn", "cancelled")}`
              : nothing}
          </p>`
        : nothing}
      ${store
        ? html`${dataTable({
            caption: "Lines of the order in the shop",
            columns: [
              { title: "Line", cell: (line) => storeLine(line) },
              { title: "Units", cell: (line) => number(line.quantity), end: true },
              { title: "Total", cell: (line) => paid(line.total), end: true },
            ],
            rows: store.lines.map((line, index) => ({ ...line, index })),
            key: (line) => line.index,
          })}
          ${sums([
            [sale.sides.till?.taxesIncluded ? "Tax, in the prices" : "Tax", store.tax, true],
            ["Total", sale.storeTotal ?? store.total, false],
          ])}
          ${compared(sale)}`
        : html`<p class="soft">${order?.former.length > 0 ? "Its order was cancelled." : "It is no order yet."}</p>`}
      ${order?.former.length > 0
        ? html`<p class="soft small">
            Earlier orders of this sale, cancelled:
            ${order.former.map(
              (id) => html`<a href=${orderAddress(this.params.channelId, id)} target="_blank" rel="noopener noreferrer">${id}</a> `,
            )}
          </p>`
        : nothing}
    </section>`;
  }

  refunds(sale) {
    return sale.refunds.length === 0
      ? nothing
      : html`<section class="card stack-small" aria-labelledby="refunds">
          <h2 id="refunds">Money given back</h2>
          ${dataTable({
            caption: "Refunds of the sale",
            columns: [
              { title: "Refund", cell: (refund) => html`<code>${refund.posRefundId}</code>` },
              { title: "Amount", cell: (refund) => paid(refund.amount), end: true },
              { title: "State", cell: (refund) => REFUNDS[refund.status] ?? refund.status },
              { title: "Why", cell: (refund) => refund.reason?.text ?? "" },
            ],
            rows: sale.refunds,
            key: (refund) => refund.posRefundId,
          })}
        </section>`;
  }

  story(sale) {
    return html`<section class="card stack-small" aria-labelledby="story">
      <h2 id="story">The sale's story</h2>
      ${timeline(
        (sale.history ?? []).map((entry) => ({
          id: entry.id,
          at: entry.at,
          kind: stepKind(entry.kind),
          title: step(entry.kind),
          text: entry.cause ? sentence(entry.cause) : nothing,
          by: entry.runId
            ? html`<a href="/channels/${this.params.channelId}/runs/${entry.runId}">The run</a>`
            : entry.actor === "tillbridge"
              ? nothing
              : `by ${entry.actor}`,
        })),
      )}
    </section>`;
  }

  async link(line) {
    if (await linkItem(this.params.channelId, { id: line.itemId, name: line.name })) {
      await this.reload();
    }
  }

  async decide(decision) {
    this.busy = true;
    this.refused = null;
    try {
      if (await decision(this.params.channelId, this.data)) {
        await this.reload();
      }
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
        title: "This sale is not known here",
        text: this.problem.detail,
        actions: html`<a class="button" href="/channels/${this.params.channelId}/orders">All sales</a>`,
      })}`;
    }
    return super.render();
  }
}

function paid(amount) {
  return amount ? money(amount.amount, amount.currency) : "–";
}

function units(line) {
  return line.unit ? `${number(line.units)} ${line.unit}` : number(line.units);
}

function storeLine(line) {
  const facts = [line.sku && `SKU ${line.sku}`, line.tillLines.length > 1 && `${number(line.tillLines.length)} lines at the till`].filter(Boolean);
  return html`${line.title || "No name"}${facts.length > 0 ? html`<span class="soft small block">${facts.join(" · ")}</span>` : nothing}`;
}

/** Amounts under each other; what may be left out is, where it is nothing. */
function sums(rows) {
  return html`<dl class="sums">
    ${rows
      .filter(([, amount, optional]) => amount && !(optional && Number(amount.amount) === 0))
      .map(([label, amount]) => html`<div><dt>${label}</dt><dd>${paid(amount)}</dd></div>`)}
  </dl>`;
}

function compared(sale) {
  if (!sale.posTotal || !sale.storeTotal) {
    return nothing;
  }
  const difference = Number(sale.storeTotal.amount) - Number(sale.posTotal.amount);
  return difference === 0
    ? html`<p class="good-text small">Both totals are the same.</p>`
    : html`<p class="warn-text small">
        The shop's total is ${money(Math.abs(difference), sale.posTotal.currency)} ${difference > 0 ? "higher" : "lower"} than the till's.
      </p>`;
}

function stepKind(kind) {
  if (/held|problem$|unread|not-made|doubled|cancel/.test(kind)) {
    return "warn";
  }
  return /created|posted|written|paid|over|released/.test(kind) ? "good" : "info";
}

function orderAddress(channelId, orderId) {
  const store = storeOf(channelOf(channelId).storeId);
  return store.shopDomain ? `https://${store.shopDomain}/admin/orders/${encodeURIComponent(orderId)}` : nothing;
}

customElements.define("tb-order-page", OrderPage);
