import { html, nothing } from "lit";
import { post } from "../../api.js";
import { showDialog } from "../../components/dialogs.js";
import { checkField, radioField } from "../../components/fields.js";
import { problemNotice } from "../../components/notices.js";

const CHOICES = [
  ["stock", "Stock", "Both sides are read and matched, and the till's quantities are written where inventory sync is on."],
  ["orders", "Orders", "New sales are found, taken off the shop's stock, and made orders where order sync is on."],
  ["prices", "Prices", "Both sides are read, and the till's prices are written where price sync is on."],
  ["products", "Products", "Products without an item are published where product sync is on."],
  ["shipments", "Shipments", "What the shop has sent is written into the till's notes where shipment sync is on."],
];

/**
 * Asks what to do now, and asks the service for it.
 *
 * @param {string} channelId
 * @returns {Promise<string | null>} the run's id; null where nothing was asked for
 */
export async function startRun(channelId) {
  const chosen = new Set(["stock", "orders"]);
  let full = "false";
  let problem = null;
  let busy = false;
  const id = await showDialog({
    title: "Start a run",
    content: (close, again) => html`<form
      class="stack"
      @submit=${async (event) => {
        event.preventDefault();
        busy = true;
        again();
        try {
          const run = await post(`/channels/${channelId}/runs`, { streams: [...chosen], full: full === "true" });
          close(run.id);
        } catch (error) {
          problem = error;
          busy = false;
          again();
        }
      }}
    >
      <p class="soft">Everything is done by itself all the time. A run does it at once, for whoever does not want to wait.</p>
      ${problem ? problemNotice(problem) : nothing}
      <fieldset>
        <legend class="legend">What is to be done?</legend>
        ${CHOICES.map(([stream, label, help]) =>
          checkField({
            id: `stream-${stream}`,
            label,
            help,
            value: chosen.has(stream),
            input: (yes) => {
              if (yes) {
                chosen.add(stream);
              } else {
                chosen.delete(stream);
              }
              again();
            },
          }),
        )}
      </fieldset>
      ${radioField({
        id: "full",
        label: "How much is read?",
        value: full,
        choices: [
          { value: "false", label: "What has changed", help: "Seconds." },
          { value: "true", label: "Everything", help: "All of both sides is read anew: minutes, for a large shop." },
        ],
        input: (value) => {
          full = value;
          again();
        },
      })}
      <div class="actions">
        <button class="button" type="button" @click=${() => close()}>Cancel</button>
        <button class="button primary" type="submit" ?disabled=${busy || chosen.size === 0}>${busy ? "Starting…" : "Start"}</button>
      </div>
    </form>`,
  });
  return id ?? null;
}
