import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { Element } from "../../components/element.js";

/** A list of short texts, one on a line. What is being typed stays as it is typed, blank lines and all. */
class LinesField extends Element {
  static properties = {
    field: { type: String },
    label: { type: String },
    help: { type: String },
    error: { type: String },
    lines: { attribute: false },
    locked: { type: Boolean },
    text: { state: true },
  };

  constructor() {
    super();
    this.field = "";
    this.label = "";
    this.help = "";
    this.error = "";
    this.lines = [];
    this.locked = false;
    this.text = "";
  }

  willUpdate(changed) {
    if (changed.has("lines") && parse(this.text).join("\n") !== this.lines.join("\n")) {
      this.text = this.lines.join("\n");
    }
  }

  render() {
    return html`<div class="field">
      <label for=${this.field}>${this.label}</label>
      <textarea
        class="textarea"
        id=${this.field}
        rows="3"
        ?disabled=${this.locked}
        spellcheck="false"
        aria-invalid=${this.error ? "true" : nothing}
        aria-describedby="${this.field}-help ${this.field}-error"
        .value=${live(this.text)}
        @input=${this.onInput}
      ></textarea>
      <p class="help" id="${this.field}-help">${this.help}</p>
      <p class="error" id="${this.field}-error">${this.error}</p>
    </div>`;
  }

  onInput(event) {
    this.text = event.target.value;
    this.dispatchEvent(new CustomEvent("lines", { detail: parse(this.text) }));
  }
}

function parse(text) {
  return text.split(/[\s,;]+/).filter((line) => line !== "");
}

customElements.define("tb-lines-field", LinesField);
