/** Where a Clover account was opened, as its owner would say it. */
export const REGIONS = {
  us: "North America",
  eu: "Europe",
  la: "Latin America",
  sandbox: "Clover's sandbox for developers",
};
