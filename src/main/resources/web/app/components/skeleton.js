import { html } from "lit";

/** A grey block as high as what will stand there. @param {string} height CSS length @param {string} [width] CSS length */
export function block(height, width = "100%") {
  return html`<span class="skeleton" aria-hidden="true" .style=${`height: ${height}; width: ${width}`}></span>`;
}

/** So many lines of a list. */
export function lines(count) {
  return html`<div class="card stack" role="status">
    <span class="visually-hidden">Loading</span>
    ${Array.from({ length: count }, () => block("24px"))}
  </div>`;
}

/** So many cards of a height. */
export function cards(count, height) {
  return html`<div class="grid" role="status">
    <span class="visually-hidden">Loading</span>
    ${Array.from({ length: count }, () => html`<div class="card">${block(height)}</div>`)}
  </div>`;
}
