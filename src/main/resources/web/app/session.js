/**
 * Who is signed in. The session is a cookie that scripts cannot read; nothing of it is kept here but name, role and the
 * token that unsafe calls must carry.
 */
import { get, post, remove, useCsrfToken, whenSignedOut, Problem } from "./api.js";

const RANK = { viewer: 0, operator: 1, admin: 2 };

/** @type {{name: string, role: "viewer"|"operator"|"admin", storeId: string | null, endsAt: string | null} | null} */
let current = null;
let organisation = null;
const listeners = new Set();

/** Null where nobody is signed in. */
export function session() {
  return current;
}

/** Where one signs in with the organisation's account; null where that is not set up. */
export function organisationSignIn() {
  return organisation;
}

/** Whether whoever is signed in has at least this role. @param {"viewer"|"operator"|"admin"} role */
export function may(role) {
  return current !== null && RANK[current.role] >= RANK[role];
}

/** Whether whoever is signed in sees all stores. */
export function seesEverything() {
  return current !== null && !current.storeId;
}

/** @param {() => void} listener called when somebody signed in or out */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the service who is signed in; null where nobody is. */
export async function recall() {
  try {
    take(await get("/session", { quiet: true }));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) {
      throw error;
    }
    organisation = (await ways()).openIdConnect;
    take(null);
  }
  return current;
}

/** @param {string} key an API key; it is sent once and kept nowhere */
export async function signIn(key) {
  take(await post("/session", { key }, { quiet: true }));
}

export async function signOut() {
  await remove("/session", { quiet: true });
  take(null);
  askWays();
}

function take(answer) {
  current = answer ? { name: answer.name, role: answer.role, storeId: answer.storeId ?? null, endsAt: answer.endsAt ?? null } : null;
  useCsrfToken(answer?.csrfToken ?? null);
  for (const listener of listeners) {
    listener();
  }
}

/** How one may sign in. An API key always does. */
async function ways() {
  return get("/session/ways", { quiet: true });
}

/** The way in is asked for by whoever has lost it; the page of signing in shows it once it is known. */
function askWays() {
  ways().then(
    (known) => {
      organisation = known.openIdConnect;
      listeners.forEach((listener) => listener());
    },
    () => {
      // The page says itself that the service is away.
    },
  );
}

whenSignedOut(() => {
  if (current !== null) {
    take(null);
    askWays();
  }
});
