import { html, nothing } from "lit";
import { all, post, put } from "../../api.js";
import { readConnected, storeOf } from "../../channels.js";
import { radioField, textField } from "../../components/fields.js";
import { pageHeader } from "../../components/header.js";
import { notice, problemNotice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { say } from "../../components/toast.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { connectSteps, whereToFind } from "./steps.js";

/** What a refusal is about, where it names no field itself. */
const FIELD_OF = {
  "store-already-connected": "shopDomain",
  "not-a-shopify-domain": "shopDomain",
  "store-not-found-at-shopify": "shopDomain",
  "store-unauthorized": "credentials",
};

/** What people call the fields. */
const NAMES = {
  shopDomain: "Shop domain",
  accessToken: "Access token",
  clientId: "Client ID",
  clientSecret: "Client secret",
  credentials: "Credentials",
};

/** Connects a shop; with `?store=` it gives one that is connected new credentials. */
class ConnectStorePage extends Page {
  static properties = { form: { state: true }, refused: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.form = { shopDomain: "", kind: "app", accessToken: "", clientId: "", clientSecret: "" };
    this.refused = null;
    this.busy = false;
  }

  get known() {
    return this.query.store ? storeOf(this.query.store) : null;
  }

  get pageTitle() {
    return this.query.store ? "New credentials" : "Connect Shopify";
  }

  header() {
    return pageHeader({
      title: this.known ? `New credentials for ${this.known.name}` : "Connect Shopify",
      lead: "Tillbridge tries them before it keeps them, encrypted. Nothing in the shop is changed.",
    });
  }

  async load(signal) {
    const [integrations] = await Promise.all([all("/integrations", { signal }), readConnected()]);
    return { integration: integrations.find((each) => each.key === "shopify") };
  }

  view({ integration }) {
    if (!may("admin")) {
      return notice("info", "Somebody with the role admin can connect a shop.");
    }
    const form = this.form;
    const token = form.kind === "token";
    return html`${this.known ? nothing : connectSteps(1)}
      <form class="card stack" novalidate @submit=${this.submit}>
        ${this.refused ? problemNotice(this.refused, { fields: NAMES }) : nothing}
        ${this.known
          ? nothing
          : html`${textField({
              id: "shopDomain",
              label: "Shop domain",
              value: form.shopDomain,
              placeholder: "your-shop.myshopify.com",
              required: true,
              help: "The permanent domain that ends in .myshopify.com, not the one your customers see.",
              error: this.error("shopDomain"),
              input: (value) => this.change({ shopDomain: value }),
            })}
            ${whereToFind(
              "Where do I find it?",
              html`<p>In the Shopify admin: Settings, Domains. It is also the part of the admin's address after <code>/store/</code>, followed by <code>.myshopify.com</code>.</p>`,
            )}`}
        ${radioField({
          id: "kind",
          label: "How Tillbridge may enter",
          value: form.kind,
          choices: [
            { value: "app", label: "Client ID and client secret", help: "Of an app made in Shopify's Dev Dashboard. Changes arrive at once." },
            { value: "token", label: "Access token", help: "Of a custom app of this shop alone." },
          ],
          input: (value) => this.change({ kind: value }),
        })}
        ${token
          ? textField({
              id: "accessToken",
              label: "Admin API access token",
              type: "password",
              value: form.accessToken,
              required: true,
              error: this.error("accessToken"),
              help: "It begins with shpat_ and is shown once, when the app is installed.",
              input: (value) => this.change({ accessToken: value }),
            })
          : textField({
              id: "clientId",
              label: "Client ID",
              value: form.clientId,
              required: true,
              error: this.error("clientId"),
              input: (value) => this.change({ clientId: value }),
            })}
        ${textField({
          id: "clientSecret",
          label: token ? "Client secret (may be left empty)" : "Client secret",
          type: "password",
          value: form.clientSecret,
          required: !token,
          error: this.error("clientSecret"),
          help: token
            ? "With it Tillbridge can trust what the shop tells by itself; without it changes are found by asking every few seconds."
            : nothing,
          input: (value) => this.change({ clientSecret: value }),
        })}
        ${whereToFind(
          "Where do I find them?",
          html`<ol>
              <li>Open Shopify's Dev Dashboard and make an app in the organisation of the shop, or open yours.</li>
              <li>Give it the access scopes listed below and release that version.</li>
              <li>Install the app in the shop.</li>
              <li>Copy client ID and client secret from the app's settings.</li>
            </ol>
            <ul class="permissions">
              ${integration.permissions.map(
                (each) => html`<li><code>${each.key}</code><span class="soft"> to ${each.reason}</span></li>`,
              )}
            </ul>`,
        )}
        <div class="actions">
          <button class="button primary" type="submit" ?disabled=${this.busy}>
            ${this.busy ? "Trying…" : this.known ? "Try and save" : "Connect"}
          </button>
          <a class="button plain" href="/connect">Cancel</a>
        </div>
      </form>`;
  }

  change(part) {
    this.form = { ...this.form, ...part };
  }

  error(field) {
    if (!this.refused?.of) {
      return "";
    }
    const named = this.refused.of(field);
    const about = FIELD_OF[this.refused.code];
    const fits = about === field || (about === "credentials" && field === (this.form.kind === "token" ? "accessToken" : "clientId"));
    return named || (fits ? this.refused.detail : "");
  }

  async submit(event) {
    event.preventDefault();
    const form = this.form;
    const credentials =
      form.kind === "token"
        ? { accessToken: form.accessToken, ...(form.clientSecret.trim() ? { clientSecret: form.clientSecret } : {}) }
        : { clientId: form.clientId, clientSecret: form.clientSecret };
    this.busy = true;
    try {
      const store = this.known
        ? await put(`/stores/${this.known.id}/credentials`, credentials)
        : await post("/stores", { shopDomain: form.shopDomain.trim(), ...credentials });
      await readConnected();
      const missing = store.scopes.missing;
      say(missing.length > 0 ? `${store.name} is connected, but the app lacks ${missing.join(", ")}.` : `${store.name} is connected.`);
      await go(this.known ? "/connect" : `/connect/clover?store=${store.id}`, { force: true });
    } catch (error) {
      this.refused = error;
      await this.updateComplete;
      this.querySelector("[aria-invalid], [role=alert]")?.focus?.();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("tb-connect-store-page", ConnectStorePage);
