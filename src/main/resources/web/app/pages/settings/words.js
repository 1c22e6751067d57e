/** What people call each setting, and how its values are said. Pure: settings go in, words come out. */
import { many, moment, number, seconds, span } from "../../format.js";

/** Path of a setting to its name; the order is that of the page. */
export const NAMES = {
  uniqueIdentifier: "How items are matched",
  "orderSync.enabled": "Sales become orders of the shop",
  "orderSync.notifyOnUnlinked": "Mail about sales and products that are not linked or fail",
  "orderSync.skipUnpaid": "Leave unpaid sales out of the shop",
  "orderSync.unlinkedLines": "Sales with something that is not linked",
  "orderSync.numberFormat.prefix": "Order number: before",
  "orderSync.numberFormat.includeOrderId": "Order number: the till's order id",
  "orderSync.numberFormat.suffix": "Order number: after",
  "orderSync.noteFormat.prefix": "Note: before",
  "orderSync.noteFormat.includeOrderId": "Note: the till's order id",
  "orderSync.noteFormat.suffix": "Note: after",
  "orderSync.importFrom": "Import sales made since",
  "orderSync.adjustStockFrom": "Take sales off the stock since",
  "orderSync.unpaidReservation": "How long an unpaid sale holds its goods back",
  "orderSync.postingLocationId": "Take sales off the stock of",
  "orderSync.tips": "Tips",
  "orderSync.refundRestock": "Goods of a refund",
  "shipmentSync.enabled": "Shipments reach the till",
  "shipmentSync.mappings": "Which order type is shipped how",
  "inventorySync.enabled": "The till shows the shop's stock",
  "inventorySync.safetyStock": "Safety stock",
  "inventorySync.sellingLocationIds": "Locations the till sells from",
  "inventorySync.onRecount": "When somebody counts at the till",
  "priceSync.enabled": "The till asks the shop's prices",
  "priceSync.rule": "Price rule",
  "productSync.enabled": "Products are made at the till",
  "productSync.defaultInventory": "Quantity for what the shop does not count",
  "notifications.recipients": "Who gets mail",
};

const WORDS = {
  HOLD: "Wait for a person",
  IMPORT_AS_CUSTOM: "Import it without a product",
  OMIT: "Left out",
  INCLUDE: "Part of the order",
  LINES: "Go back to stock",
  NONE: "Stay off the stock",
  ALL: "Go back to stock, all of a whole refund, too",
  REPORT: "A person decides",
  OVERWRITE: "The shop is right",
  ADOPT: "The count is right",
};

/** What prices are rounded to, in the order in which it is offered. */
export const ROUNDINGS = [
  { value: "NONE", label: "the cent" },
  { value: "TO_99", label: "an amount that ends in .99" },
  { value: "TO_95", label: "an amount that ends in .95" },
  { value: "TO_05", label: "a multiple of 0.05" },
  { value: "WHOLE", label: "no cents" },
];

/** The parts of a settings document by path, those that are one value each: lists and rules are. */
export function leaves(settings) {
  return Object.fromEntries(Object.keys(NAMES).map((path) => [path, at(settings, path)]));
}

/** The value at a path; undefined where there is none. */
export function at(settings, path) {
  return path.split(".").reduce((part, name) => part?.[name], settings);
}

/** The same document with another value at a path; nothing is changed in place. */
export function put(settings, path, value) {
  const [first, ...rest] = path.split(".");
  return { ...settings, [first]: rest.length === 0 ? value : put(settings[first] ?? {}, rest.join("."), value) };
}

/** The paths at which two documents differ. */
export function differing(one, other) {
  return Object.keys(NAMES).filter((path) => !same(at(one, path), at(other, path)));
}

export function same(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** The preview of an order number or note, as the service makes it; null: nothing is in it. */
export function exampleText({ prefix, includeOrderId, suffix }, orderId) {
  return `${prefix}${includeOrderId ? orderId : ""}${suffix}`.trim() || null;
}

/**
 * A value as it is read.
 *
 * @param {string} path
 * @param {any} value
 * @param {any} choices as `GET …/settings/choices` lists them
 */
export function inWords(path, value, choices) {
  const location = (id) => choices.locations.find((each) => each.id === id)?.name ?? id;
  const type = (id) => choices.orderTypes.find((each) => each.id === id)?.label ?? id;
  switch (path) {
    case "uniqueIdentifier":
      return choices.identifiers.find((each) => each.value === value)?.label ?? value;
    case "orderSync.importFrom":
    case "orderSync.adjustStockFrom":
      return value ? moment(value) : "The moment it is turned on";
    case "orderSync.unpaidReservation":
      return span(seconds(value));
    case "orderSync.postingLocationId":
      return value ? location(value) : "The shop's primary location";
    case "shipmentSync.mappings":
      return value.length === 0
        ? "None"
        : value.map((each) => `${type(each.channelMethod)} – ${each.storeMethod}`).join(", ");
    case "inventorySync.safetyStock":
      return many(value, "unit");
    case "inventorySync.sellingLocationIds":
      return value.length === 0 ? "All locations" : value.map(location).join(", ");
    case "priceSync.rule":
      return value === null
        ? "The same price"
        : `${number(value.percent)} % more, plus ${number(value.amount)}, rounded to ${ROUNDINGS.find((each) => each.value === value.rounding)?.label ?? value.rounding}`;
    case "productSync.defaultInventory":
      return value === null ? "Left alone" : many(value, "unit");
    case "notifications.recipients":
      return value.length === 0 ? "Nobody" : value.join(", ");
    default:
      return typeof value === "boolean" ? (value ? "Yes" : "No") : (WORDS[value] ?? (value === "" ? "Nothing" : String(value)));
  }
}

/** The streams that a change turns on. @returns {string[]} names of parts, such as `priceSync` */
export function turnedOn(before, after) {
  return ["orderSync", "shipmentSync", "inventorySync", "priceSync", "productSync"].filter(
    (part) => after[part].enabled && !before[part].enabled,
  );
}

/** Whether a change may make Tillbridge write to the till, so that it is worth looking first. */
export function worthLooking(before, after) {
  const writing = ["uniqueIdentifier", "inventorySync", "priceSync", "productSync"];
  return turnedOn(before, after).length > 0 || differing(before, after).some((path) => writing.includes(path.split(".")[0]) && !off(after, path));
}

function off(settings, path) {
  const part = settings[path.split(".")[0]];
  return typeof part === "object" && !part.enabled;
}
