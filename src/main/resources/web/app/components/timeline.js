import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { moment } from "../format.js";

/**
 * What happened, one thing after another.
 *
 * @param {{id: string | number, at: string, title: unknown, text?: unknown, by?: unknown, kind?: "good"|"warn"|"bad"|"info"}[]} steps
 */
export function timeline(steps) {
  return html`<ol class="timeline">
    ${repeat(
      steps,
      (step) => step.id,
      (step) =>
        html`<li class=${step.kind ?? "info"}>
          <p class="row">
            <strong>${step.title}</strong>
            <time class="soft small" datetime=${step.at}>${moment(step.at)}</time>
          </p>
          ${step.text ? html`<p>${step.text}</p>` : nothing} ${step.by ? html`<p class="soft small">${step.by}</p>` : nothing}
        </li>`,
    )}
  </ol>`;
}
