import { html, nothing } from "lit";
import { all } from "../../api.js";
import { pageHeader } from "../../components/header.js";
import { Page } from "../../components/page.js";
import { cards } from "../../components/skeleton.js";
import { may } from "../../session.js";

const ABOUT = {
  shopify: { text: "Your shop: products, stock, orders. Connect it first.", href: "/connect/store" },
  clover: { text: "A till of the same merchant. Connect as many as you have.", href: "/connect/clover" },
};

/** What can be connected. */
class AvailablePage extends Page {
  header() {
    return pageHeader({ title: "Available integrations", over: html`<a href="/connect">Integrations</a>` });
  }

  placeholder() {
    return cards(2, "140px");
  }

  load(signal) {
    return all("/integrations", { signal });
  }

  view(integrations) {
    const sorted = [...integrations].sort((a, b) => Number(a.kind !== "storefront") - Number(b.kind !== "storefront"));
    return html`<div class="grid">
      ${sorted.map((each) => {
        const about = ABOUT[each.key];
        return html`<article class="card stack">
          <h2>${each.name}</h2>
          <p class="soft">${about?.text ?? nothing}</p>
          ${about && may("admin")
            ? html`<a class="button primary" href=${about.href}>Connect ${each.name}</a>`
            : html`<p class="soft small">Somebody with the role admin can connect it.</p>`}
        </article>`;
      })}
    </div>`;
  }
}

customElements.define("tb-available-page", AvailablePage);
