/** What the states of sales are called, and what they mean. */
export const STATES = {
  SEEN: { title: "Just seen", kind: "info", means: "The till told of it; it is being read." },
  WAITING: { title: "Not paid yet", kind: "quiet", means: "It becomes an order as soon as it is paid." },
  READY: { title: "To be imported", kind: "info", means: "It is about to become an order in the shop." },
  CREATING: { title: "Being imported", kind: "info", means: "The shop was asked to make the order; whether it did is being found out." },
  IMPORTED: { title: "Imported", kind: "good", means: "It is an order in the shop." },
  HELD: { title: "Held", kind: "bad", means: "It does not become an order until somebody does something." },
  SKIPPED: { title: "Left out", kind: "quiet", means: "It does not become an order." },
  FAILED: { title: "Trying again", kind: "warn", means: "It could not be imported, and is tried again by itself." },
};

/** The filters, in the order in which they are offered; `always`: also where they find nothing. */
export const FILTERS = [
  { status: "ATTENTION", title: "Need you", always: true },
  { status: "HELD", title: "Held", always: true },
  { status: "PROBLEM", title: "Imported, with a problem" },
  { status: "FAILED", title: STATES.FAILED.title },
  { status: "WAITING", title: STATES.WAITING.title },
  { status: "SEEN", title: STATES.SEEN.title },
  { status: "READY", title: STATES.READY.title },
  { status: "CREATING", title: STATES.CREATING.title },
  { status: "IMPORTED", title: STATES.IMPORTED.title, always: true },
  { status: "SKIPPED", title: STATES.SKIPPED.title },
];

/** What became of the goods in the shop's stock. */
export const STOCK = {
  NONE: "The shop's stock is not touched.",
  RESERVED: "Its goods are held back from the tills; the shop's stock does not show it yet.",
  SENT: "Its goods are being taken off the shop's stock.",
  POSTED: "Its goods are taken off the shop's stock.",
  RETURNED: "Its goods were given back to the shop's stock.",
};

export const REFUNDS = {
  READY: "to be refunded in the shop",
  SENT: "being refunded in the shop",
  DONE: "refunded in the shop",
  HELD: "held: somebody must look",
  SKIPPED: "left out",
};

const STEPS = {
  "sale-read": "Read from the till",
  "sale-changed": "Changed at the till",
  "sale-held": "Held",
  "sale-released": "No longer held",
  "sale-unread": "Could not be read",
  "sale-anew": "To be imported anew",
  "order-asked": "The shop is asked to make the order",
  "order-created": "Order made in the shop",
  "order-found": "Order found in the shop",
  "order-absent": "No order is found in the shop",
  "order-paid": "Marked as paid in the shop",
  "order-cancelling": "Being cancelled in the shop",
  "order-cancelled": "Cancelled in the shop",
  "order-problem": "Something needs a look",
  "order-problem-over": "The problem is over",
  "order-replayed": "Tried again",
  "order-dismissed": "Dismissed",
  "order-doubled": "A second order was found",
  "sale-posted": "Goods taken off the shop's stock",
  "stock-posted": "Goods taken off the shop's stock",
  "stock-problem": "Trouble with the stock",
  "refund-read": "Money was given back at the till",
  "refund-written": "Refunded in the shop",
  "refund-held": "The refund is held",
  "shipment-noted": "Shipment written into the till's note",
  "shipment-not-noted": "Shipment could not be written into the till's note",
};

/** "order-not-made" → "Order not made", for steps that have no words of their own. */
export function step(kind) {
  return STEPS[kind] ?? (kind.charAt(0).toUpperCase() + kind.slice(1)).replaceAll("-", " ");
}

/** What the reasons' codes are called in filters. */
const REASONS = {
  "unlinked-lines": "items without a link",
  "total-differs": "totals that differ",
  "payments-differ": "payments that differ",
  "currency-differs": "another currency",
  "negative-line": "negative lines",
  "too-many-lines": "too many lines",
  "no-lines": "no lines",
  dismissed: "dismissed by hand",
};

export function reasonName(code) {
  return REASONS[code] ?? code.replaceAll("-", " ");
}
