import { html, nothing } from "lit";
import { get, put } from "../../api.js";
import { showDialog } from "../../components/dialogs.js";
import { problemNotice } from "../../components/notices.js";
import { lines } from "../../components/skeleton.js";
import { say } from "../../components/toast.js";
import { number } from "../../format.js";

/** Variants that may be linked by hand; those of other states have a link. */
const FREE = ["unlinked", "ambiguous", "blocked"];
const SHOWN = 20;

/**
 * Asks which item of the till a variant is to be linked to, and links it.
 *
 * @param {string} channelId
 * @param {{id: string, title: string, sku?: string | null, barcode?: string | null}} variant
 * @returns {Promise<boolean>} whether it was linked
 */
export function linkVariant(channelId, variant) {
  return pick({
    title: `Link “${variant.title}”`,
    lead: "Pick the till's item that is the same thing. Only items without a link are shown.",
    label: "Search the till's items by name, SKU or code",
    start: "",
    search: async (q, signal) =>
      (await get(`/channels/${channelId}/links`, { query: { status: "till-only", q, limit: SHOWN }, signal })).items.map((row) => ({
        key: row.item.id,
        name: row.item.name,
        facts: [row.item.sku && `SKU ${row.item.sku}`, row.item.code && `code ${row.item.code}`, shows(row.channelStock)],
        variantId: variant.id,
        itemId: row.item.id,
      })),
    none: "No item without a link is found. Is it linked to another variant? Then remove that link first.",
    channelId,
  });
}

/**
 * Asks which variant of the shop an item of the till is to be linked to, and links it.
 *
 * @param {string} channelId
 * @param {{id: string, name: string}} item
 * @returns {Promise<boolean>} whether it was linked
 */
export function linkItem(channelId, item) {
  return pick({
    title: `Link “${item.name}”`,
    lead: "Pick the shop's variant that is the same thing. Only variants without a link are shown.",
    label: "Search the shop's variants by title, SKU or barcode",
    start: "",
    search: async (q, signal) => {
      const pages = await Promise.all(
        FREE.map((status) => get(`/channels/${channelId}/links`, { query: { status, q, limit: SHOWN }, signal })),
      );
      return pages
        .flatMap((page) => page.items)
        .slice(0, SHOWN)
        .map((row) => ({
          key: row.variant.id,
          name: row.variant.title,
          facts: [row.variant.sku && `SKU ${row.variant.sku}`, row.variant.barcode && `barcode ${row.variant.barcode}`, row.reason],
          variantId: row.variant.id,
          itemId: item.id,
        }));
    },
    none: "No variant without a link is found. Is it linked to another item? Then remove that link first.",
    channelId,
  });
}

function shows(quantity) {
  return quantity === null ? "no quantity" : `shows ${number(quantity)}`;
}

async function pick({ title, lead, label, start, search, none, channelId }) {
  let found = null;
  let problem = null;
  let busy = "";
  let text = start;
  let reading = null;
  let timer = null;
  let redraw = () => {};

  const look = async () => {
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    try {
      const rows = await search(text || undefined, mine.signal);
      if (!mine.signal.aborted) {
        found = rows;
        problem = null;
      }
    } catch (error) {
      if (!mine.signal.aborted) {
        problem = error;
      }
    }
    redraw();
  };

  const link = async (row, close) => {
    busy = row.key;
    redraw();
    try {
      await put(`/channels/${channelId}/links/${encodeURIComponent(row.variantId)}`, { itemId: row.itemId });
      say("Linked. Its stock and price are set with the next turn.");
      close(true);
    } catch (error) {
      problem = error;
      busy = "";
      redraw();
    }
  };

  const linked = showDialog({
    title,
    large: true,
    content: (close, again) => {
      redraw = again;
      return html`<p class="soft">${lead}</p>
        <div class="field stack-small">
          <label for="pick-search">${label}</label>
          <input
            id="pick-search"
            class="input wide"
            type="search"
            autocomplete="off"
            spellcheck="false"
            maxlength="100"
            @input=${(event) => {
              text = event.target.value.trim();
              clearTimeout(timer);
              timer = setTimeout(() => void look(), 250);
            }}
          />
        </div>
        ${problem ? problemNotice(problem) : nothing}
        <div class="picks" aria-live="polite">
          ${found === null
            ? problem
              ? nothing
              : lines(4)
            : found.length === 0
              ? html`<p class="soft">${none}</p>`
              : html`<ul class="bare-list">
                  ${found.map(
                    (row) =>
                      html`<li class="pick">
                        <div class="grow">
                          <strong>${row.name}</strong>
                          <p class="soft small">${row.facts.filter(Boolean).join(" · ")}</p>
                        </div>
                        <button class="button" type="button" ?disabled=${busy !== ""} @click=${() => link(row, close)}>
                          ${busy === row.key ? "Linking…" : "Link"}<span class="visually-hidden"> ${row.name}</span>
                        </button>
                      </li>`,
                  )}
                </ul>`}
        </div>
        ${found?.length === SHOWN ? html`<p class="soft small">These are the first ${SHOWN}. Search to see others.</p>` : nothing}
        <div class="actions"><button class="button" type="button" @click=${() => close()}>Cancel</button></div>`;
    },
  });
  void look();
  const answer = await linked;
  clearTimeout(timer);
  reading?.abort();
  return answer === true;
}
