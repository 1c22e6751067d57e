import { html, noChange, nothing } from "lit";
import { Directive, directive } from "lit/directive.js";
import { live } from "lit/directives/live.js";

/**
 * @typedef {object} Field
 * @property {string} id unique on the page; the API's name of the field serves
 * @property {string} label
 * @property {unknown} [help]
 * @property {string} [error] what is wrong with it; empty: nothing
 * @property {boolean} [disabled]
 */

/** @param {Field} field ids of the texts that belong to it */
function describedBy({ id, help, error }) {
  return [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || nothing;
}

function texts({ id, help, error }) {
  return html`${help ? html`<p class="help" id="${id}-help">${help}</p>` : nothing}
  ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}`;
}

/** A figure as it is typed stays as it is typed: "1.0" on its way to "1.05" is not to become "1". */
const unlessTyping = directive(
  class extends Directive {
    render(value) {
      return value;
    }

    update(part, [value]) {
      return document.activeElement === part.element ? noChange : value;
    }
  },
);

/**
 * A line of text.
 *
 * @param {Field & {value: string | number | null, input: (value: string) => void, type?: string, short?: boolean, required?: boolean, autocomplete?: string, inputmode?: string, placeholder?: string, min?: string, max?: string, step?: string, list?: string}} field
 */
export function textField(field) {
  const { id, label, value, input, type = "text", short = false, required = false, disabled = false, error } = field;
  const shown = value === null || value === undefined ? "" : String(value);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${id}
      class="input ${short ? "short" : ""}"
      type=${type}
      .value=${type === "number" ? unlessTyping(shown) : live(shown)}
      ?required=${required}
      ?disabled=${disabled}
      autocomplete=${field.autocomplete ?? "off"}
      inputmode=${field.inputmode ?? nothing}
      placeholder=${field.placeholder ?? nothing}
      min=${field.min ?? nothing}
      max=${field.max ?? nothing}
      step=${field.step ?? nothing}
      list=${field.list ?? nothing}
      spellcheck="false"
      aria-invalid=${error ? "true" : nothing}
      aria-describedby=${describedBy(field)}
      @input=${(event) => input(event.target.value)}
    />
    ${texts(field)}
  </div>`;
}

/**
 * One of a list.
 *
 * @param {Field & {value: string, choices: {value: string, label: string}[], input: (value: string) => void}} field
 */
export function selectField(field) {
  const { id, label, value, choices, input, disabled = false, error } = field;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      name=${id}
      class="select"
      ?disabled=${disabled}
      aria-invalid=${error ? "true" : nothing}
      aria-describedby=${describedBy(field)}
      @change=${(event) => input(event.target.value)}
    >
      ${choices.map(
        (choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`,
      )}
    </select>
    ${texts(field)}
  </div>`;
}

/**
 * One of a few, each with a sentence of its own.
 *
 * @param {Field & {value: string, choices: {value: string, label: string, help?: unknown}[], input: (value: string) => void}} field
 */
export function radioField(field) {
  const { id, label, value, choices, input, disabled = false } = field;
  return html`<fieldset class="field" aria-describedby=${describedBy(field)}>
    <legend class="legend">${label}</legend>
    ${choices.map(
      (choice) =>
        html`<label class="choice">
          <input
            type="radio"
            name=${id}
            value=${choice.value}
            .checked=${live(choice.value === value)}
            ?disabled=${disabled}
            @change=${() => input(choice.value)}
          />
          <span
            ><span>${choice.label}</span>${choice.help ? html`<span class="help"><br />${choice.help}</span>` : nothing}</span
          >
        </label>`,
    )}
    ${texts(field)}
  </fieldset>`;
}

/** Yes or no. @param {Field & {value: boolean, input: (value: boolean) => void}} field */
export function checkField(field) {
  return toggle(field, "choice", nothing);
}

/** On or off. @param {Field & {value: boolean, input: (value: boolean) => void}} field */
export function switchField(field) {
  return toggle(field, "choice switch", "switch");
}

function toggle(field, name, role) {
  const { id, label, value, input, disabled = false, error } = field;
  return html`<div class="field">
    <div class=${name}>
      <input
        id=${id}
        name=${id}
        type="checkbox"
        role=${role}
        .checked=${live(value)}
        ?disabled=${disabled}
        aria-invalid=${error ? "true" : nothing}
        aria-describedby=${describedBy(field)}
        @change=${(event) => input(event.target.checked)}
      />
      <label for=${id}>${label}</label>
    </div>
    ${texts(field)}
  </div>`;
}
