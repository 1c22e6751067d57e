import { html, nothing } from "lit";
import { moment } from "../../format.js";

const HOUR = 3600000;

/**
 * A moment from which on something is done: left to the moment it is turned on, some hours back, or as typed, in UTC.
 *
 * @param {{id: string, label: string, value: string | null, unset: string, help: string, error: string, disabled: boolean, input: (instant: string | null) => void}} field
 */
export function startField({ id, label, value, unset, help, error, disabled, input }) {
  const back = (hours) => input(whole(Date.now() - hours * HOUR));
  return html`<div class="field">
    <label for=${id}>${label} <span class="soft">(UTC)</span></label>
    <div class="row start-ways">
      <input
        class="input start"
        id=${id}
        type="datetime-local"
        step="1"
        .value=${value === null ? "" : value.slice(0, 19)}
        ?disabled=${disabled}
        aria-invalid=${error ? "true" : nothing}
        aria-describedby="${id}-help ${id}-error"
        @change=${(event) => input(event.target.value ? whole(Date.parse(`${event.target.value}Z`)) : null)}
      />
      <button class="button plain" type="button" ?disabled=${disabled} @click=${() => input(null)}>${unset}</button>
      <button class="button plain" type="button" ?disabled=${disabled} @click=${() => back(0)}>Now</button>
      <button class="button plain" type="button" ?disabled=${disabled} @click=${() => back(24)}>24 hours back</button>
      <button class="button plain" type="button" ?disabled=${disabled} @click=${() => back(7 * 24)}>7 days back</button>
    </div>
    <p class="help" id="${id}-help">
      ${value === null ? html`${unset}.` : html`That is <strong>${moment(value)}</strong> by your clock.`} ${help}
    </p>
    <p class="error" id="${id}-error">${error}</p>
  </div>`;
}

/** As the API writes it, without parts of a second. */
function whole(milliseconds) {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
