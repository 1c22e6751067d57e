/** Links in a spreadsheet's file, as far as they are sent: which variant, which item. */

/** So many lines go in one call: the API takes bodies of a megabyte. */
const LINES = 20000;

/**
 * Reads the links of a CSV file (RFC 4180; commas, or semicolons as some spreadsheets write).
 *
 * @param {string} text
 * @returns {{links: {line: number, variantId: string, itemId: string}[], problem: string | null}} line: as a spreadsheet counts
 */
export function readLinks(text) {
  const rows = cells(text.replace(/^\uFEFF/, ""));
  const head = (rows[0] ?? []).map((cell) => cell.trim());
  const variant = head.indexOf("variantId");
  const item = head.indexOf("itemId");
  if (variant < 0 || item < 0) {
    return { links: [], problem: "The first line must name the columns, among them variantId and itemId." };
  }
  const links = rows
    .map((row, index) => ({ line: index + 1, variantId: (row[variant] ?? "").trim(), itemId: (row[item] ?? "").trim() }))
    .slice(1)
    .filter((link) => link.variantId !== "" && link.itemId !== "");
  return { links, problem: null };
}

/**
 * Puts what a file wants into files for one call each. The API judges them: a line that names a variant or item again that an
 * earlier call has linked is refused when the links are made.
 */
export function parts(links) {
  const found = [];
  for (let from = 0; from < links.length; from += LINES) {
    const lines = links.slice(from, from + LINES);
    const body = ["variantId,itemId", ...lines.map((link) => `${quoted(link.variantId)},${quoted(link.itemId)}`)].join("\n");
    found.push({ lines, body: `${body}\n` });
  }
  return found;
}

function quoted(cell) {
  return /[",\n\r;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function cells(text) {
  const first = text.slice(0, Math.max(0, text.indexOf("\n")) || text.length);
  const separator = first.includes(";") && !first.includes(",") ? ";" : ",";
  const rows = [];
  let row = [];
  let cell = "";
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inQuotes) {
      if (char === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (char === '"') {
        inQuotes = false;
      } else {
        cell += char;
      }
    } else if (char === '"' && cell === "") {
      inQuotes = true;
    } else if (char === separator) {
      row.push(cell);
      cell = "";
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[at + 1] === "\n") {
        at += 1;
      }
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else {
      cell += char;
    }
  }
  if (cell !== "" || row.length > 0) {
    row.push(cell);
    rows.push(row);
  }
  return rows;
}
