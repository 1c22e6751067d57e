import { html, nothing } from "lit";

/**
 * What the API refused, in its own words.
 *
 * @param {Error & {title?: string, detail?: string, violations?: {field: string, message: string}[]}} problem
 * @param {{again?: () => void, fields?: Record<string, string>}} [options] again: offers to try again; fields: what people call the fields that may be wrong
 */
export function problemNotice(problem, { again, fields = {} } = {}) {
  const title = problem.title || "Something went wrong";
  const detail = problem.detail || (problem.title ? "" : problem.message);
  const violations = problem.violations ?? [];
  return html`<div class="notice bad stack-small" role="alert">
    <p><strong>${title}</strong></p>
    ${detail ? html`<p>${detail}</p>` : nothing}
    ${violations.length > 0
      ? html`<ul>
          ${violations.map((each) => html`<li>${fields[each.field] ?? each.field}: ${each.message}</li>`)}
        </ul>`
      : nothing}
    ${again ? html`<p><button class="button" type="button" @click=${again}>Try again</button></p>` : nothing}
  </div>`;
}

/** @param {"info"|"good"|"warn"|"bad"} kind @param {unknown} content */
export function notice(kind, content) {
  return html`<div class="notice ${kind}">${content}</div>`;
}

/**
 * There is nothing, why, and what to do.
 *
 * @param {{title: string, text?: unknown, actions?: unknown}} content
 */
export function emptyState({ title, text = nothing, actions = nothing }) {
  return html`<div class="card empty">
    <h2>${title}</h2>
    <p>${text}</p>
    <div class="actions">${actions}</div>
  </div>`;
}

/** @param {"good"|"warn"|"bad"|"info"|"quiet"} kind @param {string} text the state in plain words; the colour only repeats it */
export function statePill(kind, text) {
  return html`<span class="pill ${kind}">${text}</span>`;
}
