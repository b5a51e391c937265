// Asks every two seconds whether the journal has something newer than this page, and lets the sections
// marked `data-live` be fetched again. It rests while the page is hidden, waits longer while nobody
// answers, and never touches what somebody is writing.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { setClock } from "./clock.js";

const EVERY = 2000;
const LONGEST = 30000;
let wait = EVERY;
let lastAnswer = new Date();

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyEnabled = false;

htmx.defineExtension("keep", {
  isInlineSwap: () => true,
  handleSwap: (style, target, fragment) => {
    if (style !== "keep") return false;
    Idiomorph.morph(target, fragment.firstElementChild ?? fragment, { morphStyle: "outerHTML", callbacks: { beforeNodeMorphed: mayChange, beforeNodeRemoved: mayGo, beforeAttributeUpdated } });
    return [target];
  },
});

export function startLive(after) {
  if (!document.body.dataset.live) return;
  document.body.setAttribute("hx-ext", "keep");
  document.addEventListener("input", (event) => event.target.form?.setAttribute("data-written", ""));
  document.addEventListener("visibilitychange", () => document.hidden || ask(after));
  window.addEventListener("online", () => ask(after));
  setTimeout(() => ask(after), EVERY);
}

let asking = false;
let timer;

async function ask(after) {
  clearTimeout(timer);
  if (asking) return;
  asking = true;
  try {
    if (!document.hidden) await look(after);
    wait = EVERY;
  } catch {
    wait = Math.min(wait * 2, LONGEST);
    lost();
  }
  asking = false;
  timer = setTimeout(() => ask(after), wait);
}

async function look(after) {
  const { live, seq } = document.body.dataset;
  const answer = await fetch(`${live}?after=${seq}`, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 403) return location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  found();
  const now = answer.headers.get("Tocsin-Now");
  if (now) setClock(now, answer.headers.get("Tocsin-Speed"));
  if (answer.status === 204) return;
  const news = await answer.json();
  if (document.querySelector("[data-live]")) await refetch(after);
  document.body.dataset.seq = news.seq;
}

async function refetch(after) {
  const sections = [...document.querySelectorAll("[data-live][id]")];
  const oob = sections.map((section) => `#${section.id}:keep`).join(",");
  await htmx.ajax("GET", location.href, { source: document.body, target: document.body, swap: "none", selectOOB: oob });
  htmx.trigger(document.body, "tocsin:news");
  after();
}

function mayChange(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  if (old.hasAttribute("data-keep")) return false;
  return !(old.matches("form") && (old.hasAttribute("data-written") || old.contains(document.activeElement)));
}

function mayGo(old) {
  return !(old.nodeType === Node.ELEMENT_NODE && old.querySelector?.("form[data-written]"));
}

function beforeAttributeUpdated(name, node) {
  return !(name === "open" && node.matches("details"));
}

function lost() {
  const bar = document.getElementById("lost");
  if (!bar || !bar.hidden) return;
  const time = lastAnswer.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  bar.textContent = document.body.dataset.lost.replace("{time}", time);
  bar.hidden = false;
}

function found() {
  lastAnswer = new Date();
  const bar = document.getElementById("lost");
  if (bar) bar.hidden = true;
}
