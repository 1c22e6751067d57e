import { html, nothing } from "lit";
import { all, post } from "../../api.js";
import { readConnected } from "../../channels.js";
import { selectField, textField } from "../../components/fields.js";
import { pageHeader } from "../../components/header.js";
import { emptyState, notice, problemNotice } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { say } from "../../components/toast.js";
import { many } from "../../format.js";
import { go } from "../../router.js";
import { may } from "../../session.js";
import { connectSteps, whereToFind } from "./steps.js";
import "./permission-check.js";
import { REGIONS } from "./regions.js";

/** What a refusal is about, where it names no field itself. */
const FIELD_OF = {
  "channel-name-taken": "name",
  "merchant-already-connected": "merchantId",
  "merchant-id-malformed": "merchantId",
  "till-unauthorized": "token",
};

/** What people call the fields. */
const NAMES = { storeId: "Shop", name: "Name", region: "Region", merchantId: "Merchant id", token: "API token" };

/** Connects a till: what it is called, whose it is, and by which token; then the token is tried before one's eyes. */
class ConnectCloverPage extends Page {
  static properties = {
    form: { state: true },
    wrong: { state: true },
    refused: { state: true },
    lacks: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.form = { storeId: "", name: "", region: "us", merchantId: "", token: "" };
    /** Field to what is wrong with it, found here. */
    this.wrong = {};
    this.refused = null;
    /** What the check found missing or could not tell: connecting waits for a word. */
    this.lacks = null;
    this.busy = false;
  }

  header() {
    return pageHeader({
      title: "Connect Clover",
      lead: "The token is tried first, with calls that change nothing. Everything stays off until you turn it on.",
    });
  }

  async load(signal) {
    const [integrations, { stores }] = await Promise.all([all("/integrations", { signal }), readConnected()]);
    if (!this.form.storeId && stores.length > 0) {
      const asked = stores.find((store) => store.id === this.query.store);
      this.form = { ...this.form, storeId: (asked ?? stores[0]).id };
    }
    return { integration: integrations.find((each) => each.key === "clover"), stores };
  }

  view({ integration, stores }) {
    if (!may("admin")) {
      return notice("info", "Somebody with the role admin can connect a till.");
    }
    if (stores.length === 0) {
      return html`${connectSteps(1)}
      ${emptyState({
        title: "First connect your shop",
        text: "A till is kept in step with a shop.",
        actions: html`<a class="button primary" href="/connect/store">Connect Shopify</a>`,
      })}`;
    }
    const form = this.form;
    return html`${connectSteps(2)}
      <form class="card stack" novalidate @submit=${this.submit}>
        ${this.refused ? problemNotice(this.refused, { fields: NAMES }) : nothing}
        ${selectField({
          id: "storeId",
          label: "Shop",
          value: form.storeId,
          choices: stores.map((store) => ({ value: store.id, label: `${store.name} (${store.shopDomain})` })),
          help: "The shop that this till is kept in step with.",
          error: this.error("storeId"),
          input: (value) => this.change("storeId", value),
        })}
        ${textField({
          id: "name",
          label: "Name of the till",
          value: form.name,
          placeholder: "Clover Main Store",
          required: true,
          help: "What you call it. It is shown everywhere here, and no other till of the shop may have it.",
          error: this.error("name"),
          input: (value) => this.change("name", value),
        })}
        ${selectField({
          id: "region",
          label: "Region",
          value: form.region,
          choices: integration.fields
            .find((field) => field.name === "region")
            .choices.map((key) => ({ value: key, label: REGIONS[key] ?? key })),
          help: "Where the Clover account was opened: the United States and Canada are North America.",
          error: this.error("region"),
          input: (value) => this.change("region", value),
        })}
        ${textField({
          id: "merchantId",
          label: "Merchant id",
          value: form.merchantId,
          placeholder: "3D19QN31ANYR5",
          required: true,
          help: "13 letters and digits.",
          error: this.error("merchantId"),
          input: (value) => this.change("merchantId", value),
        })}
        ${whereToFind(
          "Where do I find the merchant id?",
          html`<p>
            Open the Clover dashboard in your browser. It is the last part of the address, after <code>/merchants/</code>:
            <br /><code>https://www.clover.com/dashboard/m/…/merchants/<strong>3D19QN31ANYR5</strong></code>
          </p>`,
        )}
        ${textField({
          id: "token",
          label: "API token",
          type: "password",
          value: form.token,
          required: true,
          help: "It is stored encrypted and never shown again.",
          error: this.error("token"),
          input: (value) => this.change("token", value),
        })}
        ${whereToFind(
          "Where do I get the token?",
          html`<ol>
            <li>In the Clover dashboard open Settings, then API Tokens, and choose “Create new token”.</li>
            <li>Name it, for example “Tillbridge”.</li>
            <li>Tick the permissions listed below, and no more.</li>
            <li>Create it, copy the token, and paste it here.</li>
          </ol>`,
        )}
        <section class="stack-small" aria-labelledby="permissions-title">
          <h2 id="permissions-title">What the token must be allowed</h2>
          <tb-permission-check .permissions=${integration.permissions}></tb-permission-check>
        </section>
        ${this.lacks ? this.warning() : nothing}
        <div class="actions">
          <button class="button primary" type="submit" ?disabled=${this.busy}>
            ${this.busy ? "Trying the token…" : this.lacks ? "Check again" : "Check and connect"}
          </button>
          ${this.lacks
            ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.connect()}>
                Connect anyway
              </button>`
            : nothing}
          <a class="button plain" href="/connect">Cancel</a>
        </div>
      </form>`;
  }

  warning() {
    const { missing, unverified } = this.lacks;
    return notice(
      "warn",
      missing.length > 0
        ? html`<p>
              <strong>The token lacks ${many(missing.length, "permission")}.</strong> What needs them will not work. At Clover,
              permissions cannot be added to a token: make a new one with all of them and paste it above.
            </p>`
        : html`<p>
            <strong>${many(unverified.length, "permission")} could not be told without changing something.</strong> Look them up
            at Clover under Settings, API Tokens. If they are ticked there, connect.
          </p>`,
    );
  }

  change(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = { ...this.wrong, [field]: "" };
    if (field !== "name") {
      this.lacks = null;
    }
  }

  error(field) {
    if (this.wrong[field]) {
      return this.wrong[field];
    }
    if (!this.refused?.of) {
      return "";
    }
    return this.refused.of(field) || (FIELD_OF[this.refused.code] === field ? this.refused.detail : "");
  }

  async submit(event) {
    event.preventDefault();
    const { name, merchantId, token } = this.form;
    this.wrong = {
      name: name.trim() ? "" : "Give the till a name.",
      merchantId: /^[A-Za-z0-9]{13}$/.test(merchantId.trim()) ? "" : "A merchant id has 13 letters and digits.",
      token: token.trim() ? "" : "Paste the token.",
    };
    this.refused = null;
    this.lacks = null;
    if (Object.values(this.wrong).some(Boolean)) {
      await this.showFirstError();
      return;
    }
    this.busy = true;
    try {
      const found = await this.querySelector("tb-permission-check").run({
        region: this.form.region,
        merchantId: merchantId.trim(),
        token: token.trim(),
      });
      if (found.missing.length > 0 || found.unverified.length > 0) {
        this.lacks = found;
      } else {
        await this.connect();
      }
    } catch (error) {
      await this.refuse(error);
    } finally {
      this.busy = false;
    }
  }

  async connect() {
    const form = this.form;
    this.busy = true;
    try {
      const channel = await post("/channels", {
        ...form,
        integration: "clover",
        name: form.name.trim(),
        merchantId: form.merchantId.trim(),
        token: form.token.trim(),
      });
      await readConnected();
      say(`${channel.name} is connected. Now say what to keep in step.`);
      await go(`/channels/${channel.id}/settings`, { force: true });
    } catch (error) {
      await this.refuse(error);
    } finally {
      this.busy = false;
    }
  }

  async refuse(error) {
    this.refused = error;
    await this.showFirstError();
  }

  async showFirstError() {
    await this.updateComplete;
    this.querySelector('[aria-invalid="true"]')?.focus();
  }
}

customElements.define("tb-connect-clover-page", ConnectCloverPage);
