// What every page does better with a script: the menu, the theme, the toast, and the picture that moves along.

/** Posts a form without leaving the page; `accept` names the kind of answer that is wanted. */
async function post(form, submitter, accept) {
  const send = () => {
    const body = new URLSearchParams(new FormData(form, submitter));
    return fetch(form.action, { method: "POST", body, headers: { Accept: accept }, credentials: "same-origin" });
  };
  const answer = await send();
  if (answer.status !== 403 || accept !== "application/json") return answer;
  // The browser lost the cookie that proves our forms: the shop has given a new one, and its token.
  const token = (await answer.clone().json()).form_token;
  if (!token) return answer;
  for (const field of document.querySelectorAll("input[name=form_token]")) field.value = token;
  return send();
}

/** Builds an element; texts are never read as HTML. */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** Builds an icon of the sprite. */
function icon(address, className) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", address);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

let toastTimer;

/** Shows a quiet message for a while. */
function toast(...content) {
  const box = document.querySelector("[data-toast]");
  box.replaceChildren(...content);
  box.classList.add("is-open");
  leaveToast();
}

/** Closes the message after a while, but never under somebody's hand. */
function leaveToast() {
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    const isInUse = document.querySelector("[data-toast]").matches(":hover, :focus-within");
    if (isInUse) leaveToast();
    else closeToast();
  }, 6000);
}

function closeToast() {
  document.querySelector("[data-toast]").classList.remove("is-open");
}

/** Says that the network is gone. */
function sayLost() {
  toast(document.body.dataset.lost);
}

/** Shows how many units the cart holds. */
function showUnits(units, label) {
  const count = document.querySelector("[data-bag-count]");
  if (!count) return;
  count.textContent = units;
  count.hidden = units === 0;
  count.classList.remove("is-new");
  void count.offsetWidth;
  count.classList.add("is-new");
  document.querySelector("[data-bag]").setAttribute("aria-label", label);
}

/** Puts the main part of another page in the place of this one's, and its cart's number into the head. */
function showPage(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.querySelector("main").replaceChildren(...main.childNodes);
  const bag = page.querySelector("[data-bag]");
  if (bag) document.querySelector("[data-bag]")?.replaceWith(bag);
  document.querySelectorAll("[data-stepper]").forEach(showLimits);
  return true;
}

// A click outside, or Escape, closes the menu.
const menu = document.querySelector("[data-menu]");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Escape closes what dropped down under the pointer or the focus, until one comes back.
for (const drop of document.querySelectorAll("[data-drop]")) {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop.classList.add("is-shut");
  });
  drop.addEventListener("pointerenter", () => drop.classList.remove("is-shut"));
  drop.addEventListener("focusin", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-shut");
  });
}

// The theme changes at once; the cookie follows, so that the next page comes in it.
for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const root = document.documentElement;
    const button = event.submitter;
    const isToggle = !button.hasAttribute("aria-pressed");
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    if (isToggle) button.value = isDark ? "light" : "dark";
    const theme = button.value;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const other of document.querySelectorAll("[data-theme-switch] [aria-pressed]")) {
      other.setAttribute("aria-pressed", String(other.value === theme));
    }
    // An answer that nobody reads would keep its connection.
    post(form, button, "text/html").then((answer) => answer.text()).catch(sayLost);
  });
}

// On a phone the chosen category may lie outside the strip.
const chips = document.querySelector(".chips");
const chosen = chips?.querySelector("[aria-current]");
if (chosen) chips.scrollLeft = chosen.offsetLeft - (chips.clientWidth - chosen.offsetWidth) / 2;

// A mark goes as soon as its field is being mended; the server judges again. Where to begin is in the page already.
document.addEventListener("input", (event) => {
  const field = event.target.closest(".is-wrong");
  if (!field) return;
  event.target.removeAttribute("aria-invalid");
  field.classList.remove("is-wrong");
  field.querySelector(".wrong")?.remove();
});

// Lists follow their choice at once.
for (const form of document.querySelectorAll("[data-auto-submit]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
  // An empty search and the usual order need no place in the address.
  form.addEventListener("formdata", (event) => {
    if (!event.formData.get("search")) event.formData.delete("search");
    if (event.formData.get("sort") === "popularity") event.formData.delete("sort");
  });
}

// Buttons beside a number count it up and down.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button || button.ariaDisabled === "true") return;
  const stepper = button.closest("[data-stepper]");
  const input = stepper.querySelector("input");
  const least = Number(input.min) || 0;
  const most = Number(input.max) || 999;
  const next = (Number.parseInt(input.value, 10) || 0) + Number(button.dataset.step);
  input.value = Math.min(most, Math.max(least, next));
  showLimits(stepper);
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("input", (event) => {
  const stepper = event.target.closest("[data-stepper]");
  if (stepper) showLimits(stepper);
});
document.querySelectorAll("[data-stepper]").forEach(showLimits);

/** Says of each button beside a number whether it still leads anywhere. Who stands on one stays there. */
function showLimits(stepper) {
  const input = stepper.querySelector("input");
  const [least, most] = [Number(input.min) || 0, Number(input.max) || 999];
  for (const button of stepper.querySelectorAll("[data-step]")) {
    const now = Number.parseInt(input.value, 10) || 0;
    button.ariaDisabled = String(Number(button.dataset.step) < 0 ? now <= least : now >= most);
  }
}

// The picture of a card becomes the picture of its product, and goes back to its place afterwards.
const MOVING = "product-picture";

/** Marks the one picture that stands for a product's address in this page; no address clears the mark. */
function mark(address) {
  const own = document.querySelector("[data-gallery] .is-shown");
  const cards = [...document.querySelectorAll("[data-card]")];
  const pictures = cards.map((card) => card.querySelector(".card__picture"));
  for (const picture of [own, ...pictures]) picture?.style.removeProperty("view-transition-name");

  const isInSight = (it) => it.getBoundingClientRect().bottom > 0 && it.getBoundingClientRect().top < innerHeight;
  const same = pictures.filter((picture, at) => picture && cards[at].pathname === address);
  const moving = own && address === location.pathname ? own : (same.find(isInSight) ?? same[0]);
  if (moving) moving.style.viewTransitionName = MOVING;
}

addEventListener("pageswap", (event) => {
  if (!event.viewTransition || !event.activation) return;
  for (const promise of ["ready", "finished", "updateCallbackDone"]) event.viewTransition[promise]?.catch(() => {});
  const to = new URL(event.activation.entry.url).pathname;
  mark(document.querySelector("[data-gallery]") ? location.pathname : to);
});

addEventListener("pagereveal", (event) => {
  if (!event.viewTransition || !globalThis.navigation?.activation?.from) return;
  const from = new URL(navigation.activation.from.url).pathname;
  mark(document.querySelector("[data-gallery]") ? location.pathname : from);
  // A page that takes no part, such as an invoice, ends the transition early.
  event.viewTransition.finished.catch(() => {}).finally(() => mark(null));
});
