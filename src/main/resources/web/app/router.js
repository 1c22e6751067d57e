/**
 * Where one is: the path names the page and its parameters, the query holds its filters, so that every view can be
 * bookmarked, sent to somebody and gone back to.
 */

/** @typedef {{path: string, tag: string, title: string, load: () => Promise<unknown>, signedOut?: boolean}} Route */

/** Stands in the history's entries, so that going back while something is unsaved can be undone. */
let position = history.state?.position ?? 0;
let guard = null;
let undoing = false;
const listeners = new Set();

/**
 * Finds the route of a path.
 *
 * @param {Route[]} routes
 * @param {string} path such as `/channels/7b1c/items`
 * @returns {{route: Route, params: Record<string, string>} | null}
 */
export function match(routes, path) {
  const parts = split(path);
  for (const route of routes) {
    const wanted = split(route.path);
    if (wanted.length !== parts.length) {
      continue;
    }
    const params = {};
    const fits = wanted.every((part, index) => {
      if (part.startsWith(":")) {
        params[part.slice(1)] = decodeURIComponent(parts[index]);
        return true;
      }
      return part === parts[index];
    });
    if (fits) {
      return { route, params };
    }
  }
  return null;
}

/** The filters in the address: name to text; of a name that is there twice, the last. */
export function query() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** `/path?name=value`; what is null, undefined or empty is left out. */
export function url(path, values = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Goes to an address of the dashboard, if what is unsaved may be left.
 *
 * @param {string} to path with query
 * @param {{replace?: boolean, force?: boolean}} [options] replace: no entry of its own in the history; force: ask nobody
 */
export async function go(to, { replace = false, force = false } = {}) {
  if (to === location.pathname + location.search) {
    return;
  }
  const otherPage = new URL(to, location.href).pathname !== location.pathname;
  if (otherPage && !force && !(await mayLeave())) {
    return;
  }
  if (otherPage) {
    guard = null;
  }
  if (!replace) {
    position += 1;
  }
  history[replace ? "replaceState" : "pushState"]({ position }, "", to);
  tell({ restored: false });
}

/**
 * Changes filters of the page that is shown and leaves the others. Typing into a search field replaces the entry, so
 * that "back" does not go letter by letter.
 *
 * @param {Record<string, string | number | null | undefined>} changes
 */
export function setQuery(changes, { replace = true } = {}) {
  return go(url(location.pathname, { ...query(), ...changes }), { replace });
}

/**
 * What is unsaved on the page that is shown. The function is asked before another page is gone to.
 *
 * @param {(() => boolean | Promise<boolean>) | null} mayBeLeft true: go; null: nothing is unsaved
 */
export function guardWith(mayBeLeft) {
  guard = mayBeLeft;
}

/** @param {(change: {restored: boolean}) => void} listener called whenever the address has changed */
export function onNavigate(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether what is unsaved may be left: asks for it where something is. */
export async function mayLeave() {
  return guard === null || (await guard());
}

function tell(change) {
  for (const listener of listeners) {
    listener(change);
  }
}

function split(path) {
  return path.split("/").filter((part) => part !== "");
}

window.addEventListener("popstate", async (event) => {
  const to = event.state?.position ?? 0;
  if (undoing) {
    undoing = false;
    return;
  }
  if (guard !== null) {
    const steps = to - position;
    undoing = true;
    history.go(-steps);
    if (await mayLeave()) {
      guard = null;
      history.go(steps);
    }
    return;
  }
  position = to;
  tell({ restored: true });
});

window.addEventListener("beforeunload", (event) => {
  if (guard !== null) {
    event.preventDefault();
  }
});

/** A click on a link of the dashboard changes the page without loading everything anew. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) {
    return;
  }
  if (/^\/(api|q|static|webhooks)(\/|$)/.test(link.pathname)) {
    return;
  }
  event.preventDefault();
  void go(link.pathname + link.search);
});
