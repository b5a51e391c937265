// A chart from the table beside it, so that whoever can't see the one can read the other.
import { init, use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);
const drawn = new WeakMap();
const COLOURS = { red: "#c4121f", orange: "#f08a00", yellow: "#ffd530", blue: "#1d5fc8", late: "#8f1260", ink: "#4a545e" };

export function drawChart(box) {
  const chart = drawn.get(box) ?? init(box, null, { renderer: "svg" });
  if (!drawn.has(box)) new ResizeObserver(() => chart.resize()).observe(box);
  drawn.set(box, chart);
  const { labels, series } = JSON.parse(box.dataset.chart);
  chart.setOption({
    animation: false,
    aria: { enabled: true, label: { description: box.dataset.label } },
    grid: { left: 40, right: 12, top: 12, bottom: 24 },
    tooltip: { trigger: "axis", confine: true },
    xAxis: { type: "category", data: labels },
    yAxis: { type: "value", minInterval: 1 },
    series: series.map(({ name, colour, values }) => ({ type: "bar", stack: "all", name, data: values, itemStyle: { color: COLOURS[colour] } })),
  });
}
