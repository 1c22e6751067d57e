import { html, nothing, render } from "lit";

/**
 * Asks before something is done. Escape and "Cancel" mean no; the focus goes back to where it was.
 *
 * @param {object} question
 * @param {string} question.title
 * @param {unknown} [question.text] what will happen, in plain words
 * @param {string} [question.yes] what the button says: a verb
 * @param {string} [question.no]
 * @param {boolean} [question.danger] it cannot be undone
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text = nothing, yes = "Yes", no = "Cancel", danger = false }) {
  return showDialog({
    title,
    content: (close) =>
      html`<div class="stack-small">${typeof text === "string" ? html`<p>${text}</p>` : text}</div>
        <div class="actions">
          <button class="button" type="button" @click=${() => close(false)}>${no}</button>
          <button class="button ${danger ? "danger" : "primary"}" type="button" @click=${() => close(true)}>${yes}</button>
        </div>`,
  }).then((answer) => answer === true);
}

/**
 * A dialog of any content.
 *
 * @template T
 * @param {object} dialog
 * @param {string} dialog.title
 * @param {(close: (answer?: T) => void, again: () => void) => unknown} dialog.content a template; `again` renders it anew after something has changed
 * @param {boolean} [dialog.large]
 * @param {boolean} [dialog.stays] Escape does not close it
 * @returns {Promise<T | undefined>} undefined where it was closed without an answer
 */
export function showDialog({ title, content, large = false, stays = false }) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = large ? "dialog large" : "dialog";
    dialog.setAttribute("aria-labelledby", "dialog-title");
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    const again = () => render(html`<h2 id="dialog-title">${title}</h2>${content(close, again)}`, dialog);
    dialog.addEventListener("cancel", (event) => stays && event.preventDefault());
    // A second Escape closes a dialog whatever its "cancel" says.
    dialog.addEventListener("keydown", (event) => stays && event.key === "Escape" && event.preventDefault());
    dialog.addEventListener("close", () => {
      // What was said within stays said.
      document.body.append(...dialog.querySelectorAll("#toast"));
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    again();
    dialog.showModal();
  });
}
