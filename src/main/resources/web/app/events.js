import { suspect } from "./connection.js";

/**
 * What the service tells of by itself. An event is a hint that something may have changed, never the change: whoever
 * listens reads it from the API. While the stream is away, listeners are called in a steady beat instead.
 */
const NAMES = ["channel", "order", "run", "recount", "link", "store"];
const BEAT = 20000;
const RETRY = 5000;

/** @type {EventSource | null} */
let source = null;
let beat = null;
let retry = null;
const listeners = new Set();

/** @returns {boolean} whether changes are told of as they happen */
export function isLive() {
  return source !== null && source.readyState === EventSource.OPEN;
}

/**
 * Listens for hints. Many at once become one call, a moment later.
 *
 * @param {string[]} names of `channel`, `order`, `run`, `recount`, `link`, `store`
 * @param {(hints: {name: string, channelId?: string, storeId?: string, id?: string}[]) => void} listener an empty list: anything may have changed
 * @param {{channelId?: string, gather?: number}} [options] channelId: only of this channel; gather: milliseconds in which hints are put together
 * @returns {() => void} stops listening
 */
export function onHint(names, listener, { channelId, gather = 300 } = {}) {
  let waiting = [];
  let timer = null;
  const entry = {
    take(hint) {
      if (hint !== null) {
        if (!names.includes(hint.name) || (channelId && hint.channelId && hint.channelId !== channelId)) {
          return;
        }
        waiting.push(hint);
      }
      timer ??= setTimeout(() => {
        const hints = waiting;
        waiting = [];
        timer = null;
        listener(hints);
      }, gather);
    },
    stop() {
      clearTimeout(timer);
    },
  };
  listeners.add(entry);
  return () => {
    listeners.delete(entry);
    entry.stop();
  };
}

/** Begins to listen to the service; called when somebody has signed in. */
export function openEvents() {
  closeEvents();
  source = new EventSource("/api/v1/events");
  for (const name of NAMES) {
    source.addEventListener(name, (event) => tell({ ...parse(event.data), name }));
  }
  // Comes first, and whenever something may have been missed.
  source.addEventListener("resync", () => tell(null));
  source.addEventListener("open", rest);
  source.addEventListener("error", () => {
    void suspect();
    if (source?.readyState === EventSource.CLOSED) {
      // The browser goes on by itself unless it was refused.
      clearTimeout(retry);
      retry = setTimeout(openEvents, RETRY * 4);
    }
    beat ??= setInterval(() => tell(null), BEAT);
  });
}

export function closeEvents() {
  source?.close();
  source = null;
  clearTimeout(retry);
  rest();
}

function rest() {
  clearInterval(beat);
  beat = null;
}

function tell(hint) {
  for (const entry of listeners) {
    entry.take(hint);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // A hint that cannot be read still hints.
    return {};
  }
}
