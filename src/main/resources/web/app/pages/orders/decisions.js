import { html, nothing } from "lit";
import { get, post } from "../../api.js";
import { showDialog } from "../../components/dialogs.js";
import { radioField, textField } from "../../components/fields.js";
import { notice, problemNotice } from "../../components/notices.js";
import { dataTable } from "../../components/table.js";
import { say } from "../../components/toast.js";
import { many, number } from "../../format.js";

const KEEP_OR_RETURN = [
  {
    value: "KEEP",
    label: "The goods are gone",
    help: "They were really sold: the shop's stock stays, or is made, without them.",
  },
  {
    value: "RETURN",
    label: "The goods are still here",
    help: "Nothing was sold, or it came back: what was taken off the shop's stock goes back.",
  },
];

const DONE_OR_NOT = [
  { value: "DONE", label: "Yes, the shop shows it", help: "It stands and is not done again." },
  { value: "NOT_DONE", label: "No, the shop does not show it", help: "It is done now." },
];

/** The API asks this where it never learned what became of a change. */
function asksOutcome(problem) {
  return problem?.status === 409 && problem.detail.includes("unknownOutcome");
}

/**
 * The API's words for whoever calls it, as a question to a person.
 *
 * @param {string} detail such as "Whether the store's stock was changed by this sale is not known. Compare it …"
 */
function question(detail) {
  return detail.split(". ")[0].replace(/^Whether /, "Nobody knows whether ").replace(/ is not known$/, "");
}

function outcomeField(problem, value, input) {
  return html`${notice(
    "warn",
    html`<p>${question(problem.detail)}: the shop did not answer in time. Look at the sale in the shop's admin, then say what you found.</p>`,
  )}
  ${radioField({ id: "outcome", label: "Was it done?", value, choices: DONE_OR_NOT, input })}`;
}

/**
 * Tries a sale again, and asks what the API needs to know for it.
 *
 * @returns {Promise<boolean>} whether it was done
 */
export async function replay(channelId, sale) {
  const path = `/channels/${channelId}/orders/${encodeURIComponent(sale.posOrderId)}/replay`;
  try {
    await post(path, {});
    say("It is read from the till again and tried with the rules as they are now.");
    return true;
  } catch (error) {
    if (!asksOutcome(error)) {
      throw error;
    }
    const done = await form({
      title: "Try this sale again",
      yes: "Try again",
      problem: error,
      fields: (state, again) =>
        outcomeField(error, state.outcome, (value) => {
          state.outcome = value;
          again();
        }),
      ready: (state) => Boolean(state.outcome),
      send: (state) => post(path, { unknownOutcome: state.outcome }),
    });
    if (done) {
      say("It is tried again.");
    }
    return done;
  }
}

/**
 * Leaves a sale, with a reason and what becomes of its goods.
 *
 * @returns {Promise<boolean>} whether it was done
 */
export async function dismiss(channelId, sale) {
  const path = `/channels/${channelId}/orders/${encodeURIComponent(sale.posOrderId)}/dismiss`;
  const stands = sale.storeOrder?.id && !sale.storeOrder.cancelled;
  const done = await form({
    title: stands ? "Dismiss the problem of this sale" : "Leave this sale out",
    lead: stands
      ? "Its order stays in the shop as it is; the problem is seen to."
      : "It does not become an order in the shop. You can try it again later.",
    yes: "Dismiss",
    fields: (state, again) => html`${reasonField(state, again)}
    ${radioField({
      id: "stock",
      label: "What became of the goods?",
      value: state.stock,
      choices: stands ? KEEP_OR_RETURN.slice(0, 1) : KEEP_OR_RETURN,
      help: stands ? "The order stands in the shop: its stock goes back when the sale is refunded or voided at the till." : undefined,
      input: (value) => {
        state.stock = value;
        again();
      },
    })}
    ${state.asked
      ? outcomeField(state.asked, state.outcome, (value) => {
          state.outcome = value;
          again();
        })
      : nothing}`,
    start: stands ? { stock: "KEEP" } : {},
    ready: (state) => Boolean(state.reason?.trim()) && Boolean(state.stock) && (!state.asked || Boolean(state.outcome)),
    send: (state) => post(path, { reason: state.reason.trim(), stock: state.stock, unknownOutcome: state.outcome ?? null }),
  });
  if (done) {
    say("Dismissed.");
  }
  return done;
}

function reasonField(state, again) {
  return textField({
    id: "reason",
    label: "Why?",
    value: state.reason ?? "",
    required: true,
    help: "For whoever reads the sale's story later, such as “rung up twice”.",
    input: (value) => {
      state.reason = value;
      again();
    },
  });
}

/**
 * Does something with all sales that a filter finds.
 *
 * @param {string} channelId
 * @param {"replay" | "dismiss"} what
 * @param {{status: string, reason?: string | null, from?: string | null, to?: string | null, q?: string | null}} filter
 * @returns {Promise<boolean>} whether anything was done
 */
export async function inBulk(channelId, what, filter) {
  const page = await get(`/channels/${channelId}/orders`, { query: { ...filter, limit: 500 } });
  const found = page.items.length;
  const counted = page.nextCursor === null ? many(found, "sale") : `more than ${many(found, "sale")}`;
  if (found === 0) {
    say("This filter finds no sale.", "info");
    return false;
  }
  let outcome = null;
  let changed = false;
  const again = what === "replay";
  const done = await form({
    title: again ? `Try ${counted} again` : `Dismiss ${counted}`,
    lead: again
      ? "Each is read from the till anew and judged by the rules as they are now. What is in the shop already is never imported twice."
      : "None of them becomes an order in the shop; of those that are orders already the problem is seen to.",
    yes: again ? `Try ${counted} again` : `Dismiss ${counted}`,
    fields: (state, redraw) =>
      outcome
        ? told(outcome, again)
        : html`${page.nextCursor === null ? nothing : html`<p>At most 500 are done at once; then you can go on with the rest.</p>`}
          ${again
            ? nothing
            : html`${reasonField(state, redraw)}
              ${radioField({
                id: "stock",
                label: "What became of the goods?",
                value: state.stock,
                choices: KEEP_OR_RETURN,
                input: (value) => {
                  state.stock = value;
                  redraw();
                },
              })}`}`,
    ready: (state) => again || (Boolean(state.reason?.trim()) && Boolean(state.stock)),
    send: async (state) => {
      outcome = await post(`/channels/${channelId}/orders/${what}`, {
        filter,
        ...(again ? {} : { reason: state.reason.trim(), stock: state.stock }),
      });
      changed = changed || outcome.done > 0;
      // Whom all was done with needs no report.
      return outcome.refused.length === 0 && !outcome.more;
    },
    more: () => outcome !== null && (outcome.more && outcome.done > 0 ? "Go on with the next" : null),
  });
  if (done) {
    say(again ? `${many(outcome.done, "sale")} tried again.` : `${many(outcome.done, "sale")} dismissed.`);
  }
  return changed;
}

function told(outcome, again) {
  return html`<p>
      ${number(outcome.done)} of ${many(outcome.matched, "sale")} ${again ? "are tried again" : "were dismissed"}.
      ${outcome.more ? "There are more." : ""}
    </p>
    ${outcome.refused.length > 0
      ? html`<div class="limited" tabindex="0" role="region" aria-label="Sales with which it was not done">
          ${dataTable({
            caption: "Sales with which it was not done, and why",
            columns: [
              { title: "Sale", cell: (row) => html`<code>${row.posOrderId}</code>` },
              { title: "Why not", cell: (row) => row.reason },
            ],
            rows: outcome.refused,
            key: (row) => row.posOrderId,
          })}
        </div>`
      : nothing}`;
}

/**
 * A dialog with fields, whose answer is sent to the API; refusals are shown in it.
 *
 * @param {object} dialog
 * @param {string} dialog.title
 * @param {string} [dialog.lead]
 * @param {string} dialog.yes
 * @param {(state: any, again: () => void) => unknown} dialog.fields
 * @param {(state: any) => boolean} dialog.ready
 * @param {(state: any) => Promise<unknown>} dialog.send false: it is not over
 * @param {() => string | null | false} [dialog.more] after a `send` that was not the end: what the button says then; null: only "Close"
 * @param {any} [dialog.start] what the fields hold at first
 * @param {any} [dialog.problem] what the API has asked already
 */
async function form({ title, lead, yes, fields, ready, send, more = () => false, start = {}, problem: first = null }) {
  const state = { ...start };
  let problem = null;
  let busy = false;
  const answer = await showDialog({
    title,
    content: (close, again) => {
      const next = more();
      return html`<form
        class="stack"
        @submit=${async (event) => {
          event.preventDefault();
          busy = true;
          problem = null;
          again();
          try {
            if ((await send(state)) !== false) {
              close(true);
              return;
            }
          } catch (error) {
            if (asksOutcome(error) && first === null) {
              state.asked = error;
            } else {
              problem = error;
            }
          }
          busy = false;
          again();
        }}
      >
        ${lead ? html`<p class="soft">${lead}</p>` : nothing} ${problem ? problemNotice(problem) : nothing} ${fields(state, again)}
        <div class="actions">
          <button class="button" type="button" @click=${() => close()}>${next === false ? "Cancel" : "Close"}</button>
          ${next === null
            ? nothing
            : html`<button class="button primary" type="submit" ?disabled=${busy || !ready(state)}>
                ${busy ? "One moment…" : next || yes}
              </button>`}
        </div>
      </form>`;
    },
  });
  return answer === true;
}
