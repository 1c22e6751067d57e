import { html, nothing } from "lit";
import { Element } from "../../components/element.js";
import { textField } from "../../components/fields.js";
import { pageHeader } from "../../components/header.js";
import { notice, problemNotice } from "../../components/notices.js";
import { organisationSignIn, signIn } from "../../session.js";

/** The one page for those who are not signed in. The key is sent once and kept nowhere. */
class SignInPage extends Element {
  static properties = {
    query: { attribute: false },
    key: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.query = {};
    this.key = "";
    this.problem = null;
    this.busy = false;
  }

  firstUpdated() {
    this.querySelector("input")?.focus();
  }

  render() {
    const organisation = organisationSignIn();
    return html`<div class="sign-in">
      ${pageHeader({ title: "Sign in to Tillbridge", lead: "See whether shop and tills are in step, and what to do." })}
      <form class="card stack" @submit=${this.submit}>
        ${this.query["sign-in"] === "no-role"
          ? notice("warn", "Your organisation knows you, but gives you no role here. Ask whoever keeps its accounts.")
          : nothing}
        ${this.problem ? problemNotice(this.problem) : nothing}
        ${textField({
          id: "key",
          label: "API key",
          type: "password",
          value: this.key,
          required: true,
          autocomplete: "current-password",
          help: "Whoever runs Tillbridge made it for you. The first one is in the service's configuration, or, in the demo, in its log.",
          input: (value) => (this.key = value),
        })}
        <button class="button primary" type="submit" ?disabled=${this.busy}>
          ${this.busy ? "Signing in…" : "Sign in"}
        </button>
        ${organisation
          ? html`<p><a class="button" href=${organisation} target="_self">Sign in with your organisation</a></p>`
          : nothing}
      </form>
    </div>`;
  }

  async submit(event) {
    event.preventDefault();
    this.busy = true;
    try {
      await signIn(this.key.trim());
      this.key = "";
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("tb-sign-in-page", SignInPage);
