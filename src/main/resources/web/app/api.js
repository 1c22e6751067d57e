/**
 * The REST API, and nothing else: every page talks to the service through these functions.
 *
 * A refusal becomes a {@link Problem}, with the texts of the API; a service that cannot be reached becomes a
 * {@link ConnectionLost}.
 */
import { lost, healed } from "./connection.js";

const BASE = "/api/v1";
const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

let csrfToken = null;
let onSignedOut = () => {};

/** What the API refused, as it said it (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The service answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    /** Stable, such as `merchant-already-connected`. */
    this.code = body.code || "";
    this.title = body.title || "Something went wrong";
    this.detail = body.detail || "";
    /** @type {{field: string, message: string}[]} wrong fields of a form */
    this.violations = Array.isArray(body.violations) ? body.violations : [];
    /** All members, those of one code's own, too. */
    this.body = body;
  }

  /** What is wrong with a field; empty where nothing is. */
  of(field) {
    return this.violations
      .filter((violation) => violation.field === field)
      .map((violation) => violation.message)
      .join("; ");
  }
}

/** The service did not answer at all. */
export class ConnectionLost extends Error {
  constructor() {
    super("The service cannot be reached. It is tried again by itself.");
    this.name = "ConnectionLost";
    this.title = "No connection";
    this.detail = this.message;
  }
}

/** @param {string | null} token what unsafe calls of a session must carry; null: none */
export function useCsrfToken(token) {
  csrfToken = token;
}

/** @param {() => void} listener called when the service says that nobody is signed in any more */
export function whenSignedOut(listener) {
  onSignedOut = listener;
}

/**
 * @typedef {object} Options
 * @property {Record<string, string | number | boolean | null | undefined>} [query] null and undefined are left out
 * @property {unknown} [body] sent as JSON; a string or Blob as it is, with `contentType`
 * @property {string} [contentType]
 * @property {string} [ifMatch] the ETag that was read
 * @property {AbortSignal} [signal]
 * @property {string} [accept]
 * @property {boolean} [quiet] a 401 is this call's own matter and signs nobody out
 */

/** @param {string} path below `/api/v1`, such as `/channels` @param {Options} [options] @returns {Promise<any>} */
export async function get(path, options) {
  return (await call("GET", path, options)).data;
}

/** Every row of a list, page by page. For lists that are short by nature, such as channels. */
export async function all(path, options = {}) {
  const items = [];
  let cursor = null;
  do {
    const page = await get(path, { ...options, query: { limit: undefined, ...options.query, cursor } });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** @param {string} path @param {unknown} [body] @param {Options} [options] @returns {Promise<any>} */
export async function post(path, body, options) {
  return (await call("POST", path, { ...options, body })).data;
}

/** @param {string} path @param {unknown} body @param {Options} [options] @returns {Promise<any>} */
export async function put(path, body, options) {
  return (await call("PUT", path, { ...options, body })).data;
}

/** @param {string} path @param {unknown} body @param {Options} [options] @returns {Promise<any>} */
export async function patch(path, body, options) {
  return (await call("PATCH", path, { ...options, body })).data;
}

/** @param {string} path @param {Options} [options] @returns {Promise<any>} */
export async function remove(path, options) {
  return (await call("DELETE", path, options)).data;
}

/**
 * One call, with what its headers say.
 *
 * @param {string} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<{data: any, etag: string | null, status: number}>} data: the JSON, the text of anything else, null of an empty answer
 */
export async function call(method, path, options = {}) {
  const response = await send(method, path, options);
  if (!response.ok) {
    await refuse(response, options);
  }
  return { data: await content(response), etag: response.headers.get("ETag"), status: response.status };
}

/** Throws what the API said. */
async function refuse(response, options) {
  const body = await content(response);
  if (response.status === 401 && !options.quiet) {
    onSignedOut();
  }
  throw new Problem(response.status, typeof body === "object" && body !== null ? body : {});
}

/**
 * A call whose answer comes piece by piece: what is known so far, one JSON value a line.
 *
 * @param {string} path
 * @param {unknown} body
 * @param {(piece: any) => void} take called with each piece as it comes
 * @param {Options} [options]
 */
export async function follow(path, body, take, options = {}) {
  const response = await send("POST", path, { accept: "application/x-ndjson, application/problem+json", ...options, body });
  if (!response.ok) {
    await refuse(response, options);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await piece(reader); !read.done; read = await piece(reader)) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop();
    lines.filter((line) => line.trim() !== "").forEach((line) => take(JSON.parse(line)));
  }
  if (rest.trim() !== "") {
    take(JSON.parse(rest));
  }
}

async function piece(reader) {
  try {
    return await reader.read();
  } catch (error) {
    throw unanswered(error);
  }
}

/** What a call ends with that got no answer, or only a part of one. */
function unanswered(error) {
  if (error instanceof ConnectionLost || error.name === "AbortError") {
    return error;
  }
  lost();
  return new ConnectionLost();
}

/** The address of something that the browser itself fetches, such as a CSV file. */
export function address(path, query = {}) {
  const target = new URL(BASE + path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") {
      target.searchParams.set(name, String(value));
    }
  }
  return target.pathname + target.search;
}

async function send(method, path, { query, body, contentType, ifMatch, signal, accept }) {
  const headers = new Headers({ Accept: accept || "application/json" });
  if (body !== undefined) {
    headers.set("Content-Type", contentType || "application/json");
  }
  if (ifMatch) {
    headers.set("If-Match", ifMatch);
  }
  if (UNSAFE.has(method) && csrfToken) {
    headers.set("X-CSRF-Token", csrfToken);
  }
  const raw = typeof body === "string" || body instanceof Blob;
  try {
    const response = await fetch(address(path, query), {
      method,
      headers,
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
    // A proxy before a service that is gone says so with these.
    if (response.status === 502 || response.status === 503 || response.status === 504) {
      if (!isJson(response)) {
        lost();
        throw new ConnectionLost();
      }
    }
    healed();
    return response;
  } catch (error) {
    throw unanswered(error);
  }
}

async function content(response) {
  if (response.status === 204 || response.headers.get("Content-Length") === "0") {
    return null;
  }
  const text = await response.text();
  if (text === "") {
    return null;
  }
  return isJson(response) ? JSON.parse(text) : text;
}

function isJson(response) {
  return /json/.test(response.headers.get("Content-Type") || "");
}
