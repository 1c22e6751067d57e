import { html, nothing } from "lit";
import { channelOf, connected, forgetConnected, onConnected, readConnected } from "../channels.js";
import { isUp, onConnection } from "../connection.js";
import { closeEvents, openEvents } from "../events.js";
import { go, match, mayLeave, onNavigate, query, url } from "../router.js";
import { routes } from "../routes.js";
import { may, onSession, recall, session, signOut } from "../session.js";
import { chooseTheme, chosenTheme } from "../theme.js";
import { Element } from "./element.js";
import { emptyState } from "./notices.js";
import { pageHeader } from "./header.js";
import { problemNotice } from "./notices.js";
import { lines } from "./skeleton.js";
import { announce, say } from "./toast.js";

/** The frame around every page: who is signed in, the ways to all pages, the page, and whether the service is there. */
class AppShell extends Element {
  static properties = {
    page: { state: true },
    trouble: { state: true },
    menu: { state: true },
    known: { state: true },
    up: { state: true },
    path: { state: true },
  };

  constructor() {
    super();
    this.page = null;
    this.trouble = null;
    this.menu = false;
    /** Whether it is known who is signed in; until then the frame of those who are holds the place. */
    this.known = false;
    this.up = isUp();
    this.path = location.pathname;
    this.shown = "";
    this.turn = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    // What the document came with held the frame's place.
    this.replaceChildren();
    onNavigate((change) => void this.show(change));
    onConnected(() => this.requestUpdate());
    onConnection((up) => {
      if (up && !this.up) {
        say("The connection is there again.");
      }
      this.up = up;
      if (up && this.page === null) {
        void this.start();
      }
    });
    onSession(() => void this.sessionChanged());
    void this.start();
  }

  async start() {
    try {
      await recall();
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    }
  }

  async sessionChanged() {
    this.known = true;
    if (session() === null) {
      closeEvents();
      forgetConnected();
      this.shown = "";
      if (location.pathname !== "/login") {
        const back = query()["sign-in"] ? "/" : location.pathname + location.search;
        await go(url("/login", { next: back === "/" ? null : back, "sign-in": query()["sign-in"] }), { replace: true, force: true });
        return;
      }
    } else {
      openEvents();
      readConnected().catch(() => {
        // The page that is shown says what the matter is.
      });
      if (location.pathname === "/login") {
        await go(safe(query().next), { replace: true, force: true });
        return;
      }
    }
    await this.show({ restored: false });
  }

  /** Shows the page of the address; only its filters change where it is shown already. */
  async show({ restored }) {
    this.path = location.pathname;
    this.menu = false;
    const found = match(routes, location.pathname);
    if (session() === null && !found?.route.signedOut) {
      return;
    }
    if (this.page && this.shown === location.pathname) {
      this.page.query = query();
      return;
    }
    this.turn += 1;
    const turn = this.turn;
    const first = this.shown === "";
    this.shown = location.pathname;
    if (!found) {
      this.page = nothingHere();
      document.title = "Not found – Tillbridge";
      return;
    }
    try {
      await found.route.load();
    } catch (error) {
      // A file of an earlier version is gone after an upgrade.
      this.page = loadAgain(error);
      return;
    }
    if (turn !== this.turn) {
      return;
    }
    const page = document.createElement(found.route.tag);
    page.params = found.params;
    page.query = query();
    this.page = page;
    this.trouble = null;
    await this.updateComplete;
    await page.updateComplete;
    const title = page.pageTitle ?? found.route.title;
    document.title = `${title} – Tillbridge`;
    if (!restored) {
      window.scrollTo(0, 0);
    }
    if (!first) {
      announce(title);
      page.querySelector("h1")?.focus({ preventScroll: true });
    }
  }

  render() {
    const signedIn = session() !== null;
    const alone = this.known && !signedIn;
    return html`
      <a class="skip" href="#main" @click=${this.skip}>Skip to the page</a>
      <div class="shell ${alone ? "alone" : ""}">
        <header class="topbar">
          ${alone
            ? nothing
            : html`<button
                class="button plain menu-button"
                type="button"
                aria-expanded=${this.menu ? "true" : "false"}
                aria-controls="menu"
                @click=${() => (this.menu = !this.menu)}
              >
                Menu
              </button>`}
          <a class="brand" href="/"><img src="/favicon.svg" alt="" width="26" height="26" />Tillbridge</a>
          <span class="spring"></span>
          ${signedIn
            ? html`<span class="who">${session().name} (${session().role})</span>
                <button class="button plain" type="button" @click=${this.leave}>Sign out</button>`
            : alone
              ? this.themeSwitch()
              : nothing}
        </header>
        ${alone ? nothing : this.navigation(signedIn)}
        <main class="main" id="main" tabindex="-1">
          ${this.trouble && !this.page ? problemNotice(this.trouble, { again: () => void this.start() }) : nothing}
          ${this.page ?? (this.trouble ? nothing : lines(6))}
        </main>
      </div>
      <p id="announcer" class="visually-hidden" role="status"></p>
      <p id="toast" class="banner" role="status" hidden></p>
      ${this.up ? nothing : html`<p class="banner" role="alert">The connection to the service is lost. Trying again…</p>`}
    `;
  }

  themeSwitch() {
    const chosen = chosenTheme();
    return html`<label class="theme"
      ><span>Colours</span>
      <select
        class="select"
        aria-label="Colours"
        @change=${(event) => {
          chooseTheme(event.target.value);
          this.requestUpdate();
        }}
      >
        ${[
          ["system", "System"],
          ["light", "Light"],
          ["dark", "Dark"],
        ].map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
      </select></label
    >`;
  }

  navigation(signedIn) {
    if (!signedIn) {
      return html`<div class="sidebar"></div>`;
    }
    const channels = connected()?.channels ?? [];
    return html`<nav
      class="sidebar ${this.menu ? "open" : ""}"
      id="menu"
      aria-label="Pages"
      @click=${(event) => event.target.closest("a") && (this.menu = false)}
      @keydown=${(event) => event.key === "Escape" && (this.menu = false)}
    >
      <ul>
        ${this.link("/", "Home")} ${this.link("/connect", "Integrations", "/connect")}
        ${may("admin") ? this.link("/access", "Access") : this.link("/access", "My session")}
      </ul>
      ${channels.length > 0
        ? html`<h2 id="tills">Tills</h2>
            <ul aria-labelledby="tills">
              ${channels.map((channel) =>
                this.link(`/channels/${channel.id}/items`, channelOf(channel.id).name, `/channels/${channel.id}/`),
              )}
            </ul>`
        : nothing}
      <ul class="last" aria-label="More">
        <li><a href="/q/swagger-ui" target="_blank" rel="noopener">API documentation</a></li>
        <li>${this.themeSwitch()}</li>
      </ul>
    </nav>`;
  }

  link(href, title, within = null) {
    const current = this.path === href || (within !== null && this.path.startsWith(within));
    return html`<li><a href=${href} aria-current=${current ? "page" : nothing}>${title}</a></li>`;
  }

  skip(event) {
    event.preventDefault();
    this.querySelector("#main").focus();
  }

  async leave() {
    if (!(await mayLeave())) {
      return;
    }
    try {
      await signOut();
    } catch (error) {
      say(error.message, "bad");
    }
  }
}

/** Only an address of this dashboard may be gone to after signing in. */
function safe(next) {
  return next && /^\/(?![/\\])/.test(next) && match(routes, new URL(next, location.origin).pathname) ? next : "/";
}

function nothingHere() {
  return html`<div>
    ${pageHeader({ title: "There is no such page" })}
    ${emptyState({
      title: "Nothing is at this address",
      text: "It may have been mistyped, or the till was disconnected.",
      actions: html`<a class="button" href="/">Home</a>`,
    })}
  </div>`;
}

function loadAgain(error) {
  return html`<div>
    ${pageHeader({ title: "This page could not be loaded" })}
    ${problemNotice(
      { title: "A part of the dashboard is missing", detail: `It may have been updated meanwhile. (${error.message})` },
      { again: () => location.reload() },
    )}
  </div>`;
}

customElements.define("tb-app", AppShell);
