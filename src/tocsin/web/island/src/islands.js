// Maps and charts are loaded only on pages that have one.
export function startIslands() {
  const maps = document.querySelectorAll("[data-map]");
  if (maps.length) import("./map.js").then(({ drawMap }) => maps.forEach(drawMap));
  const charts = document.querySelectorAll("[data-chart]");
  if (charts.length) import("./chart.js").then(({ drawChart }) => charts.forEach(drawChart));
}

// The slider of the watch list goes to the page of another quarter of an hour.
export function startSlider() {
  const box = document.querySelector("[data-slider]");
  const slide = box?.querySelector("input[type=range]");
  const field = document.getElementById("at");
  if (!slide || !field) return;
  const shift = Date.parse(document.getElementById("now").textContent.trim().replace(" ", "T") + "Z") - Date.parse(document.getElementById("now").dateTime);
  const local = () => new Date(Date.parse(box.dataset.begins) + Number(slide.value) * 900000 + shift).toISOString().slice(0, 16);
  slide.addEventListener("input", () => {
    field.value = local();
    slide.setAttribute("aria-valuetext", field.value.replace("T", " "));
  });
  slide.addEventListener("change", () => field.form.requestSubmit());
}
