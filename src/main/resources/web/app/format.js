/** Numbers, money and times as the browser's owner writes them. */
const LOCALES = navigator.languages;

const numbers = new Intl.NumberFormat(LOCALES);
const percents = new Intl.NumberFormat(LOCALES, { style: "percent", maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat(LOCALES, { dateStyle: "medium" });
const moments = new Intl.DateTimeFormat(LOCALES, { dateStyle: "medium", timeStyle: "short" });
const times = new Intl.DateTimeFormat(LOCALES, { timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const currencies = new Map();

/** 12345 → "12,345" */
export function number(value) {
  return value === null || value === undefined ? "–" : numbers.format(value);
}

/** 0.125 → "12.5 %" */
export function percent(share) {
  return percents.format(share);
}

/**
 * An amount as the API sends it, in its currency.
 *
 * @param {string | null | undefined} amount decimal, such as "12.50"
 * @param {string} currency ISO code
 */
export function money(amount, currency) {
  if (amount === null || amount === undefined || amount === "") {
    return "–";
  }
  if (!currency) {
    return numbers.format(Number(amount));
  }
  if (!currencies.has(currency)) {
    currencies.set(currency, new Intl.NumberFormat(LOCALES, { style: "currency", currency }));
  }
  return currencies.get(currency).format(Number(amount));
}

/** The day of an instant. @param {string | null} instant ISO-8601 */
export function date(instant) {
  return instant ? dates.format(new Date(instant)) : "–";
}

/** Day and time of an instant. @param {string | null} instant ISO-8601 */
export function moment(instant) {
  return instant ? moments.format(new Date(instant)) : "–";
}

/** The time of day of an instant. @param {string | null} instant ISO-8601 */
export function time(instant) {
  return instant ? times.format(new Date(instant)) : "–";
}

/** "2 minutes ago", "in 3 hours". @param {string | null} instant ISO-8601 */
export function ago(instant, now = Date.now()) {
  if (!instant) {
    return "never";
  }
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 10) {
    return "just now";
  }
  if (size < 60) {
    return relative.format(seconds, "second");
  }
  if (size < 3600) {
    return relative.format(Math.round(seconds / 60), "minute");
  }
  if (size < 86400) {
    return relative.format(Math.round(seconds / 3600), "hour");
  }
  if (size < 86400 * 30) {
    return relative.format(Math.round(seconds / 86400), "day");
  }
  return relative.format(Math.round(seconds / 86400 / 30), "month");
}

/** Seconds in an ISO-8601 duration of days and below, such as "PT1M12.5S". */
export function seconds(iso) {
  const parts = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso || "");
  if (!parts) {
    return null;
  }
  const [, sign, days = 0, hours = 0, minutes = 0, rest = 0] = parts;
  const sum = Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return sign ? -sum : sum;
}

/** "12 seconds", "4 minutes", "3 hours", "2 days" of so many seconds; null: a dash. */
export function span(count) {
  if (count === null || count === undefined || Number.isNaN(count)) {
    return "–";
  }
  const units = [
    [86400, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
  ];
  const [size, unit] = units.find(([each]) => Math.abs(count) >= each) ?? [1, "second"];
  return many(Math.round(count / size), unit);
}

/** many(1, "order") → "1 order", many(3, "order") → "3 orders" */
export function many(count, one, several = `${one}s`) {
  return `${numbers.format(count)} ${count === 1 ? one : several}`;
}
