import { LitElement } from "lit";

/** An element without a shadow: the one style sheet reaches it, labels find their fields, and so do screen readers. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

let last = 0;

/** An id that no other element has, to tie a label or a text to its field. */
export function uniqueId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
