// The desk's clock runs on between two looks at the server, and deadlines are counted down by it.
const zoneShift = () => {
  const shown = document.getElementById("now");
  return shown ? Date.parse(shown.textContent.trim().replace(" ", "T") + "Z") - Date.parse(shown.dateTime) : 0;
};
let began = performance.now();
let shift = 0;
let rate = 0;

export function startClock() {
  const { now, speed } = document.body.dataset;
  if (!now) return;
  shift = zoneShift();
  // A replay stands still until it is seen to move: whoever drives it may be at rest.
  rate = "replay" in document.body.dataset ? 0 : Number(speed);
  setInterval(tick, 1000);
}

export function setClock(now, speed) {
  const moved = Date.parse(now) - Date.parse(document.body.dataset.now);
  const seen = Math.max(0, moved / Math.max(1, performance.now() - began));
  // What it was seen to do, not what it was told to: a replay may be slower than its speed.
  rate = "replay" in document.body.dataset ? Math.min(Number(speed), seen) : Number(speed);
  document.body.dataset.now = now;
  began = performance.now();
  tick();
}

function present() {
  // Never further than the next look at the server would be.
  const since = Math.min(performance.now() - began, "replay" in document.body.dataset ? 2500 : Infinity);
  return Date.parse(document.body.dataset.now) + since * rate;
}

function tick() {
  const at = present();
  const shown = document.getElementById("now");
  if (shown) shown.textContent = new Date(at + shift).toISOString().slice(0, 19).replace("T", " ");
  for (const due of document.querySelectorAll("[data-due]")) count(due, Date.parse(due.dateTime) - at);
}

function count(due, left) {
  due.classList.toggle("late", left < 0);
  const { late } = document.body.dataset;
  const text = (left < 0 ? late : document.body.dataset.in).replace("{span}", span(Math.abs(left)));
  if (due.textContent !== text) due.textContent = text;
}

function span(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  const words = JSON.parse(document.body.dataset.spans);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days) return words.days.replace("{days}", days).replace("{hours}", hours);
  if (hours) return words.hours.replace("{hours}", hours).replace("{minutes}", rest);
  return rest ? words.minutes.replace("{minutes}", rest) : words.less;
}
