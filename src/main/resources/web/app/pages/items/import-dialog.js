import { html, nothing } from "lit";
import { call } from "../../api.js";
import { showDialog } from "../../components/dialogs.js";
import { notice, problemNotice } from "../../components/notices.js";
import { dataTable } from "../../components/table.js";
import { statTiles } from "../../components/tiles.js";
import { say } from "../../components/toast.js";
import { many, number } from "../../format.js";
import { parts, readLinks } from "./csv.js";

const SHOWN = 200;

/**
 * Takes links from a CSV file: first tells what that would do, then does it.
 *
 * @param {string} channelId
 * @returns {Promise<boolean>} whether links were made
 */
export async function importLinks(channelId) {
  let name = "";
  let links = [];
  let report = null;
  let problem = null;
  let busy = "";
  let touched = false;
  let redraw = () => {};

  const work = async (what, task) => {
    busy = what;
    problem = null;
    redraw();
    try {
      await task();
    } catch (error) {
      problem = error;
    } finally {
      busy = "";
      redraw();
    }
  };

  const choose = (file) =>
    work("Reading the file…", async () => {
      report = null;
      name = file.name;
      const read = readLinks(await file.text());
      if (read.problem) {
        throw Object.assign(new Error(read.problem), { title: "This file cannot be taken", detail: read.problem });
      }
      links = read.links;
      report = await send(channelId, links, true);
    });

  const apply = (close) =>
    work("Making the links…", async () => {
      const announced = report;
      // A large file goes in parts: once one was sent, "nothing was changed yet" is not true any more.
      report = null;
      touched = true;
      const done = await send(channelId, links, false);
      if (done.refused.length === announced.refused.length) {
        say(`${many(done.added, "link")} made from ${name}.`);
        close(true);
      } else {
        // Something has changed since the report: what became of it is shown.
        report = done;
      }
    });

  const answer = await showDialog({
    title: "Import links",
    large: true,
    content: (close, again) => {
      redraw = again;
      return html`<p class="soft">
          A CSV file with the columns <code>variantId</code> and <code>itemId</code>; whatever else stands in it is left alone. The file
          that “Export” makes can be edited and taken back. First you see what it would do.
        </p>
        <div class="field">
          <label for="import-file">CSV file</label>
          <input
            id="import-file"
            class="input wide"
            type="file"
            accept=".csv,text/csv"
            ?disabled=${busy !== ""}
            @change=${(event) => event.target.files[0] && void choose(event.target.files[0])}
          />
        </div>
        <div class="stack" aria-live="polite">
          ${busy ? html`<p>${busy}</p>` : nothing} ${problem ? problemNotice(problem) : nothing} ${report ? told(report) : nothing}
        </div>
        <div class="actions">
          <button class="button" type="button" @click=${() => close(touched)}>
            ${touched ? "Close" : "Cancel"}
          </button>
          ${report?.dryRun && report.added > 0
            ? html`<button class="button primary" type="button" ?disabled=${busy !== ""} @click=${() => apply(close)}>
                Make ${many(report.added, "link")}
              </button>`
            : nothing}
        </div>`;
    },
  });
  return answer === true;
}

function told(report) {
  const shown = report.refused.slice(0, SHOWN);
  return html`${report.dryRun
      ? notice(
          "info",
          report.added > 0
            ? html`<p>Nothing was changed yet. This is what the file would do:</p>`
            : html`<p>This file makes no new link.</p>`,
        )
      : notice("warn", html`<p>Done, but something had changed since the report. This is what became of it:</p>`)}
    ${statTiles([
      { label: report.dryRun ? "links it would make" : "links made", value: number(report.added) },
      { label: "there already", value: number(report.unchanged) },
      { label: "lines that cannot be done", value: number(report.refused.length) },
    ])}
    ${shown.length > 0
      ? html`<div class="limited" tabindex="0" role="region" aria-label="Lines that cannot be done">
          ${dataTable({
            caption: "Lines of the file that cannot be done, and why",
            columns: [
              { title: "Line", cell: (row) => number(row.line), end: true },
              { title: "Variant", cell: (row) => html`<code>${row.variantId}</code>` },
              { title: "Item", cell: (row) => html`<code>${row.itemId}</code>` },
              { title: "Why", cell: (row) => row.reason },
            ],
            rows: shown,
            key: (row) => row.line,
          })}
        </div>`
      : nothing}
    ${report.refused.length > SHOWN ? html`<p class="soft">And ${number(report.refused.length - SHOWN)} more.</p>` : nothing}`;
}

async function send(channelId, links, dryRun) {
  const sum = { dryRun, added: 0, unchanged: 0, refused: [] };
  for (const part of parts(links)) {
    const { data } = await call("POST", `/channels/${channelId}/links/import`, {
      query: { dryRun },
      body: part.body,
      contentType: "text/csv",
    });
    sum.added += data.added;
    sum.unchanged += data.unchanged;
    // The API counts the lines of what it was sent.
    sum.refused.push(...data.refused.map((row) => ({ ...row, line: part.lines[row.line - 2]?.line ?? row.line })));
  }
  return sum;
}
