// Maps and charts are loaded only on pages that have one.
export function startIslands() {
  const maps = document.querySelectorAll("[data-map]");
  if (maps.length) import("./map.js").then(({ drawMap }) => maps.forEach(drawMap));
  const charts = document.querySelectorAll("[data-chart]");
  if (charts.length) import("./chart.js").then(({ drawChart }) => charts.forEach(drawChart));
}
