// A map of administrative areas coloured by warning level. No tiles, glyphs or sprites are fetched: the
// areas are ours, and labels are drawn with the fonts of the reader's machine. Where the browser has no
// WebGL, the drawing that came with the page stays.
import { Map, NavigationControl, AttributionControl, Popup, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);
const drawn = new WeakMap();
const COLOURS = ["match", ["get", "level"], 4, "#c4121f", 3, "#f08a00", 2, "#ffd530", 1, "#1d5fc8", "#ffffff"];

export async function drawMap(box) {
  const known = drawn.get(box);
  if (known) {
    const source = known.getSource("areas");
    if (source) source.setData(await areas(box));
    return;
  }
  drawn.set(box, { getSource: () => null });
  try {
    drawn.set(box, make(box, await areas(box)));
  } catch {
    box.removeAttribute("data-map");
  }
}

async function areas(box) {
  const answer = await fetch(box.dataset.map, { headers: { Accept: "application/geo+json" } });
  return answer.json();
}

function make(box, data) {
  const holder = document.createElement("div");
  holder.style.cssText = "position:absolute;inset:0";
  const map = new Map({
    container: holder,
    style: style(data),
    bounds: bounds(data),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    locale: JSON.parse(box.dataset.words || "{}"),
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (box.dataset.attribution) map.addControl(new AttributionControl({ compact: false, customAttribution: box.dataset.attribution }));
  map.once("load", () => box.querySelector("svg")?.remove());
  map.on("click", "areas", (event) => tell(map, event));
  map.getCanvas().setAttribute("aria-label", box.dataset.label || "");
  box.append(holder);
  map.resize();
  map.fitBounds(bounds(data), { padding: 16, animate: false });
  return map;
}

function style(data) {
  return {
    version: 8,
    sources: { areas: { type: "geojson", data } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#e9edf0" } },
      { id: "areas", type: "fill", source: "areas", filter: ["!=", ["geometry-type"], "Point"], paint: { "fill-color": COLOURS, "fill-opacity": ["case", [">", ["coalesce", ["get", "level"], 0], 0], 0.8, 0.9] } },
      { id: "edges", type: "line", source: "areas", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": ["case", ["to-boolean", ["get", "here"]], "#161b20", "#6b757e"], "line-width": ["case", ["to-boolean", ["get", "here"]], 2.5, 0.8] } },
      { id: "names", type: "symbol", source: "areas", filter: ["==", ["geometry-type"], "Point"], layout: { "text-field": ["coalesce", ["get", "label"], ""], "text-size": 12, "text-font": ["sans-serif"] }, paint: { "text-color": "#161b20", "text-halo-color": "#ffffff", "text-halo-width": 1.6 } },
    ],
  };
}

function bounds(data) {
  const all = data.features.flatMap((feature) => pairs(feature.geometry?.coordinates ?? []));
  const [xs, ys] = [all.map((pair) => pair[0]), all.map((pair) => pair[1])];
  const edge = (pick, values) => values.reduce((a, b) => pick(a, b));
  return all.length ? [[edge(Math.min, xs), edge(Math.min, ys)], [edge(Math.max, xs), edge(Math.max, ys)]] : [[-180, -60], [180, 75]];
}

function pairs(value) {
  return typeof value[0] === "number" ? [value] : value.flatMap(pairs);
}

function tell(map, event) {
  const { name, said } = event.features[0].properties;
  const text = document.createElement("p");
  text.textContent = said ? `${name}: ${said}` : name;
  new Popup({ closeButton: true }).setLngLat(event.lngLat).setDOMContent(text).addTo(map);
}
