import { html } from "lit";
import { colour } from "../theme.js";
import { Element } from "./element.js";

let library = null;

/** ECharts is loaded when the first chart is shown. */
function echarts() {
  library ??= import("./chart-library.js");
  return library;
}

/** A chart. What it shows must stand beside it as text, too: `label` only says what it is. */
class Chart extends Element {
  static properties = {
    /** `(colours) => option` of ECharts; colours: by token. */
    option: { attribute: false },
    label: { type: String },
  };

  constructor() {
    super();
    this.option = null;
    this.label = "";
    this.chart = null;
    this.onTheme = () => this.draw();
    this.dark = matchMedia("(prefers-color-scheme: dark)");
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("tb-theme", this.onTheme);
    this.dark.addEventListener("change", this.onTheme);
    this.sizes = new ResizeObserver(() => this.chart?.resize());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("tb-theme", this.onTheme);
    this.dark.removeEventListener("change", this.onTheme);
    this.sizes.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  render() {
    return html`<div class="chart" role="img" aria-label=${this.label}></div>`;
  }

  updated() {
    void this.draw();
  }

  async draw() {
    const { init } = await echarts();
    const place = this.querySelector(".chart");
    if (!place || !this.isConnected || !this.option) {
      return;
    }
    const first = !this.chart;
    if (first) {
      this.chart = init(place, null, { renderer: "canvas" });
      this.sizes.observe(place);
    }
    const of = (token) => colour(`--${token}`);
    const option = this.option(of);
    this.chart.setOption(
      {
        animation: first && !matchMedia("(prefers-reduced-motion: reduce)").matches,
        textStyle: { color: of("text"), fontFamily: getComputedStyle(place).fontFamily },
        grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
        // As text on the canvas: HTML of a tooltip would need styles that the page does not allow.
        tooltip: {
          trigger: "axis",
          renderMode: "richText",
          backgroundColor: of("surface-raised"),
          borderColor: of("line"),
          textStyle: { color: of("text") },
        },
        legend: { top: 0, right: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: of("text") } },
        ...option,
      },
      { notMerge: true },
    );
  }
}

/** What axes have in common. @param {(token: string) => string} of */
export function axis(of, more = {}) {
  return {
    axisLine: { lineStyle: { color: of("line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: of("text-soft"), hideOverlap: true },
    splitLine: { lineStyle: { color: of("line") } },
    nameTextStyle: { color: of("text-soft") },
    ...more,
  };
}

customElements.define("tb-chart", Chart);
