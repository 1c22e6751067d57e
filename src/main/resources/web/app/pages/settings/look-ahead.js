import { html, nothing } from "lit";
import { showDialog } from "../../components/dialogs.js";
import { many, moment, money, number } from "../../format.js";
import { turnedOn } from "./words.js";

const CHANGES = {
  stock: (count) => `The till shows another quantity of ${many(count, "item")}`,
  price: (count) => `The till asks another price for ${many(count, "item")}`,
  create: (count) => `${many(count, "item")} ${count === 1 ? "is" : "are"} made at the till`,
};

const SKIPS = {
  stock: (count) => `The quantity of ${many(count, "item")} is left alone`,
  price: (count) => `The price of ${many(count, "item")} is left alone`,
  create: (count) => `${many(count, "product")} ${count === 1 ? "is" : "are"} not made`,
};

const SHOWN = 5;

/**
 * Shows what settings would do, before they do it.
 *
 * @param {any} before settings as they are
 * @param {any} answer of the dry run: the settings as they would be, with `preview` and `warnings`
 * @param {any} channel as `GET /channels` shows it
 * @param {boolean} matched whether items were matched already: before that nobody knows what will change
 * @returns {Promise<boolean>} whether it is to be done
 */
export async function lookAhead(before, answer, channel, matched) {
  const on = turnedOn(before, answer).length > 0;
  const answered = await showDialog({
    title: "What this will do",
    large: true,
    content: (close) =>
      html`<div class="stack">
          ${words(before, answer, channel.merchant?.currency, matched)}
          ${answer.warnings.map((warning) => html`<p class="notice warn">${warning.message}</p>`)}
        </div>
        <div class="actions">
          <button class="button" type="button" @click=${() => close(false)}>Not yet</button>
          <button class="button primary" type="button" @click=${() => close(true)}>
            ${on ? "Turn on and save" : "Save"}
          </button>
        </div>`,
  });
  return answered === true;
}

function words(before, answer, currency, matched) {
  const { sales, ordersFollowed, links, changes, skips } = answer.preview;
  const on = turnedOn(before, answer);
  return html`
    ${on.includes("orderSync")
      ? html`<p>
          Sales made since <strong>${moment(answer.orderSync.importFrom)}</strong> become orders of the shop. Those made since
          <strong>${moment(answer.orderSync.adjustStockFrom)}</strong> are taken off its stock. ${past(sales)}
        </p>`
      : nothing}
    ${on.includes("shipmentSync") ? html`<p>
          What the shop ships is written into the sale's note at the till.
          ${ordersFollowed > 0 ? `${many(ordersFollowed, "order")} made of sales before ${ordersFollowed === 1 ? "is" : "are"} looked at, too.` : "No sale has become an order yet."}
        </p>` : nothing}
    ${links
      ? html`<p>
          By the new way of matching ${many(links.made, "new link")} would be made. ${many(links.drifted, "link")} would no longer
          agree; they stay. ${many(links.ambiguous, "product")} would fit more than one item, ${number(links.unlinked)} none.
        </p>`
      : nothing}
    ${matched
      ? nothing
      : html`<p class="notice warn">
          Nothing was matched yet, because shop and till are still being read for the first time: what will change at the till is not
          known. Look again in a minute if you want to see it before.
        </p>`}
    ${matched && changes.length === 0 ? html`<p>As far as is known now, nothing at the till changes at once.</p>` : nothing}
    ${changes.map((change) => group(CHANGES[change.kind](change.count), change, currency))}
    ${skips.length === 0
      ? nothing
      : html`<details>
          <summary>What is left alone, and why</summary>
          <div class="stack">${skips.map((skip) => group(SKIPS[skip.kind](skip.count), skip, currency))}</div>
        </details>`}
  `;
}

function past(sales) {
  if (!sales) {
    return "How many sales that is could not be counted now.";
  }
  if (sales.count === 0) {
    return "There is no such sale yet.";
  }
  const count = `${sales.more ? "At least " : ""}${many(sales.count, "sale")}`;
  return html`<strong>${count}</strong> of the past ${sales.count === 1 ? "is" : "are"} looked at.`;
}

function group(title, { kind, count, first }, currency) {
  const said = (value) => (kind === "stock" ? number(value) : money(value, currency));
  const rows = first.slice(0, SHOWN);
  return html`<section>
    <h3>${title}</h3>
    <ul class="plain-list">
      ${rows.map(
        (row) =>
          html`<li>
            ${row.name}:
            ${row.to === null ? nothing : html`${row.from === null ? "nothing" : said(row.from)} → <strong>${said(row.to)}</strong>.`}
            <span class="soft">${row.reason}</span>
          </li>`,
      )}
      ${count > rows.length ? html`<li class="soft">and ${number(count - rows.length)} more</li>` : nothing}
    </ul>
  </section>`;
}
