/** The stores and channels that whoever is signed in sees: read once, and again when something hints at a change. */
import { all } from "./api.js";
import { onHint } from "./events.js";

let known = null;
let reading = null;
const listeners = new Set();

/** @returns {{stores: any[], channels: any[]} | null} as they were read last; null: not yet */
export function connected() {
  return known;
}

/** @param {string} id @returns {any} the channel as it was read last, or only its id */
export function channelOf(id) {
  return known?.channels.find((channel) => channel.id === id) ?? { id, name: "" };
}

/** @param {string} id @returns {any} the store as it was read last, or only its id */
export function storeOf(id) {
  return known?.stores.find((store) => store.id === id) ?? { id, name: "", shopDomain: "" };
}

/** Reads them anew. @returns {Promise<{stores: any[], channels: any[]}>} */
export function readConnected() {
  reading ??= Promise.all([all("/stores"), all("/channels")])
    .then(([stores, channels]) => {
      known = { stores, channels };
      listeners.forEach((listener) => listener());
      return known;
    })
    .finally(() => {
      reading = null;
    });
  return reading;
}

/** @param {() => void} listener called when they were read anew */
export function onConnected(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Nobody is signed in any more. */
export function forgetConnected() {
  known = null;
}

onHint(["channel", "store"], () => {
  if (known !== null) {
    readConnected().catch(() => {
      // The page that is shown says what the matter is.
    });
  }
});
