/**
 * Every page: its address, its element, the name of its window, and the file it is in, which is loaded when the page is
 * first shown.
 *
 * @type {import("./router.js").Route[]}
 */
export const routes = [
  { path: "/", tag: "tb-home-page", title: "Home", load: () => import("./pages/home/home-page.js") },
  {
    path: "/connect",
    tag: "tb-integrations-page",
    title: "Integrations",
    load: () => import("./pages/connect/integrations-page.js"),
  },
  {
    path: "/connect/available",
    tag: "tb-available-page",
    title: "Available integrations",
    load: () => import("./pages/connect/available-page.js"),
  },
  {
    path: "/connect/store",
    tag: "tb-connect-store-page",
    title: "Connect Shopify",
    load: () => import("./pages/connect/connect-store-page.js"),
  },
  {
    path: "/connect/clover",
    tag: "tb-connect-clover-page",
    title: "Connect Clover",
    load: () => import("./pages/connect/connect-clover-page.js"),
  },
  {
    path: "/channels/:channelId/settings",
    tag: "tb-settings-page",
    title: "Settings",
    load: () => import("./pages/settings/settings-page.js"),
  },
  {
    path: "/channels/:channelId/items",
    tag: "tb-items-page",
    title: "Items",
    load: () => import("./pages/items/items-page.js"),
  },
  {
    path: "/channels/:channelId/items/:variantId",
    tag: "tb-item-page",
    title: "Item",
    load: () => import("./pages/items/item-page.js"),
  },
  {
    path: "/channels/:channelId/orders",
    tag: "tb-orders-page",
    title: "Orders",
    load: () => import("./pages/orders/orders-page.js"),
  },
  {
    path: "/channels/:channelId/orders/:posOrderId",
    tag: "tb-order-page",
    title: "Order",
    load: () => import("./pages/orders/order-page.js"),
  },
  {
    path: "/channels/:channelId/runs",
    tag: "tb-runs-page",
    title: "Runs and health",
    load: () => import("./pages/runs/runs-page.js"),
  },
  {
    path: "/channels/:channelId/runs/:runId",
    tag: "tb-run-page",
    title: "Run",
    load: () => import("./pages/runs/run-page.js"),
  },
  {
    path: "/channels/:channelId/reconciliations/:reconciliationId",
    tag: "tb-reconciliation-page",
    title: "Both sides compared",
    load: () => import("./pages/runs/reconciliation-page.js"),
  },
  { path: "/access", tag: "tb-access-page", title: "Access", load: () => import("./pages/access/access-page.js") },
  {
    path: "/login",
    tag: "tb-sign-in-page",
    title: "Sign in",
    load: () => import("./pages/session/sign-in-page.js"),
    signedOut: true,
  },
];

/** The parts of one channel, in the order in which they are shown. */
export const channelPages = [
  { part: "settings", title: "Settings" },
  { part: "items", title: "Items" },
  { part: "orders", title: "Orders" },
  { part: "runs", title: "Runs and health" },
];
