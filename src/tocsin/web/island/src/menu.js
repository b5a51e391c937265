// The sections fold away where it is narrow; boxes that drop down close with Escape or a click elsewhere.
export function startMenu() {
  const button = document.getElementById("menu");
  const box = document.getElementById("sections-box");
  button?.addEventListener("click", () => {
    const open = box.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    if (open) box.querySelector("a")?.focus();
  });
  const close = (except) => {
    for (const drop of document.querySelectorAll("details.drop[open]")) if (drop !== except) drop.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details.drop")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.drop[open]");
    close();
    open?.querySelector("summary").focus();
  });
}
