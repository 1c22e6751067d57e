import { html } from "lit";
import { showDialog } from "../../components/dialogs.js";
import { NAMES, at, differing, inWords, put } from "./words.js";

/**
 * Somebody else saved meanwhile: shows both versions side by side, and lets one choose for each setting that differs.
 *
 * @param {any} base the settings both began with
 * @param {any} mine what was to be saved
 * @param {any} theirs what stands now
 * @param {any} choices for the words
 * @returns {Promise<any | null>} the settings to save over theirs; null: nothing was decided
 */
export async function settleConflict(base, mine, theirs, choices) {
  const paths = differing(mine, theirs);
  if (paths.length === 0) {
    return theirs;
  }
  const changedByMe = new Set(differing(base, mine));
  const chosen = new Map(paths.map((path) => [path, changedByMe.has(path) ? "mine" : "theirs"]));
  const answer = await showDialog({
    title: "Somebody else changed these settings meanwhile",
    large: true,
    content: (close, again) =>
      html`<p>Choose for each which one is to stand. What only one of you changed is chosen already.</p>
        <div class="table-wrap">
          <table class="table conflict">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Yours</th>
                <th scope="col">As saved meanwhile</th>
              </tr>
            </thead>
            <tbody>
              ${paths.map(
                (path) =>
                  html`<tr>
                    <th scope="row">${NAMES[path]}</th>
                    ${[
                      ["mine", mine, "Yours"],
                      ["theirs", theirs, "As saved meanwhile"],
                    ].map(
                      ([which, settings, label]) =>
                        html`<td data-label=${label}>
                          <label class="choice"
                            ><input
                              type="radio"
                              name="conflict-${path}"
                              .checked=${chosen.get(path) === which}
                              @change=${() => {
                                chosen.set(path, which);
                                again();
                              }}
                            /><span
                              ><span class="visually-hidden">${label}: </span>${inWords(path, at(settings, path), choices)}</span
                            ></label
                          >
                        </td>`,
                    )}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <div class="actions">
          <button class="button" type="button" @click=${() => close(false)}>Go on editing</button>
          <button class="button primary" type="button" @click=${() => close(true)}>Save what is chosen</button>
        </div>`,
  });
  if (answer !== true) {
    return null;
  }
  return paths
    .filter((path) => chosen.get(path) === "mine")
    .reduce((settings, path) => put(settings, path, at(mine, path)), theirs);
}
