import { html, nothing } from "lit";

/** The ways to what is entered, with a picture of words: where to click, what it looks like. */

/** @param {1|2} current where one is: the shop comes first, then the till */
export function connectSteps(current) {
  const steps = [
    { href: "/connect/store", text: "Shop" },
    { href: "/connect/clover", text: "Till" },
    { href: null, text: "What to keep in step" },
  ];
  return html`<ol class="steps" aria-label="Steps">
    ${steps.map(
      (step, index) =>
        html`<li aria-current=${index + 1 === current ? "step" : nothing}>
          <span class="step-number" aria-hidden="true">${index + 1}</span>${step.text}
        </li>`,
    )}
  </ol>`;
}

/** Where to find something, folded away until it is needed. @param {string} title @param {unknown} content */
export function whereToFind(title, content) {
  return html`<details class="where">
    <summary>${title}</summary>
    ${content}
  </details>`;
}
