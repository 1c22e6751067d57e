import { html, nothing } from "lit";
import { follow } from "../../api.js";
import { Element } from "../../components/element.js";

const FINDINGS = {
  WAITING: { sign: "…", word: "being tried", kind: "quiet" },
  GRANTED: { sign: "✓", word: "allowed", kind: "good" },
  MISSING: { sign: "✗", word: "not allowed", kind: "bad" },
  UNVERIFIED: { sign: "?", word: "could not be told", kind: "warn" },
};

/** What a token may do, found out one permission after the other while one looks on. */
class PermissionCheck extends Element {
  static properties = {
    /** As `GET /integrations` lists them: `[{key, label, reason}]`. */
    permissions: { attribute: false },
    findings: { state: true },
  };

  constructor() {
    super();
    this.permissions = [];
    this.findings = null;
  }

  /**
   * Tries a token and shows each answer as it comes.
   *
   * @param {{region: string, merchantId: string, token: string}} till
   * @returns {Promise<{missing: string[], unverified: string[]}>} keys of permissions
   */
  async run(till) {
    this.findings = new Map();
    try {
      await follow("/integrations/clover/check", till, (piece) => {
        this.findings = new Map(this.findings).set(piece.permission, piece.finding);
      });
    } catch (error) {
      this.findings = null;
      throw error;
    }
    // Of what nothing was heard nothing is known, whatever ended the answer.
    const unheard = this.permissions.map((each) => each.key).filter((key) => !this.findings.has(key));
    return { missing: this.with("MISSING"), unverified: [...this.with("UNVERIFIED"), ...unheard] };
  }

  with(finding) {
    return this.permissions.map((each) => each.key).filter((key) => this.findings.get(key) === finding);
  }

  render() {
    const done = this.findings?.size ?? 0;
    return html`<ul class="permissions">
        ${this.permissions.map((each) => {
          const found = this.findings === null ? null : FINDINGS[this.findings.get(each.key) ?? "WAITING"];
          return html`<li>
            ${found ? html`<span class="finding ${found.kind}" aria-hidden="true">${found.sign}</span>` : nothing}
            <span>${each.label}</span>
            <span class="soft"> to ${each.reason}</span>
            ${found ? html`<span class="finding-word ${found.kind}"> ${found.word}</span>` : nothing}
          </li>`;
        })}
      </ul>
      <p class="visually-hidden" role="status">
        ${this.findings === null ? "" : `${done} of ${this.permissions.length} permissions tried`}
      </p>`;
  }
}

customElements.define("tb-permission-check", PermissionCheck);
