/** Says what was done, to those who see and those who hear; it goes by itself and takes the focus from nobody. */
const SHOWN = 6000;

let timer = null;

/** @param {string} text one sentence @param {"good"|"bad"|"info"} [kind] */
export function say(text, kind = "good") {
  const place = document.getElementById("toast");
  if (!place) {
    return;
  }
  // A modal dialog makes everything beside it inert: meanwhile the text must stand within it.
  document.querySelector("dialog[open]")?.append(place);
  place.className = `banner ${kind}`;
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.hidden = true;
    place.textContent = "";
  }, SHOWN);
}

/** Says something only to those who hear, such as that another page is shown. */
export function announce(text) {
  const place = document.getElementById("announcer");
  if (place) {
    place.textContent = text;
  }
}
