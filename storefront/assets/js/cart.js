// The cart changes in place: the server's page is asked for, and its main part shown.

async function swap(form, submitter) {
  const cart = document.querySelector("[data-cart]");
  const focused = document.activeElement;
  const line = focused?.closest("[data-line]")?.dataset.line;
  const label = focused?.getAttribute("aria-label");
  cart?.classList.add("is-loading");
  try {
    const answer = await post(form, submitter, "text/html");
    if (!showPage(await answer.text())) throw new Error("not a page");
    // The keyboard stays where it was, as far as that place still exists.
    const there = [...document.querySelectorAll(`[data-line="${line}"] [aria-label]`)];
    (there.find((it) => it.getAttribute("aria-label") === label) ?? document.querySelector("main")).focus({ preventScroll: true });
  } catch {
    cart?.classList.remove("is-loading");
    sayLost();
  }
}

let waiting;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-swap]")) return;
  event.preventDefault();
  clearTimeout(waiting);
  swap(event.target, event.submitter);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-quantity]");
  if (!form) return;
  // Several quick presses are one change.
  clearTimeout(waiting);
  waiting = setTimeout(() => swap(form, null), 350);
});
