import { html, nothing } from "lit";
import { all, post, remove } from "../../api.js";
import { readConnected, storeOf } from "../../channels.js";
import { confirm, showDialog } from "../../components/dialogs.js";
import { radioField, selectField, textField } from "../../components/fields.js";
import { pageHeader } from "../../components/header.js";
import { notice, problemNotice, statePill } from "../../components/notices.js";
import { Page } from "../../components/page.js";
import { dataTable } from "../../components/table.js";
import { say } from "../../components/toast.js";
import { ago, date, moment } from "../../format.js";
import { mayLeave } from "../../router.js";
import { may, seesEverything, session, signOut } from "../../session.js";

const ROLES = [
  { value: "viewer", label: "Viewer", help: "Sees everything, changes nothing." },
  { value: "operator", label: "Operator", help: "Also changes settings, links and orders, decides counts, starts runs." },
  { value: "admin", label: "Admin", help: "Also connects and disconnects shops and tills, and makes keys." },
];

/** Who may do what: one's own session, and, for an admin of the whole installation, all keys. */
class AccessPage extends Page {
  get pageTitle() {
    return may("admin") ? "Access" : "My session";
  }

  header() {
    return pageHeader({
      title: this.pageTitle,
      lead: "Who may look, who may change what, and who you are.",
      actions: mayKeep()
        ? html`<button class="button primary" type="button" @click=${() => void this.make()}>Make a key</button>`
        : nothing,
    });
  }

  async load(signal) {
    const [keys] = await Promise.all([mayKeep() ? all("/access/keys", { signal }) : [], readConnected()]);
    return { keys };
  }

  view({ keys }) {
    const self = session();
    if (self === null) {
      return nothing;
    }
    const role = ROLES.find((each) => each.value === self.role);
    return html`<div class="stack">
      <section class="card stack-small" aria-labelledby="self">
        <h2 id="self">You</h2>
        <p>
          Signed in as <strong>${self.name}</strong>, ${role.label.toLowerCase()}${self.storeId
            ? html`, for the shop <strong>${storeOf(self.storeId).name}</strong> alone`
            : nothing}.
        </p>
        <p class="soft">
          ${role.help} ${self.endsAt ? `You are signed in until ${moment(self.endsAt)} at the latest.` : nothing}
        </p>
        <p><button class="button" type="button" @click=${() => void this.leave()}>Sign out</button></p>
      </section>
      ${mayKeep()
        ? this.keys(keys)
        : notice("info", "Keys are made and revoked by somebody with the role admin for the whole installation.")}
    </div>`;
  }

  keys(keys) {
    const sorted = [...keys].sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
    return html`<section class="card stack" aria-labelledby="keys">
      <h2 id="keys">API keys</h2>
      <p class="soft">Each person and each program gets a key of its own, so that it can be taken away alone.</p>
      ${dataTable({
        caption: "API keys",
        rows: sorted,
        key: (key) => key.id,
        columns: [
          { title: "Name", cell: (key) => html`<strong>${key.name}</strong>` },
          { title: "Role", cell: (key) => ROLES.find((each) => each.value === key.role).label },
          { title: "Shop", cell: (key) => (key.storeId ? storeOf(key.storeId).name : "All") },
          { title: "Made", cell: (key) => html`${date(key.createdAt)} <span class="soft">by ${key.createdBy}</span>` },
          { title: "Last used", cell: (key) => ago(key.lastUsedAt) },
          {
            title: "State",
            cell: (key) => (key.revokedAt ? statePill("quiet", `Revoked ${date(key.revokedAt)}`) : statePill("good", "Works")),
          },
          {
            title: "Actions",
            cell: (key) =>
              key.revokedAt
                ? nothing
                : html`<button
                    class="button danger"
                    type="button"
                    aria-label="Revoke ${key.name}"
                    @click=${() => void this.revoke(key)}
                  >
                    Revoke
                  </button>`,
          },
        ],
      })}
    </section>`;
  }

  async make() {
    const { stores } = await readConnected();
    const form = { name: "", role: "viewer", storeId: "" };
    let problem = null;
    let busy = false;
    const made = await showDialog({
      title: "Make a key",
      content: (close, again) => {
        const submit = async (event) => {
          event.preventDefault();
          busy = true;
          again();
          try {
            close(await post("/access/keys", { name: form.name.trim(), role: form.role, storeId: form.storeId || null }));
          } catch (error) {
            problem = error;
            busy = false;
            again();
          }
        };
        const change = (part) => {
          Object.assign(form, part);
          again();
        };
        return html`<form class="stack" @submit=${submit}>
          ${problem ? problemNotice(problem) : nothing}
          ${textField({
            id: "key-name",
            label: "Whose it is",
            value: form.name,
            required: true,
            placeholder: "Anna, front desk",
            input: (name) => change({ name }),
          })}
          ${radioField({ id: "key-role", label: "Role", value: form.role, choices: ROLES, input: (role) => change({ role }) })}
          ${selectField({
            id: "key-store",
            label: "Shop",
            value: form.storeId,
            choices: [
              { value: "", label: "All shops" },
              ...stores.map((store) => ({ value: store.id, label: `Only ${store.name}` })),
            ],
            input: (storeId) => change({ storeId }),
          })}
          <div class="actions">
            <button class="button" type="button" @click=${() => close()}>Cancel</button>
            <button class="button primary" type="submit" ?disabled=${busy}>Make the key</button>
          </div>
        </form>`;
      },
    });
    if (made) {
      await this.hand(made);
      await this.reload();
    }
  }

  /** The one time the key is shown. */
  hand({ key, token }) {
    let copied = "";
    return showDialog({
      title: `The key of ${key.name}`,
      // Escape would take the key away for good.
      stays: true,
      content: (close, again) =>
        html`<div class="stack">
            <p>Copy it now: it is shown this once. Whoever has it can do what the role ${key.role} may.</p>
            <p class="token"><code>${token}</code></p>
            <p class="soft" role="status">${copied}</p>
          </div>
          <div class="actions">
            <button
              class="button"
              type="button"
              @click=${async () => {
                try {
                  await navigator.clipboard.writeText(token);
                  copied = "Copied.";
                } catch {
                  copied = "The browser did not allow copying: select it and copy it.";
                }
                again();
              }}
            >
              Copy
            </button>
            <button class="button primary" type="button" @click=${() => close()}>I have it</button>
          </div>`,
    });
  }

  async revoke(key) {
    const sure = await confirm({
      title: `Revoke the key of ${key.name}?`,
      text: "It is refused from the next request on. It cannot be undone.",
      yes: "Revoke",
      danger: true,
    });
    if (!sure) {
      return;
    }
    try {
      await remove(`/access/keys/${key.id}`);
      say(`The key of ${key.name} is revoked.`);
      await this.reload();
    } catch (error) {
      this.problem = error;
    }
  }

  async leave() {
    if (!(await mayLeave())) {
      return;
    }
    try {
      await signOut();
    } catch (error) {
      this.problem = error;
    }
  }
}

/** Keys are kept by admins who see all stores. */
function mayKeep() {
  return may("admin") && seesEverything();
}

customElements.define("tb-access-page", AccessPage);
