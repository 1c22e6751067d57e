/** What runs, their parts and their figures are called. */
export const STREAMS = {
  orders: "Orders",
  stock: "Stock",
  prices: "Prices",
  products: "Products",
  shipments: "Shipments",
  reconcile: "Comparing both sides",
  items: "The till's items",
  "till-scan": "The till's stock",
  "till-inbox": "News of the till",
  inbox: "News",
  sales: "Sales",
  storefront: "The shop",
};

export function streamName(stream) {
  return STREAMS[stream] ?? (stream.charAt(0).toUpperCase() + stream.slice(1)).replaceAll("-", " ");
}

export const STATUS = {
  REQUESTED: { title: "Waiting", kind: "quiet" },
  RUNNING: { title: "Under way", kind: "info" },
  SUCCEEDED: { title: "Done", kind: "good" },
  WARNING: { title: "Done, but for some rows", kind: "warn" },
  PARTIAL: { title: "Done in part", kind: "warn" },
  FAILED: { title: "Failed", kind: "bad" },
  CANCELLED: { title: "Interrupted", kind: "quiet" },
};

const PHASES = {
  starting: "Starting",
  reading: "Reading the shop",
  "reading-till": "Reading the till",
  "reading-sales": "Reading sales",
  "reading-shipments": "Reading shipments",
  matching: "Matching items",
  writing: "Writing stock to the till",
  pricing: "Writing prices to the till",
  publishing: "Publishing products",
  importing: "Making orders",
  "writing-notes": "Writing shipments into the till's notes",
};

export function phaseName(phase) {
  return PHASES[phase] ?? (phase ? (phase.charAt(0).toUpperCase() + phase.slice(1)).replaceAll("-", " ") : "");
}

const COUNTS = {
  "store-rows-read": "Rows of the shop read",
  "variants-read": "Variants read",
  "levels-read": "Stock figures of the shop read",
  "items-read": "Items of the till read",
  "links-made": "Links made",
  "links-removed": "Links removed",
  "links-drifted": "Links that no longer agree",
  "variants-ambiguous": "Variants that are not unique",
  "variants-unlinked": "Variants without an item",
  "variants-blocked": "Variants unlinked by hand",
  "stock-read": "Quantities of the till read",
  "stock-written": "Quantities written to the till",
  "prices-written": "Prices written to the till",
  "prices-refused": "Prices that the till refused",
  "prices-unconfirmed": "Prices that the till has not confirmed",
  "sales-found": "Sales found",
  "sales-read": "Sales read",
  "sales-posted": "Sales taken off the shop's stock",
  "shipments-read": "Shipments read",
  "notes-written": "Notes written at the till",
  "items-changed": "Items changed at the till",
  "creations-adopted": "Items found that had been made before",
  "webhook-hints": "News taken",
};

export function countName(name) {
  if (COUNTS[name]) {
    return COUNTS[name];
  }
  const words = name.startsWith("prices-left-") ? `prices left alone: ${name.slice("prices-left-".length)}` : name;
  return (words.charAt(0).toUpperCase() + words.slice(1)).replaceAll("-", " ");
}

/** Which figure tells how far a phase is. */
const LEADING = {
  reading: ["store-rows-read", "variants-read"],
  "reading-till": ["items-read"],
  writing: ["stock-written"],
  pricing: ["prices-written"],
  publishing: ["items-made"],
  "reading-sales": ["sales-read", "sales-found"],
  importing: ["orders-made", "sales-posted"],
  "writing-notes": ["notes-written"],
};

/**
 * How far the phase is that a run is in.
 *
 * @param {any} run
 * @returns {{name: string, done: number, total: number | null} | null}
 */
export function leading(run) {
  const name = (LEADING[run.phase] ?? []).find((each) => run.counts[each]);
  return name ? { name, done: run.counts[name].done, total: run.counts[name].total ?? null } : null;
}

/** What a reconciliation's differences are. */
export const CLASSES = {
  MISSED_CHANGE: {
    title: "Missed changes",
    means: "Something was changed and no list or message told of it. It is read now, and brought over by itself.",
  },
  FOREIGN_WRITE: {
    title: "Changed by somebody else",
    means: "Something other than Tillbridge changed what Tillbridge had set.",
  },
  OUR_FAILURE: {
    title: "Not done yet",
    means: "Held, failed or not finished here.",
  },
};

export const REPAIRS = {
  STORED: "Mends itself: what was found is stored and brought over.",
  UNDER_WAY: "Mends itself: it is being done.",
  PERSON: "Waits for a person.",
};

export const KINDS = {
  VARIANT: "Variants",
  LEVEL: "Stock in the shop",
  ITEM: "Items of the till",
  SALE: "Sales",
  ORDER: "Orders in the shop",
  TILL_STOCK: "Quantities at the till",
  PRICE: "Prices at the till",
  MONEY: "Money of a day",
};

/** Where a journal's subject is shown; null where nowhere. */
export function subjectAddress(channelId, subject) {
  const [kind, id] = split(subject);
  return kind === "order" && id ? `/channels/${channelId}/orders/${encodeURIComponent(id)}` : kind === "link" && id ? `/channels/${channelId}/items/${encodeURIComponent(id)}` : null;
}

const SUBJECTS = { stock: "Item", price: "Item", item: "Item", order: "Sale", link: "Variant", variant: "Variant", level: "Stock of" };

/** "stock:9W0J8Q2Z1T3YK" → "Item 9W0J8Q2Z1T3YK" */
export function subjectName(subject) {
  const [kind, id] = split(subject);
  return id ? `${SUBJECTS[kind] ?? kind} ${id}` : subject;
}

function split(subject) {
  const at = subject.indexOf(":");
  return at < 0 ? [subject, ""] : [subject.slice(0, at), subject.slice(at + 1)];
}
