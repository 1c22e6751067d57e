import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

/**
 * A table for lists of up to some hundred rows; on a narrow screen each row is a card.
 *
 * @template T
 * @param {object} table
 * @param {string} table.caption what the rows are, for whoever cannot see it
 * @param {{title: string, cell: (row: T) => unknown, end?: boolean}[]} table.columns end: figures, at the right
 * @param {T[]} table.rows
 * @param {(row: T) => string} table.key
 */
export function dataTable({ caption, columns, rows, key }) {
  return html`<div class="table-wrap">
    <table class="table cards">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class=${column.end ? "end" : nothing}>${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          key,
          (row) =>
            html`<tr>
              ${columns.map(
                (column) =>
                  html`<td class=${column.end ? "end" : nothing} data-label=${column.title}>${column.cell(row)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
