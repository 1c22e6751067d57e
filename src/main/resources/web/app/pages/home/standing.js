/** How a till stands, in plain words. No element and no call: what is known goes in, words come out. */
import { ago, many, seconds, span } from "../../format.js";

/** A till that is further behind is no longer called in step; quiet tills are looked at once a minute. */
const LATE_SECONDS = 300;

/**
 * @typedef {object} Standing
 * @property {"good"|"warn"|"bad"|"info"|"quiet"} kind
 * @property {string} pill one or two words
 * @property {string} sentence what is the matter, and what to do
 * @property {{href: string, text: string}} [way] where it is done
 */

/**
 * The one thing that matters most about a till.
 *
 * @param {any} channel as `GET /channels` shows it
 * @param {any} store as `GET /stores` shows it
 * @param {any} overview as `GET /channels/{id}/overview` shows it; null: not read yet
 * @param {number} [now] milliseconds since 1970
 * @returns {Standing}
 */
export function standing(channel, store, overview, now = Date.now()) {
  return stopped(channel, store) ?? waiting(channel, store, overview) ?? moving(channel, overview, now);
}

function stopped(channel, store) {
  if (store.status === "UNAUTHORIZED" || store.status === "PAUSED") {
    return {
      kind: "bad",
      pill: "Stopped",
      sentence:
        store.status === "PAUSED"
          ? `The app was taken out of the shop ${store.name}. Install it again and send its credentials.`
          : `The shop ${store.name} no longer accepts Tillbridge's credentials. Send new ones.`,
      way: { href: "/connect", text: "Mend the connection" },
    };
  }
  if (channel.status === "UNAUTHORIZED") {
    return {
      kind: "bad",
      pill: "Stopped",
      sentence: "The till no longer accepts its token. Make a new one at Clover and enter it here.",
      way: { href: "/connect", text: "Enter a new token" },
    };
  }
  if (channel.status === "PAUSED") {
    return {
      kind: "quiet",
      pill: "Paused",
      sentence: `Nothing is read from this till or written to it. ${channel.statusReason ?? ""}`.trim(),
    };
  }
  return null;
}

function waiting(channel, store, overview) {
  if (overview === null) {
    return null;
  }
  const settings = `/channels/${channel.id}/settings`;
  if (overview.on.length === 0) {
    return {
      kind: "info",
      pill: "Not turned on",
      sentence: "The till is connected. Nothing is kept in step until you say what.",
      way: { href: settings, text: "Choose what to keep in step" },
    };
  }
  if (overview.orders > 0) {
    return {
      kind: "warn",
      pill: "Needs you",
      sentence: `${many(overview.orders, "order")} ${overview.orders === 1 ? "needs" : "need"} you.`,
      way: { href: `/channels/${channel.id}/orders?status=ATTENTION`, text: "See what to do" },
    };
  }
  if (overview.recounts > 0) {
    return {
      kind: "warn",
      pill: "Needs you",
      sentence: `${many(overview.recounts, "count")} at the till ${overview.recounts === 1 ? "waits" : "wait"} for your decision, below.`,
    };
  }
  if (store.status === "SCOPES_MISSING") {
    return {
      kind: "warn",
      pill: "Needs you",
      sentence: `The shop ${store.name} does not allow Tillbridge everything that is needed.`,
      way: { href: "/connect", text: "See what is missing" },
    };
  }
  if (channel.status === "PERMISSIONS_MISSING") {
    return {
      kind: "warn",
      pill: "Needs you",
      sentence: "The till's token is not allowed everything that is needed.",
      way: { href: "/connect", text: "See what is missing" },
    };
  }
  return null;
}

/** Whether a till is further behind than one that is merely quiet, or was never read. */
export function late(channel) {
  const behind = seconds(channel.lag);
  return behind === null || behind > LATE_SECONDS;
}

function moving(channel, overview, now) {
  const behind = seconds(channel.lag);
  if (behind === null) {
    return { kind: "info", pill: "Starting", sentence: "Shop and till are read for the first time." };
  }
  if (late(channel)) {
    return {
      kind: "warn",
      pill: "Behind",
      sentence: `${span(behind)} behind. It is tried again by itself.`,
      way: { href: `/channels/${channel.id}/runs`, text: "See why" },
    };
  }
  if (channel.warnings.some((warning) => warning.code === "stream-failing")) {
    return {
      kind: "warn",
      pill: "Failing",
      sentence: "A part of it fails and is tried again by itself.",
      way: { href: `/channels/${channel.id}/runs`, text: "See why" },
    };
  }
  const sale = channel.lastSaleAt ? `last sale ${ago(channel.lastSaleAt, now)}` : "no sale seen yet";
  if (overview?.outOfStep > 0) {
    return {
      kind: "info",
      pill: "Catching up",
      sentence: `${many(overview.outOfStep, "item")} ${overview.outOfStep === 1 ? "is" : "are"} being brought in step, ${sale}.`,
    };
  }
  return { kind: "good", pill: "In step", sentence: `In step, ${sale}.` };
}
