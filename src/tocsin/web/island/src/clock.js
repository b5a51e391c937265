// The desk's clock runs on between two looks at the server, and deadlines are counted down by it.
const zoneShift = () => {
  const shown = document.getElementById("now");
  return shown ? Date.parse(shown.textContent.trim().replace(" ", "T") + "Z") - Date.parse(shown.dateTime) : 0;
};
let began = performance.now();
let shift = 0;

export function startClock() {
  if (!document.body.dataset.now) return;
  shift = zoneShift();
  setInterval(tick, 1000);
}

export function setClock(now, speed) {
  document.body.dataset.now = now;
  document.body.dataset.speed = speed;
  began = performance.now();
  tick();
}

function present() {
  const { now, speed } = document.body.dataset;
  return Date.parse(now) + (performance.now() - began) * Number(speed);
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
