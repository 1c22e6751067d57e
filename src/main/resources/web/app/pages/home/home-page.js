import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { all, get, post } from "../../api.js";
import { channelOf, connected, readConnected } from "../../channels.js";
import { pageHeader } from "../../components/header.js";
import { emptyState, statePill } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { block, cards } from "../../components/skeleton.js";
import { statTiles } from "../../components/tiles.js";
import { say } from "../../components/toast.js";
import { onHint } from "../../events.js";
import { ago, money, number, seconds, span } from "../../format.js";
import { may } from "../../session.js";
import { late, standing } from "./standing.js";
import "./recounts.js";

/** "2 minutes ago" grows old. */
const TICK = 20000;
/** A till that trades tells of each step of each sale; its figures are read this often at most, in milliseconds. */
const GATHER = 3000;

/** Whether all is well with each till, or what to do. */
class HomePage extends Page {
  constructor() {
    super();
    /** Channel id to what is known of it beyond the list. */
    this.overviews = new Map();
    this.recounts = new Map();
    this.clock = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.requestUpdate(), TICK);
    this.ends.push(
      onHint(["channel", "order", "run", "recount", "link"], (hints) => void this.refresh(hints), { gather: GATHER }),
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  header() {
    const channels = connected()?.channels ?? [];
    return pageHeader({
      title: "Home",
      lead: channels.length > 0 ? "How your tills stand, and what needs you." : nothing,
    });
  }

  placeholder() {
    return cards(2, "230px");
  }

  async load(signal) {
    const data = await readConnected();
    void this.readFigures(
      data.channels.map((channel) => channel.id),
      signal,
    );
    return data;
  }

  /** Figures come one till after the other, so that many tills do not wait for the slowest. */
  async readFigures(ids, signal) {
    for (const id of ids) {
      try {
        const overview = await get(`/channels/${id}/overview`, { signal });
        this.overviews.set(id, overview);
        this.recounts.set(id, overview.recounts > 0 ? await all(`/channels/${id}/recounts`, { query: { status: "OPEN" } }) : []);
      } catch (error) {
        if (error.name === "AbortError") {
          return;
        }
        this.problem = error;
      }
      this.requestUpdate();
    }
  }

  /** Only what was hinted at is read again. */
  async refresh(hints) {
    if (this.data === null) {
      return;
    }
    this.problem = null;
    const known = this.data.channels.map((channel) => channel.id);
    const told = hints.every((hint) => hint.channelId) ? new Set(hints.map((hint) => hint.channelId)) : null;
    try {
      this.data = await readConnected();
      await this.readFigures(told === null || told.size === 0 ? known : known.filter((id) => told.has(id)));
    } catch (error) {
      this.problem = error;
    }
  }

  view({ stores, channels }) {
    if (channels.length === 0) {
      return this.beginning(stores);
    }
    return html`<div class="stack">
      <div class="grid home-grid">
        ${repeat(
          channels,
          (channel) => channel.id,
          (channel) =>
            this.card(
              channel,
              stores.find((store) => store.id === channel.storeId),
            ),
        )}
      </div>
      <tb-recounts
        .tills=${channels.map((channel) => ({ channel, recounts: this.recounts.get(channel.id) ?? [] }))}
      ></tb-recounts>
    </div>`;
  }

  beginning(stores) {
    const first = stores.length === 0;
    return emptyState({
      title: first ? "Connect your shop, then your till" : "Now connect your till",
      text: may("admin")
        ? "It takes a few minutes, and nothing is changed on either side until you turn it on."
        : "Somebody with the role admin can connect them.",
      actions: may("admin")
        ? html`<a class="button primary" href=${first ? "/connect/store" : "/connect/clover"}
            >${first ? "Connect Shopify" : "Connect Clover"}</a
          >`
        : nothing,
    });
  }

  card(channel, store) {
    const overview = this.overviews.get(channel.id) ?? null;
    const state = standing(channel, store, overview);
    const known = overview !== null || state.kind === "bad" || channel.status === "PAUSED";
    return html`<article class="card stack till" aria-labelledby="till-${channel.id}">
      <div class="row">
        <h2 class="grow" id="till-${channel.id}"><a href="/channels/${channel.id}/items">${channel.name}</a></h2>
        ${known ? statePill(state.kind, state.pill) : html`<span class="pill">Looking</span>`}
      </div>
      <p class="visually-hidden" role="status">${known ? `${channel.name}: ${state.pill}` : nothing}</p>
      <div class="till-words">
        <p>${known ? state.sentence : block("1.2em", "70%")}</p>
        ${known && state.way ? html`<p><a href=${state.way.href}>${state.way.text}</a></p>` : nothing}
        ${channel.status === "PAUSED" && may("operator")
          ? html`<p><button class="button" type="button" @click=${() => this.resume(channel)}>Resume</button></p>`
          : nothing}
      </div>
      ${overview === null ? block("108px") : this.figures(channel, overview)}
      ${channel.warnings.length > 0
        ? html`<details class="small">
            <summary>${channel.warnings.length === 1 ? "One thing to know" : `${channel.warnings.length} things to know`}</summary>
            <ul>
              ${channel.warnings.map((warning) => html`<li>${warning.message}</li>`)}
            </ul>
          </details>`
        : nothing}
      <p class="soft small">${store?.name} – ${channel.merchant.name}</p>
    </article>`;
  }

  figures(channel, overview) {
    const today = overview.today;
    const orders = overview.on.includes("orders");
    return statTiles([
      { label: late(channel) ? "Behind by" : "Looked at last", value: late(channel) ? span(seconds(channel.lag)) : looked(channel) },
      {
        label: "Sales imported today",
        value: orders ? `${number(today.imported)} of ${number(today.sales)}` : "off",
        href: orders ? `/channels/${channel.id}/orders` : undefined,
      },
      { label: "Worth of today's sales", value: orders ? money(today.total?.amount, today.total?.currency) : "–" },
      {
        label: "Items out of step",
        value: overview.outOfStep === null ? "off" : number(overview.outOfStep),
        href: `/channels/${channel.id}/items${overview.outOfStep > 0 ? "?outOfStep=true" : ""}`,
      },
    ]);
  }

  async resume(channel) {
    try {
      await post(`/channels/${channel.id}/resume`);
      say(`${channelOf(channel.id).name} goes on.`);
      await this.reload();
    } catch (error) {
      this.problem = error;
    }
  }
}

/** When a till's slowest stream was last through, which of a quiet till is a minute ago. */
function looked(channel) {
  return ago(new Date(Date.now() - seconds(channel.lag) * 1000).toISOString());
}

customElements.define("tb-home-page", HomePage);
