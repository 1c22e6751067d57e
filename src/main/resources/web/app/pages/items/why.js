import { html, nothing } from "lit";
import { ago, many, number } from "../../format.js";

/**
 * Why the item is at its quantity, in sentences, and what it is made of as a sum.
 *
 * @param {any} row as `GET /channels/{id}/links/{variantId}` answers it
 * @param {string} channelId
 * @returns {{sum: {label: string, value: number, sign: string}[], target: number | null, sentences: unknown[]}}
 */
export function why(row, channelId) {
  const sum = sumOf(row);
  return { sum, target: row.target, sentences: [...origin(row, channelId, sum), ...till(row, channelId), ...written(row, channelId)] };
}

/** Parts of the target; empty where it is not made of any. */
function sumOf(row) {
  if (!row.item || !row.variant.tracked || row.target === null) {
    return [];
  }
  const parts = [{ label: "in the shop", value: row.storeStock ?? 0, sign: "" }];
  if (row.safetyStock) {
    parts.push({ label: "held back", value: row.safetyStock, sign: "−" });
  }
  if (row.unposted) {
    parts.push({ label: "sold, not yet off the shop's stock", value: row.unposted, sign: "−" });
  }
  return parts;
}

function origin(row, channelId, sum) {
  if (!row.item) {
    return [
      "This variant has no item at the till, so nothing is written there.",
      ...(row.reason ? [sentence(row.reason)] : []),
    ];
  }
  if (!row.variant.tracked) {
    return [
      row.target === null
        ? "The shop does not count this variant's stock, so the till's quantity is left alone."
        : `The shop does not count this variant's stock. Such items get ${number(row.target)}, as the settings say.`,
    ];
  }
  if (row.target === null) {
    return ["The shop's stock of this variant has not been read yet. Until then the till's quantity is left alone."];
  }
  const said = [levels(row)];
  if (row.safetyStock) {
    said.push(`${many(row.safetyStock, "unit")} ${row.safetyStock === 1 ? "is" : "are"} held back as safety stock.`);
  }
  if (row.unposted) {
    said.push(unposted(row, channelId));
  }
  const left = sum.reduce((rest, part) => rest + (part.sign ? -part.value : part.value), 0);
  if (left < 0) {
    said.push("That leaves less than nothing, so the till should show 0.");
  } else {
    said.push(`So the till should show ${number(row.target)}.`);
  }
  return said;
}

function levels(row) {
  const counted = row.levels.filter((level) => level.sells && level.available !== null);
  const others = row.levels.filter((level) => !level.sells && level.available);
  const at = (level) => `${number(level.available)} at ${level.name}`;
  const rest = others.length === 0 ? "" : ` What is elsewhere (${listed(others.map(at))}) is not for this till.`;
  if (counted.length === 0) {
    return `The shop counts none at the places that this till sells from.${rest}`;
  }
  const all = number(row.storeStock ?? 0);
  return counted.length === 1
    ? `The shop has ${all} available at ${counted[0].name}.${rest}`
    : `The shop has ${all} available: ${listed(counted.map(at))}.${rest}`;
}

function unposted(row, channelId) {
  const units = many(row.unposted, "unit");
  const sales = row.unpostedSales.filter((sale) => sale.channelId === channelId);
  return html`${units} ${row.unposted === 1 ? "was" : "were"} sold at a till and ${row.unposted === 1 ? "is" : "are"} not taken off
  the shop's stock
  yet${sales.length > 0
    ? html`
        (${sales.map(
          (sale, index) =>
            html`${index > 0 ? ", " : ""}<a href="/channels/${channelId}/orders/${encodeURIComponent(sale.posOrderId)}"
                >sale ${sale.posOrderId}</a
              >`,
        )})`
    : nothing}.`;
}

function till(row, channelId) {
  if (!row.item) {
    return [];
  }
  const shows = row.channelStock;
  if (shows === null) {
    return ["The till has never been given a quantity for this item.", ...waits(row, channelId)];
  }
  const read = row.till?.readAt ? ` (read ${ago(row.till.readAt)})` : "";
  if (row.target === null) {
    return [`The till shows ${number(shows)}${read}.`];
  }
  if (shows === row.target) {
    return [`The till shows ${number(shows)}, as it should${read}.`, ...doubts(row)];
  }
  const size = Math.abs(shows - row.target);
  return [
    `The till shows ${number(shows)}${read}: ${number(size)} too ${shows > row.target ? "many" : "few"}.`,
    ...waits(row, channelId),
  ];
}

/** Why the till does not show yet what it should. */
function waits(row, channelId) {
  if (!row.inventorySync) {
    return [
      html`Inventory sync is off, so nothing is written. Turn it on in the <a href="/channels/${channelId}/settings">settings</a>.`,
    ];
  }
  const doubt = doubts(row);
  if (doubt.length > 0) {
    return doubt;
  }
  if (row.till?.failures) {
    return [
      `Writing it has failed ${many(row.till.failures, "time")} in a row. It is tried again ${row.till.retryAt ? ago(row.till.retryAt) : "with the next turn"}.`,
    ];
  }
  return ["It is written with the next turn, as soon as the latest sales were read."];
}

function doubts(row) {
  if (row.recount) {
    return row.recount.status === "OPEN"
      ? [
          `Somebody set the quantity at the till ${ago(row.recount.openedAt)}: ${number(row.recount.expected)} was expected, ${number(row.recount.counted)} was found. Until a person decides, the till is only lowered, never raised.`,
        ]
      : ["What was decided on the count is being done."];
  }
  const till = row.till;
  if (till?.unexplained !== null && till?.unexplained !== undefined) {
    return [
      `The till showed ${number(till.unexplained)} ${ago(till.unexplainedSince)}, which neither a sale nor Tillbridge explains. Sales are read again; if nothing explains it within two minutes, you are asked.`,
    ];
  }
  if (till?.sent !== null && till?.sent !== undefined) {
    return [`${number(till.sent)} was sent to the till ${ago(till.sentAt)}; it has not confirmed it yet.`];
  }
  return [];
}

function written(row, channelId) {
  if (!row.item) {
    return [];
  }
  const last = row.lastWrite;
  if (!last) {
    return ["Tillbridge has not written a quantity of this item so far."];
  }
  const run = last.runId ? html`, in <a href="/channels/${channelId}/runs/${last.runId}">this run</a>` : nothing;
  return [
    html`Tillbridge last wrote ${figure(last.after)} to the till, ${ago(last.at)}${run}${last.before === null
      ? nothing
      : html`; before, it showed ${figure(last.before)}`}.${last.cause ? html` The reason then: ${sentence(last.cause)}` : nothing}`,
  ];
}

/** The journal's figures are text. */
export function figure(text) {
  return text === null || text === "" || Number.isNaN(Number(text)) ? (text ?? "–") : number(Number(text));
}

/** Ends with a full stop. */
export function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function listed(parts) {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
