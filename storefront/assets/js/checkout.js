// The checkout counts the hold down and asks what delivery costs; the thank-you page asks until the payment is known.

function countDown(hold) {
  const words = hold.querySelector("[data-hold-words]");
  // The browser's clock may be wrong or be set; only what passes from now on counts.
  const started = performance.now();
  const total = Number(hold.dataset.seconds);

  function show() {
    const left = Math.max(0, Math.ceil(total - (performance.now() - started) / 1000));
    if (left === 0) {
      hold.classList.remove("is-late");
      hold.classList.add("is-over");
      hold.setAttribute("role", "status");
      words.textContent = hold.dataset.ended;
      return;
    }
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    words.replaceChildren(`${hold.dataset.for} `, element("strong", "", clock));
    hold.classList.toggle("is-late", left <= 60);
    setTimeout(show, 250);
  }
  show();
}

function askDelivery(form) {
  const city = form.elements.city;
  let asked = city.value.trim();
  let turn = 0;

  async function ask() {
    const wanted = city.value.trim();
    if (wanted === asked || wanted === "") return;
    asked = wanted;
    const mine = ++turn;
    try {
      const answer = await fetch(`/checkout/delivery?city=${encodeURIComponent(wanted)}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      // A later question has its own answer.
      if (!answer.ok || mine !== turn) return;
      const sums = await answer.json();
      document.querySelector("[data-delivery]").textContent = sums.delivery;
      document.querySelector("[data-total]").textContent = sums.total;
      form.querySelector("[data-seen-total]").value = sums.seen_total;
      const place = form.querySelector("[data-place]");
      if (!place.disabled) place.textContent = sums.button;
    } catch {
      // Without an answer the server shows the total once more before it takes the order.
      asked = "";
    }
  }

  let waiting;
  city.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
  city.addEventListener("change", ask);
}

const hold = document.querySelector("[data-hold]");
if (hold) countDown(hold);

const checkout = document.querySelector("[data-checkout]");
if (checkout) {
  askDelivery(checkout);
  // A mark goes as soon as its field is being mended; the server judges again.
  checkout.addEventListener("input", (event) => {
    event.target.removeAttribute("aria-invalid");
    const field = event.target.closest(".is-wrong");
    field?.classList.remove("is-wrong");
    field?.querySelector(".wrong")?.remove();
  });
  checkout.querySelector("[aria-invalid]")?.focus();
  checkout.addEventListener("submit", () => {
    // A second press while the order is on its way would only ask the same again.
    const place = checkout.querySelector("[data-place]");
    setTimeout(() => {
      place.classList.add("is-busy");
      place.disabled = true;
    });
  });
  // Coming back with the browser's button finds the form usable again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

/** Asks for this page again until it says what came of the payment. */
function waitForPayment() {
  const started = performance.now();
  async function look() {
    if (!document.querySelector("[data-waiting]")) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const html = await answer.text();
      if (answer.ok && !html.includes("data-waiting")) showPage(html);
    } catch {
      // The next look may find the network again.
    }
    const minutes = (performance.now() - started) / 60_000;
    setTimeout(look, minutes < 1 ? 1500 : 10_000);
  }
  setTimeout(look, 1500);
}

if (document.querySelector("[data-waiting]")) waitForPayment();
