import { html, nothing } from "lit";
import { checkField, radioField, selectField, switchField, textField } from "../../components/fields.js";
import { seconds } from "../../format.js";
import { exampleText, ROUNDINGS } from "./words.js";
import { startField } from "./start-field.js";
import "./lines-field.js";

/** An order id as the till makes them, for the previews. */
const EXAMPLE_ORDER = "JANDWXP4YAWCR";

/**
 * What every section is given.
 *
 * @typedef {object} Editing
 * @property {any} draft the settings as typed so far
 * @property {any} choices what can be picked
 * @property {(path: string, value: any) => void} set
 * @property {(path: string) => string} error what is wrong with a setting; empty: nothing
 * @property {boolean} locked nothing may be changed
 */

/** @param {Editing} edit */
export function matching({ draft, choices, set, error, locked }) {
  const metafield = draft.uniqueIdentifier.startsWith("METAFIELD:");
  return section("matching", "How items are matched", html`
    <p class="soft">A product of the shop and an item of the till are the same where this agrees.</p>
    ${selectField({
      id: "uniqueIdentifier",
      label: "Unique product identifier",
      value: metafield ? "METAFIELD:namespace.key" : draft.uniqueIdentifier,
      choices: choices.identifiers.map((each) => ({ value: each.value, label: each.label })),
      disabled: locked,
      error: metafield ? "" : error("uniqueIdentifier"),
      help: "Links that exist stay. What the change would link is shown before you save.",
      input: (value) => set("uniqueIdentifier", value === "METAFIELD:namespace.key" ? "METAFIELD:" : value),
    })}
    ${metafield
      ? textField({
          id: "metafield",
          label: "Namespace and key of the metafield",
          value: draft.uniqueIdentifier.slice("METAFIELD:".length),
          placeholder: "custom.pos_sku",
          disabled: locked,
          error: error("uniqueIdentifier"),
          input: (value) => set("uniqueIdentifier", `METAFIELD:${value.trim()}`),
        })
      : nothing}
  `);
}

/** @param {Editing} edit */
export function orders(edit) {
  const { draft, choices, set, error, locked } = edit;
  const order = draft.orderSync;
  const primary = choices.locations.find((each) => each.primary);
  return section("orders", "Order sync", html`
    ${onOff(edit, "orderSync", "Sales at the till become orders of the shop", "Each sale becomes exactly one order, and what was sold is taken off the shop's stock at once.")}
    ${startField({
      id: "orderSync.importFrom",
      label: "Import sales made since",
      value: order.importFrom,
      unset: "The moment it is turned on",
      help: "90 days back at most: the till shows no older sales.",
      error: error("orderSync.importFrom"),
      disabled: locked,
      input: (value) => set("orderSync.importFrom", value),
    })}
    ${startField({
      id: "orderSync.adjustStockFrom",
      label: "Take sales off the shop's stock since",
      value: order.adjustStockFrom,
      unset: "The moment it is turned on",
      help: "Sales made before become orders but leave the stock alone, because it was counted without them.",
      error: error("orderSync.adjustStockFrom"),
      disabled: locked,
      input: (value) => set("orderSync.adjustStockFrom", value),
    })}
    ${selectField({
      id: "orderSync.postingLocationId",
      label: "Take sales off the stock of",
      value: order.postingLocationId ?? "",
      choices: [
        { value: "", label: primary ? `The shop's primary location (${primary.name})` : "The shop's primary location" },
        ...choices.locations.map((each) => ({ value: each.id, label: each.name })),
      ],
      disabled: locked,
      error: error("orderSync.postingLocationId"),
      help: "Usually the location where the till stands.",
      input: (value) => set("orderSync.postingLocationId", value || null),
    })}
    ${format(edit, "orderSync.numberFormat", "Order number", (text) =>
      text === null ? "The shop's own number, such as #1001." : html`The order is called <strong>${text}</strong>.`,
    )}
    ${format(edit, "orderSync.noteFormat", "Note on the order", (text) =>
      text === null ? "No note of yours." : html`The note begins with <strong>${text}</strong>.`,
    )}
    ${checkField({
      id: "orderSync.skipUnpaid",
      label: "Leave unpaid sales out of the shop",
      value: order.skipUnpaid,
      disabled: locked,
      help: "They become orders when they are paid. Otherwise they become orders that wait for payment.",
      input: (value) => set("orderSync.skipUnpaid", value),
    })}
    ${textField({
      id: "orderSync.unpaidReservation",
      label: "Hours that an unpaid sale holds its goods back",
      type: "number",
      short: true,
      min: "0",
      max: "720",
      step: "any",
      required: true,
      value: order.unpaidReservation === null ? null : seconds(order.unpaidReservation) / 3600,
      disabled: locked,
      error: error("orderSync.unpaidReservation"),
      help: "So that the shop does not sell what lies on the counter.",
      input: (value) => set("orderSync.unpaidReservation", value === "" ? null : `PT${Math.round(Number(value) * 60)}M`),
    })}
    ${radioField({
      id: "orderSync.unlinkedLines",
      label: "When something was sold that is linked to no product",
      value: order.unlinkedLines,
      disabled: locked,
      choices: [
        { value: "HOLD", label: "The sale waits", help: "Say which product it is, and the sale is imported by itself." },
        { value: "IMPORT_AS_CUSTOM", label: "Import it without a product", help: "The order has a line with its name and price; no stock is touched for it." },
      ],
      input: (value) => set("orderSync.unlinkedLines", value),
    })}
    ${radioField({
      id: "orderSync.tips",
      label: "Tips",
      value: order.tips,
      disabled: locked,
      choices: [
        { value: "OMIT", label: "Leave them out of the order" },
        { value: "INCLUDE", label: "Make them part of the order's total" },
      ],
      input: (value) => set("orderSync.tips", value),
    })}
    ${radioField({
      id: "orderSync.refundRestock",
      label: "When a sale is refunded, its goods",
      value: order.refundRestock,
      disabled: locked,
      choices: [
        { value: "LINES", label: "Go back to stock where the refund names them" },
        { value: "ALL", label: "Go back to stock, and all of them when the whole sale is refunded" },
        { value: "NONE", label: "Stay off the stock" },
      ],
      input: (value) => set("orderSync.refundRestock", value),
    })}
    ${checkField({
      id: "orderSync.notifyOnUnlinked",
      label: "Mail me when a sale or product is not linked or fails",
      value: order.notifyOnUnlinked,
      disabled: locked,
      help: "To the addresses under Mail, below.",
      input: (value) => set("orderSync.notifyOnUnlinked", value),
    })}
  `);
}

/** @param {Editing} edit */
export function shipments(edit) {
  const { draft, choices, set, error, locked } = edit;
  const mappings = draft.shipmentSync.mappings;
  const change = (index, part) =>
    set("shipmentSync.mappings", mappings.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return section("shipments", "Shipment sync", html`
    ${onOff(edit, "shipmentSync", "What the shop ships is told at the till", "Tracking numbers of an imported sale come into its note at the till.")}
    <fieldset class="stack">
      <legend class="legend">Which sales are to be shipped</legend>
      <p class="help">A sale of this order type is not handed over but shipped by this method. All others are handed over in the shop.</p>
      ${mappings.map(
        (mapping, index) =>
          html`<div class="mapping">
            ${selectField({
              id: `shipmentSync.mappings[${index}].channelMethod`,
              label: "Order type at the till",
              value: mapping.channelMethod,
              choices: [
                { value: "", label: "Choose" },
                ...choices.orderTypes.map((each) => ({ value: each.id, label: each.label })),
                ...(mapping.channelMethod && !choices.orderTypes.some((each) => each.id === mapping.channelMethod)
                  ? [{ value: mapping.channelMethod, label: `${mapping.channelMethod} (no longer at the till)` }]
                  : []),
              ],
              disabled: locked,
              error: error(`shipmentSync.mappings[${index}].channelMethod`),
              input: (value) => change(index, { channelMethod: value }),
            })}
            ${textField({
              id: `shipmentSync.mappings[${index}].storeMethod`,
              label: "Shipping method of the shop",
              value: mapping.storeMethod,
              list: "shipping-methods",
              disabled: locked,
              error: error(`shipmentSync.mappings[${index}].storeMethod`),
              input: (value) => change(index, { storeMethod: value }),
            })}
            <button
              class="button plain"
              type="button"
              ?disabled=${locked}
              aria-label="Remove pair ${index + 1}"
              @click=${() => set("shipmentSync.mappings", mappings.filter((each, at) => at !== index))}
            >
              Remove
            </button>
          </div>`,
      )}
      <datalist id="shipping-methods">
        ${choices.shippingMethods.map((each) => html`<option value=${each.name}></option>`)}
      </datalist>
      <button
        class="button"
        type="button"
        ?disabled=${locked}
        @click=${() => set("shipmentSync.mappings", [...mappings, { channelMethod: "", storeMethod: "" }])}
      >
        + Add a pair
      </button>
    </fieldset>
  `);
}

/** @param {Editing} edit */
export function inventory(edit) {
  const { draft, choices, set, error, locked } = edit;
  const stock = draft.inventorySync;
  const every = stock.sellingLocationIds.length === 0;
  return section("inventory", "Inventory sync", html`
    ${onOff(edit, "inventorySync", "The till shows the shop's stock", "A change in the shop reaches the till within seconds.")}
    ${textField({
      id: "inventorySync.safetyStock",
      label: "Safety stock",
      type: "number",
      short: true,
      min: "0",
      step: "1",
      required: true,
      value: stock.safetyStock,
      disabled: locked,
      error: error("inventorySync.safetyStock"),
      help: html`Units held back from the till, so that the last one is not sold twice. Of 10 in the shop the till shows
        <strong>${Math.max(0, 10 - (Number(stock.safetyStock) || 0))}</strong>.`,
      input: (value) => set("inventorySync.safetyStock", figure(value)),
    })}
    ${radioField({
      id: "selling",
      label: "Which stock the till may sell",
      value: every ? "all" : "some",
      disabled: locked,
      choices: [
        { value: "all", label: "That of all locations" },
        { value: "some", label: "That of these" },
      ],
      input: (value) =>
        set("inventorySync.sellingLocationIds", value === "all" ? [] : choices.locations.map((each) => each.id)),
    })}
    ${every
      ? nothing
      : html`<fieldset class="indent">
          <legend class="visually-hidden">Locations the till sells from</legend>
          ${choices.locations.map((each) =>
            checkField({
              id: `location-${each.id}`,
              label: each.name,
              value: stock.sellingLocationIds.includes(each.id),
              // None at all would mean all.
              disabled: locked || (stock.sellingLocationIds.length === 1 && stock.sellingLocationIds[0] === each.id),
              input: (on) =>
                set(
                  "inventorySync.sellingLocationIds",
                  choices.locations
                    .map((location) => location.id)
                    .filter((id) => (id === each.id ? on : stock.sellingLocationIds.includes(id))),
                ),
            }),
          )}
          ${error("inventorySync.sellingLocationIds")
            ? html`<p class="error-text">${error("inventorySync.sellingLocationIds")}</p>`
            : nothing}
        </fieldset>`}
    ${radioField({
      id: "inventorySync.onRecount",
      label: "When somebody sets a quantity at the till",
      value: stock.onRecount,
      disabled: locked,
      choices: [
        { value: "REPORT", label: "Ask me", help: "It waits on the Home page; until then the till is only ever lowered." },
        { value: "OVERWRITE", label: "The shop is right", help: "The till gets the shop's figure again." },
        { value: "ADOPT", label: "The count is right", help: "The difference goes to the shop's stock." },
      ],
      input: (value) => set("inventorySync.onRecount", value),
    })}
  `);
}

/** @param {Editing} edit */
export function prices(edit) {
  const { draft, set, error, locked } = edit;
  const rule = draft.priceSync.rule;
  return section("prices", "Price sync", html`
    ${onOff(edit, "priceSync", "The till asks the shop's prices", "What a product sells at in the shop, sale prices included.")}
    ${radioField({
      id: "priceSync.rule",
      label: "What the till asks",
      value: rule === null ? "same" : "rule",
      disabled: locked,
      choices: [
        { value: "same", label: "The same price as the shop" },
        { value: "rule", label: "More or less than the shop" },
      ],
      input: (value) => set("priceSync.rule", value === "same" ? null : { percent: 0, amount: "0", rounding: "NONE" }),
    })}
    ${rule === null
      ? nothing
      : html`<div class="indent stack">
          ${textField({
            id: "priceSync.rule.percent",
            label: "Percent more",
            type: "number",
            short: true,
            step: "0.01",
            required: true,
            value: rule.percent,
            disabled: locked,
            error: error("priceSync.rule.percent"),
            help: "Negative for less.",
            input: (value) => set("priceSync.rule", { ...rule, percent: figure(value) }),
          })}
          ${textField({
            id: "priceSync.rule.amount",
            label: "Then plus",
            short: true,
            inputmode: "decimal",
            value: rule.amount,
            disabled: locked,
            error: error("priceSync.rule.amount"),
            help: "An amount such as 0.50; negative for less.",
            input: (value) => set("priceSync.rule", { ...rule, amount: value.trim().replace(",", ".") }),
          })}
          ${selectField({
            id: "priceSync.rule.rounding",
            label: "Then rounded to",
            value: rule.rounding,
            disabled: locked,
            choices: ROUNDINGS,
            error: error("priceSync.rule.rounding"),
            input: (value) => set("priceSync.rule", { ...rule, rounding: value }),
          })}
        </div>`}
    ${error("priceSync.enabled") ? html`<p class="error-text">${error("priceSync.enabled")}</p>` : nothing}
  `);
}

/** @param {Editing} edit */
export function products(edit) {
  const { draft, set, error, locked } = edit;
  return section("products", "Product sync", html`
    ${onOff(edit, "productSync", "Products of the shop are made at the till", "Each active product that has no item there gets one; what is there stays.")}
    ${textField({
      id: "productSync.defaultInventory",
      label: "Default inventory",
      type: "number",
      short: true,
      min: "0",
      step: "1",
      value: draft.productSync.defaultInventory,
      disabled: locked,
      error: error("productSync.defaultInventory"),
      help: "What the till shows of products that the shop does not count (made to order, custom), so that they can be sold. Empty: they are left alone.",
      input: (value) => set("productSync.defaultInventory", figure(value)),
    })}
  `);
}

/** @param {Editing} edit */
export function mail({ draft, set, error, locked }) {
  return section("mail", "Mail", html`
    <tb-lines-field
      field="notifications.recipients"
      label="Addresses, one on a line"
      help="They are told what needs a person: at most one mail in 15 minutes."
      .error=${error("notifications.recipients")}
      .lines=${draft.notifications.recipients}
      .locked=${locked}
      @lines=${(event) => set("notifications.recipients", event.detail)}
    ></tb-lines-field>
  `);
}

function section(id, title, content) {
  return html`<section class="card stack" id=${id} aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}

function onOff({ draft, set, error, locked }, part, label, help) {
  return switchField({
    id: `${part}.enabled`,
    label,
    help,
    value: draft[part].enabled,
    disabled: locked,
    error: error(`${part}.enabled`),
    input: (value) => set(`${part}.enabled`, value),
  });
}

/** A text made of the till's order id between two parts, with what comes out as it is typed. */
function format({ draft, set, error, locked }, path, label, sentence) {
  const name = path.split(".")[1];
  const value = draft.orderSync[name];
  return html`<fieldset class="stack-small">
    <legend class="legend">${label}</legend>
    <div class="format">
      ${textField({
        id: `${path}.prefix`,
        label: "Before",
        value: value.prefix,
        disabled: locked,
        error: error(`${path}.prefix`),
        input: (text) => set(`${path}.prefix`, text),
      })}
      ${checkField({
        id: `${path}.includeOrderId`,
        label: "+ the till's order id",
        value: value.includeOrderId,
        disabled: locked,
        input: (on) => set(`${path}.includeOrderId`, on),
      })}
      ${textField({
        id: `${path}.suffix`,
        label: "After",
        value: value.suffix,
        disabled: locked,
        error: error(`${path}.suffix`),
        input: (text) => set(`${path}.suffix`, text),
      })}
    </div>
    <p class="help" role="status" data-example=${name}>${sentence(exampleText(value, EXAMPLE_ORDER))}</p>
  </fieldset>`;
}

/** What was typed; null of nothing, and of what is no number yet, such as a minus alone, which the browser refuses to send. */
function figure(text) {
  return text === "" ? null : Number(text);
}
