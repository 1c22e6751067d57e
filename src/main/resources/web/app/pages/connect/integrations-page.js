import { html, nothing } from "lit";
import { all, patch, post, put, remove } from "../../api.js";
import { readConnected } from "../../channels.js";
import { confirm, showDialog } from "../../components/dialogs.js";
import { textField } from "../../components/fields.js";
import { pageHeader } from "../../components/header.js";
import { emptyState, problemNotice, statePill } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { say } from "../../components/toast.js";
import { ago } from "../../format.js";
import { may } from "../../session.js";
import { REGIONS } from "./regions.js";

const STATES = {
  CONNECTED: ["good", "Connected"],
  PERMISSIONS_MISSING: ["warn", "Permissions missing"],
  SCOPES_MISSING: ["warn", "Scopes missing"],
  PAUSED: ["quiet", "Paused"],
  UNAUTHORIZED: ["bad", "Access refused"],
};

const WEBHOOKS = {
  ACTIVE: "Changes arrive at once.",
  PENDING: "Changes will arrive at once in a moment.",
  UNVERIFIABLE: "Changes are found by asking every few seconds: without the client secret nothing that comes can be trusted.",
  NOT_CONFIGURED: "Changes are found by asking every few seconds.",
  INCOMPLETE: "Some changes arrive at once, others are found by asking.",
  FAILED: "Changes are found by asking every few seconds: the shop refused to tell of them.",
  SILENT: "The shop has fallen silent; changes are found by asking.",
};

/** What is connected, how each connection stands, and what can be done about it. */
class IntegrationsPage extends Page {
  hints() {
    return ["channel", "store"];
  }

  header() {
    return pageHeader({
      title: "Integrations",
      lead: "Your shops, and the tills that are kept in step with each.",
      actions: may("admin") ? html`<a class="button primary" href="/connect/available">Available integrations</a>` : nothing,
    });
  }

  async load(signal) {
    const [{ stores, channels }, integrations] = await Promise.all([readConnected(), all("/integrations", { signal })]);
    return { stores, channels, permissions: integrations.find((each) => each.key === "clover")?.permissions ?? [] };
  }

  view({ stores, channels, permissions }) {
    if (stores.length === 0) {
      return emptyState({
        title: "Nothing is connected yet",
        text: "Connect your Shopify shop first, then each Clover till.",
        actions: may("admin") ? html`<a class="button primary" href="/connect/store">Connect Shopify</a>` : nothing,
      });
    }
    return html`<div class="stack">
      ${stores.map((store) =>
        this.store(
          store,
          channels.filter((channel) => channel.storeId === store.id),
          permissions,
        ),
      )}
    </div>`;
  }

  store(store, channels, permissions) {
    const [kind, text] = STATES[store.status];
    return html`<section class="card stack" aria-labelledby="store-${store.id}">
      <div class="row">
        <h2 class="grow" id="store-${store.id}">${store.name}</h2>
        ${statePill(kind, text)}
      </div>
      <div class="stack-small">
        <p class="soft">Shopify, ${store.shopDomain}, ${store.currency}. ${WEBHOOKS[store.webhooks.status]}</p>
        ${store.statusReason ? html`<p>${store.statusReason}</p>` : nothing} ${warnings(store.warnings)}
      </div>
      ${may("admin")
        ? html`<div class="actions">
            <a class="button" href="/connect/store?store=${store.id}">New credentials</a>
            <a class="button" href="/connect/clover?store=${store.id}">Connect a till</a>
            <button class="button danger" type="button" @click=${() => this.deleteStore(store, channels)}>Disconnect</button>
          </div>`
        : nothing}
      ${channels.map((channel) => this.channel(channel, permissions))}
    </section>`;
  }

  channel(channel, permissions) {
    const [kind, text] = STATES[channel.status];
    const missing = channel.permissions.missing;
    return html`<article class="till-row stack-small" aria-labelledby="channel-${channel.id}">
      <div class="row">
        <h3 class="grow" id="channel-${channel.id}">${channel.name}</h3>
        ${statePill(kind, text)}
      </div>
      <p class="soft">
        Clover, ${channel.merchant.name} (${channel.merchantId}), ${REGIONS[channel.region] ?? channel.region}, connected ${ago(channel.createdAt)}.
      </p>
      ${channel.statusReason ? html`<p>${channel.statusReason}</p>` : nothing}
      ${missing.length > 0
        ? html`<p>
            Not allowed:
            ${missing.map((key) => permissions.find((each) => each.key === key)?.label ?? key).join(", ")}.
          </p>`
        : nothing}
      ${warnings(channel.warnings.filter((warning) => warning.code !== "permissions-missing"))}
      <div class="actions">
        <a class="button" href="/channels/${channel.id}/settings">Settings</a>
        ${may("operator")
          ? html`<button class="button" type="button" @click=${() => this.check(channel)}>Check the token</button>
              ${channel.status === "PAUSED"
                ? html`<button class="button" type="button" @click=${() => this.resume(channel)}>Resume</button>`
                : channel.status === "UNAUTHORIZED"
                  ? nothing
                  : html`<button class="button" type="button" @click=${() => this.pause(channel)}>Pause</button>`}
              <button class="button" type="button" @click=${() => this.rename(channel)}>Rename</button>`
          : nothing}
        ${may("admin")
          ? html`<button class="button" type="button" @click=${() => this.replaceToken(channel)}>New token</button>
              <button class="button danger" type="button" @click=${() => this.deleteChannel(channel)}>Disconnect</button>`
          : nothing}
      </div>
    </article>`;
  }

  check(channel) {
    return this.act(async () => {
      const after = await post(`/channels/${channel.id}/check`);
      const missing = after.permissions.missing.length;
      say(
        after.status === "UNAUTHORIZED"
          ? "The till refuses the token."
          : missing > 0
            ? `The token works, but lacks ${missing === 1 ? "one permission" : `${missing} permissions`}.`
            : "The token works and is allowed everything.",
        after.status === "UNAUTHORIZED" || missing > 0 ? "bad" : "good",
      );
    });
  }

  resume(channel) {
    return this.act(async () => {
      await post(`/channels/${channel.id}/resume`);
      say(`${channel.name} goes on.`);
    });
  }

  async pause(channel) {
    const sure = await confirm({
      title: `Pause ${channel.name}?`,
      text: "Nothing is read from the till or written to it until you resume it. Sales made meanwhile are imported then.",
      yes: "Pause",
    });
    if (sure) {
      await this.act(async () => {
        await post(`/channels/${channel.id}/pause`);
        say(`${channel.name} is paused.`);
      });
    }
  }

  rename(channel) {
    return this.ask({
      title: `Rename ${channel.name}`,
      field: { label: "Name of the till", value: channel.name },
      yes: "Rename",
      send: (name) => patch(`/channels/${channel.id}`, { name }),
      done: "Renamed.",
    });
  }

  replaceToken(channel) {
    return this.ask({
      title: `New token for ${channel.name}`,
      field: {
        label: "API token",
        value: "",
        type: "password",
        help: "From the Clover dashboard: Settings, API Tokens. It is tried first; if the till refuses it, the old one stays.",
      },
      yes: "Try and save",
      send: (token) => put(`/channels/${channel.id}/token`, { token }),
      done: "The new token works.",
    });
  }

  async deleteChannel(channel) {
    const sure = await confirm({
      title: `Disconnect ${channel.name}?`,
      text: "Its token and all that was read of it are deleted at once. The till's stock stays as it is, and imported orders stay in the shop. It cannot be undone, but the till can be connected again.",
      yes: "Disconnect",
      danger: true,
    });
    if (sure) {
      await this.act(async () => {
        await remove(`/channels/${channel.id}`);
        say(`${channel.name} is disconnected.`);
      });
    }
  }

  async deleteStore(store, channels) {
    if (channels.length > 0) {
      await confirm({
        title: `${store.name} still has tills`,
        text: "Disconnect its tills first.",
        yes: "All right",
        no: "Close",
      });
      return;
    }
    const sure = await confirm({
      title: `Disconnect ${store.name}?`,
      text: "Its credentials and all that was read of it are deleted at once. It cannot be undone, but the shop can be connected again.",
      yes: "Disconnect",
      danger: true,
    });
    if (sure) {
      await this.act(async () => {
        await remove(`/stores/${store.id}`);
        say(`${store.name} is disconnected.`);
      });
    }
  }

  /** Asks for one line of text and sends it; what is refused is shown beside it. */
  async ask({ title, field, yes, send, done }) {
    let value = field.value;
    let problem = null;
    let busy = false;
    const sent = await showDialog({
      title,
      content: (close, again) => {
        const submit = async (event) => {
          event.preventDefault();
          busy = true;
          again();
          try {
            await send(value.trim());
            close(true);
          } catch (error) {
            problem = error;
            busy = false;
            again();
          }
        };
        return html`<form class="stack" @submit=${submit}>
          ${problem ? problemNotice(problem) : nothing}
          ${textField({ ...field, id: "dialog-field", value, required: true, input: (text) => (value = text) })}
          <div class="actions">
            <button class="button" type="button" @click=${() => close(false)}>Cancel</button>
            <button class="button primary" type="submit" ?disabled=${busy}>${yes}</button>
          </div>
        </form>`;
      },
    });
    if (sent) {
      say(done);
      await this.reload();
    }
  }

  async act(work) {
    try {
      await work();
      await this.reload();
    } catch (error) {
      this.problem = error;
    }
  }
}

function warnings(list) {
  return list.length === 0
    ? nothing
    : html`<ul class="plain-list">
        ${list.map((warning) => html`<li>${warning.message}</li>`)}
      </ul>`;
}

customElements.define("tb-integrations-page", IntegrationsPage);
