import { html, nothing } from "lit";
import { channelPages } from "../routes.js";

/**
 * The head of a page.
 *
 * @param {{title: string, over?: unknown, lead?: unknown, actions?: unknown}} content over: what the page belongs to; lead: one sentence
 */
export function pageHeader({ title, over = nothing, lead = nothing, actions = nothing }) {
  return html`<div class="page-header">
    <div class="words">
      ${over === nothing ? nothing : html`<p class="over">${over}</p>`}
      <h1 tabindex="-1">${title}</h1>
      ${lead === nothing ? nothing : html`<p class="lead">${lead}</p>`}
    </div>
    ${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
  </div>`;
}

/**
 * The head of a page of one channel, with the way to its others.
 *
 * @param {{id: string, name?: string}} channel
 * @param {string} part of `channelPages`
 * @param {{title: string, lead?: unknown, actions?: unknown}} content
 */
export function channelHeader(channel, part, content) {
  return html`${pageHeader({ ...content, over: channel.name || html`&nbsp;` })}
    <nav class="tabs" aria-label="This till">
      ${channelPages.map(
        (each) =>
          html`<a
            href="/channels/${channel.id}/${each.part}"
            aria-current=${each.part === part ? "page" : nothing}
            >${each.title}</a
          >`,
      )}
    </nav>`;
}
