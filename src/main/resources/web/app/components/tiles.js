import { html } from "lit";

/**
 * Figures side by side.
 *
 * @param {{label: string, value: unknown, href?: string}[]} figures value: as it is to be read, with its unit
 */
export function statTiles(figures) {
  return html`<dl class="tiles">
    ${figures.map(
      (each) =>
        html`<div class="tile">
          <dt>${each.label}</dt>
          <dd>${each.href ? html`<a href=${each.href}>${each.value}</a>` : each.value}</dd>
        </div>`,
    )}
  </dl>`;
}
