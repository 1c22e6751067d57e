/** What the states of links are called, and what to do about them. */
export const STATES = {
  linked: { title: "Linked", kind: "good" },
  drifted: { title: "Changed since it was linked", short: "Changed", kind: "warn" },
  unlinked: { title: "Not linked", kind: "warn" },
  ambiguous: { title: "Not unique", kind: "warn" },
  blocked: { title: "Unlinked by hand", kind: "quiet" },
  "till-only": { title: "Only at the till", kind: "quiet" },
};

/** In the order in which they are offered, with the name of the API's count. */
export const FILTERS = [
  ["linked", "linked"],
  ["drifted", "drifted"],
  ["unlinked", "unlinked"],
  ["ambiguous", "ambiguous"],
  ["blocked", "blocked"],
  ["till-only", "tillOnly"],
];

/** What each kind of the journal is, to a person. */
export const STEPS = {
  "link-made": "Linked",
  "link-removed": "Link removed",
  "link-confirmed": "Link confirmed by hand",
  "link-drifted": "Identifiers no longer agree",
  "link-agrees": "Identifiers agree again",
  "stock-written": "Quantity written to the till",
  "stock-posted": "Sale taken off the shop's stock",
  "recount-opened": "Counted at the till by nobody Tillbridge knows",
  "recount-decided": "Decision on the count",
  "recount-adopted": "The count went to the shop's stock",
  "recount-settled": "The count is settled",
  "price-written": "Price written to the till",
  "price-sent": "Price sent to the till, not confirmed",
  "item-changed": "Item changed at the till",
  "item-options-changed": "Item's options changed at the till",
};

/** "recount-opened" → "Recount opened", for kinds that have no words of their own. */
export function step(kind) {
  return STEPS[kind] ?? (kind.charAt(0).toUpperCase() + kind.slice(1)).replaceAll("-", " ");
}
