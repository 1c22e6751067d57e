import { html, nothing } from "lit";
import { number } from "../format.js";
import { setQuery } from "../router.js";

/**
 * Filters of which one is chosen, each with how many it finds.
 *
 * @param {string} label what is filtered
 * @param {{title: string, href: string, current: boolean, count?: number | null, kind?: string}[]} choices kind: `warn` where something waits
 */
export function filterLinks(label, choices) {
  return html`<nav class="filters" aria-label=${label}>
    ${choices.map(
      (choice) =>
        html`<a href=${choice.href} class=${choice.kind ?? ""} aria-current=${choice.current ? "true" : nothing}
          >${choice.title}${choice.count === undefined || choice.count === null
            ? nothing
            : html` <span class="count">${number(choice.count)}</span>`}</a
        >`,
    )}
  </nav>`;
}

let typing = null;
let typed = "";

/**
 * A search field whose text stands in the address.
 *
 * @param {{id: string, label: string, value: string | undefined, placeholder?: string}} field
 */
export function searchField({ id, label, value, placeholder = "" }) {
  return html`<form
    class="search"
    role="search"
    @submit=${(event) => {
      event.preventDefault();
      clearTimeout(typing);
      void setQuery({ q: event.target.elements[id].value.trim() });
    }}
  >
    <label class="visually-hidden" for=${id}>${label}</label>
    <input
      class="input"
      id=${id}
      name=${id}
      type="search"
      autocomplete="off"
      spellcheck="false"
      maxlength="100"
      placeholder=${placeholder || label}
      .value=${typed.trim() === (value ?? "") ? typed : (value ?? "")}
      @input=${(event) => {
        // With the blanks that are still being typed, which the address does not hold.
        typed = event.target.value;
        const text = typed.trim();
        clearTimeout(typing);
        typing = setTimeout(() => void setQuery({ q: text }), 250);
      }}
    />
  </form>`;
}
