/**
 * Whether the service can be reached. While it cannot, it is tried in growing gaps; when it can again, whoever listens
 * reads anew.
 */
const FIRST_GAP = 1000;
const LONGEST_GAP = 15000;

let up = true;
let gap = FIRST_GAP;
const listeners = new Set();

export function isUp() {
  return up;
}

/** @param {(up: boolean) => void} listener called when the connection is lost, and when it is there again */
export function onConnection(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Something was not answered. */
export function lost() {
  if (!up) {
    return;
  }
  up = false;
  gap = FIRST_GAP;
  tell();
  setTimeout(probe, gap);
}

/** Something that was open was closed: it is looked whether the service is still there. */
export async function suspect() {
  if (up && !(await answers())) {
    lost();
  }
}

/** Something was answered. */
export function healed() {
  if (up) {
    return;
  }
  up = true;
  tell();
}

async function probe() {
  if (up) {
    return;
  }
  if (await answers()) {
    healed();
    return;
  }
  gap = Math.min(gap * 2, LONGEST_GAP);
  setTimeout(probe, gap);
}

/** By what everybody may ask: health is the cluster's own, and an Ingress lets nobody to it. */
async function answers() {
  try {
    const { status } = await fetch("/api/v1/session/ways", { cache: "no-store" });
    return status !== 502 && status !== 503 && status !== 504;
  } catch {
    // That is the answer: nobody is there.
    return false;
  }
}

function tell() {
  for (const listener of listeners) {
    listener(up);
  }
}

window.addEventListener("offline", lost);
window.addEventListener("online", () => {
  if (!up) {
    void probe();
  }
});
