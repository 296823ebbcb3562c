// The checkout counts the hold down and asks what delivery costs; the thank-you page asks until the payment is known.

function countDown(hold) {
  const words = hold.querySelector("[data-hold-words]");
  const again = hold.querySelector("[data-hold-again]");
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
      // It sends the form along, so that nothing typed is lost.
      again.hidden = false;
      return;
    }
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    words.replaceChildren(`${hold.dataset.for} `, element("strong", "", clock));
    hold.classList.toggle("is-late", left <= 60);
    setTimeout(show, 250);
  }
  show();
}

function showSums(sums, rows) {
  const shown = rows.map(({ kind, name, amount }) => {
    const row = element("div", `sums__${kind}`);
    const value = element("dd", "money", amount);
    value.setAttribute(`data-${kind}`, "");
    row.append(element("dt", "", name), value);
    return row;
  });
  sums.replaceChildren(...shown);
}

function askDelivery(form) {
  const { city, province } = form.elements;
  // A shop that only delivers offers no choice.
  const method = () => form.elements.delivery_method?.value ?? "";
  // Only a voucher that the server has counted in; the page comes back when another is applied.
  const voucher = () => form.querySelector("[data-voucher-code]")?.value ?? "";
  const place = () =>
    new URLSearchParams({
      city: city.value.trim(),
      province: province.value.trim(),
      delivery_method: method(),
      voucher_code: voucher(),
    });
  // Without a city the courier's price is not known, unless the page came with one.
  const isKnown = (wanted) => wanted.get("city") !== "" || wanted.get("delivery_method") === "pickup";
  const sums = document.querySelector("[data-sums]");
  const unknown = isKnown(place()) ? null : [...sums.cloneNode(true).children];
  let asked = place().toString();
  let turn = 0;

  async function ask() {
    const wanted = place();
    if (wanted.toString() === asked) return;
    asked = wanted.toString();
    const mine = ++turn;
    if (!isKnown(wanted)) {
      if (unknown) sums.replaceChildren(...unknown.map((row) => row.cloneNode(true)));
      form.querySelector("[data-seen-total]").value = "";
      return;
    }
    try {
      const answer = await fetch(`/checkout/delivery?${wanted}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      // A later question has its own answer.
      if (!answer.ok || mine !== turn) return;
      const priced = await answer.json();
      showSums(sums, priced.sums);
      const trouble = form.querySelector("[data-voucher-trouble]");
      // Another way or place may leave nothing that the voucher could take off.
      if (trouble) trouble.textContent = priced.voucher_trouble ?? "";
      form.querySelector("[data-seen-total]").value = priced.seen_total;
      const button = form.querySelector("[data-place]");
      if (!button.disabled) button.textContent = priced.button;
    } catch {
      // Without an answer the server shows the total once more before it takes the order.
      asked = "";
    }
  }

  let waiting;
  for (const field of [city, province]) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 400);
    });
  }
  form.addEventListener("change", ask);
}

const hold = document.querySelector("[data-hold]");
if (hold) countDown(hold);

const checkout = document.querySelector("[data-checkout]");
if (checkout) {
  askDelivery(checkout);
  // Enter in the voucher's box means the voucher's button, not the order's.
  checkout.querySelector("#voucher_code")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    checkout.requestSubmit(checkout.querySelector("button[value=voucher]"));
  });
  checkout.addEventListener("submit", () => {
    // A second press while the order is on its way would only ask the same again.
    const place = checkout.querySelector("[data-place]");
    setTimeout(() => {
      place.classList.add("is-busy");
      place.disabled = true;
    });
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
