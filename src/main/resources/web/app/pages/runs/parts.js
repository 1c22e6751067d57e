import { html, nothing } from "lit";
import { statePill } from "../../components/notices.js";
import { dataTable } from "../../components/table.js";
import { ago, many, moment, number, span } from "../../format.js";
import { CLASSES, STATUS, streamName, subjectAddress, subjectName } from "./words.js";

/** @param {string} status of a run or reconciliation */
export function statusPill(status) {
  const known = STATUS[status] ?? { title: status, kind: "quiet" };
  return statePill(known.kind, known.title);
}

/** "Stock and prices, everything" */
export function runTitle(run) {
  const names = run.streams.map(streamName);
  const listed = names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1).toLowerCase()}`;
  return run.full ? `${listed}, everything` : listed;
}

export function startedBy(run) {
  if (run.requestedBy) {
    return `asked for by ${run.requestedBy}`;
  }
  return { FIRST_SYNC: "the first sync", NIGHTLY: "nightly", SCHEDULE: "by itself", REQUEST: "asked for" }[run.trigger] ?? run.trigger;
}

/** How long something took, or takes so far. */
export function took(run) {
  if (!run.startedAt) {
    return "–";
  }
  const end = run.finishedAt ? new Date(run.finishedAt) : new Date();
  return span(Math.max(0, (end.getTime() - new Date(run.startedAt).getTime()) / 1000));
}

/** A time as how long ago, the time itself for whoever points at it. */
export function when(instant) {
  return instant ? html`<time datetime=${instant} title=${moment(instant)}>${ago(instant)}</time>` : "–";
}

/**
 * What failed, by reason.
 *
 * @param {string} channelId
 * @param {any[]} failures as `FailureCount` of the API
 */
export function failureTable(channelId, failures) {
  return dataTable({
    caption: "What failed, by reason",
    columns: [
      { title: "What", cell: (row) => streamName(row.stream) },
      { title: "Why", cell: (row) => html`${row.message}<span class="soft small block"><code>${row.code}</code></span>` },
      { title: "Rows", cell: (row) => number(row.failures), end: true },
      { title: "Last", cell: (row) => html`${when(row.lastAt)}<span class="small block">${subjectLink(channelId, row.subject)}</span>` },
    ],
    rows: failures,
    key: (row) => `${row.stream} ${row.code}`,
  });
}

export function subjectLink(channelId, subject) {
  const address = channelId ? subjectAddress(channelId, subject) : null;
  return address ? html`<a href=${address}>${subjectName(subject)}</a>` : subjectName(subject);
}

/** A reconciliation's differences in a sentence. */
export function differencesSaid(report) {
  const found = Object.entries(report.differences ?? {}).filter(([, count]) => count > 0);
  if (found.length === 0) {
    return report.status === "SUCCEEDED" ? "No difference" : nothing;
  }
  return found.map(([type, count]) => `${number(count)} ${(CLASSES[type]?.title ?? type).toLowerCase()}`).join(", ");
}

export function forAPerson(report) {
  return report.forAPerson > 0 ? html`<strong class="warn-text">${many(report.forAPerson, "waits", "wait")} for you</strong>` : nothing;
}

/** How many items the till is known to have. @param {any} counts of links by status */
export function itemsOf(counts) {
  return counts.linked + counts.drifted + counts.tillOnly;
}
