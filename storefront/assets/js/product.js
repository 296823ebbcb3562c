// A product's page: the choice decides price, stock and pictures; adding to the cart keeps the page.

function pickOptions(form) {
  const variants = JSON.parse(form.dataset.variants);
  const groups = [...form.querySelectorAll(".option")];
  const button = form.querySelector("[data-add-button]");
  const wrong = form.querySelector("[data-wrong]");
  const stock = form.querySelector("[data-stock]");
  const least = form.querySelector("[data-least]");
  const quantity = form.elements.quantity;
  const price = document.querySelector("[data-price]");
  const until = document.querySelector("[data-until]");

  const chosen = () =>
    groups.map((group) => {
      const input = group.querySelector("input:checked");
      return input ? Number(input.value) : null;
    });
  const cheapest = (among) => among.reduce((best, it) => (it.amount < best.amount ? it : best));
  // Whether nothing can be had of a value, whatever else is chosen.
  const isGone = (value) => variants.every((it) => it.limit === 0 || !it.values.includes(value));
  const fits = (variant, values) => values.every((value, at) => value === null || variant.values[at] === value);

  function showStates(values) {
    groups.forEach((group, at) => {
      for (const pill of group.querySelectorAll(".pill")) {
        const input = pill.querySelector("input");
        // What would this value give together with what is chosen elsewhere?
        const wish = values.map((value, place) => (place === at ? Number(input.value) : value));
        const possible = variants.filter((variant) => fits(variant, wish));
        const isImpossible = possible.length === 0;
        const isSoldOut = !isImpossible && possible.every((variant) => variant.limit === 0);
        // The first option leads: what it could be with others stays open, and the others follow.
        input.disabled = at === 0 ? isGone(Number(input.value)) : isImpossible || isSoldOut;
        if (input.disabled && at > 0) input.checked = false;
        pill.classList.toggle("is-sold-out", isSoldOut);
        pill.querySelector("[data-state]").textContent = isSoldOut ? `(${form.dataset.valueSoldOut})` : "";
      }
      const input = group.querySelector("input:checked");
      group.querySelector("[data-chosen]").textContent = input ? input.closest(".pill").dataset.name : "";
    });
  }

  function showPrice(variant, isLeast) {
    const now = element("span", "price__now", variant.price);
    const row = element("span", variant.compare ? "price price--sale" : "price", now);
    if (variant.compare) {
      const was = element("s", "price__was", variant.compare);
      row.prepend(element("span", "hidden-text", form.dataset.now));
      row.append(" ", element("span", "hidden-text", form.dataset.was), was);
    }
    price.replaceChildren(row);
    if (isLeast) price.prepend(element("span", "price__from", form.dataset.from), " ");
    if (variant.off) price.append(" ", element("span", "tag tag--sale tag--inline", variant.off));
    form.querySelector("[data-bar-price]").textContent = variant.price;
    until.textContent = variant.until;
    until.hidden = variant.until === "";
  }

  function update(follows) {
    showStates(chosen());
    const values = chosen();
    wrong.hidden = true;
    const isFull = values.every((value) => value !== null);
    const variant = isFull ? variants.find((it) => fits(it, values)) : undefined;
    chooseInGallery?.(values, variant?.picture ?? undefined);
    if (variant) {
      showPrice(variant);
      stock.textContent = variant.stock;
      stock.classList.toggle("is-low", variant.is_low);
      quantity.min = variant.fewest;
      quantity.max = Math.max(variant.fewest, variant.limit);
      least.textContent = variant.least;
      least.hidden = variant.least === "";
      // Another variant begins anew. What somebody typed below the least may come to units in the cart: the server judges.
      if (follows) quantity.value = variant.fewest;
      else if (Number(quantity.value) > variant.limit && variant.limit > 0) quantity.value = variant.limit;
    }
    const isAllGone = variant ? variant.limit === 0 : variants.every((it) => it.limit === 0);
    if (!variant) {
      const buyable = variants.filter((it) => it.limit > 0);
      showPrice(cheapest(buyable.length > 0 ? buyable : variants), new Set(variants.map((it) => it.amount)).size > 1);
      stock.textContent = isAllGone ? form.dataset.soldOut : form.dataset.inStock;
      stock.classList.toggle("is-low", isAllGone);
    }
    showLimits(quantity.closest("[data-stepper]"));
    button.disabled = isAllGone;
    button.textContent = isAllGone ? form.dataset.soldOut : form.dataset.add;
    return { variant, isFull };
  }

  const place = wrong.nextElementSibling;

  // The words stand where the mending is done, and in sight.
  function complain(text, group) {
    if (group) group.append(wrong);
    else place.before(wrong);
    wrong.textContent = text;
    wrong.hidden = false;
    (group?.querySelector("input:not(:disabled)") ?? quantity).focus({ preventScroll: true });
    wrong.scrollIntoView({ block: "center" });
  }

  function sayAdded(news) {
    const name = news.options ? `${news.name}, ${news.options}` : news.name;
    const words = element("div", "toast__words", element("p", "toast__title", form.dataset.added), element("p", "", name));
    const row = element("div", "toast__row");
    if (news.picture) {
      const picture = element("img", "");
      picture.src = news.picture.url;
      picture.className = `cut-${news.picture.cut}`;
      picture.alt = "";
      row.append(element("span", "toast__picture frame", picture));
    }
    const toCart = element("a", "button button--small button--wide", form.dataset.viewCart);
    toCart.href = "/cart";
    const close = element("button", "icon-button", icon(form.dataset.closeIcon, "icon icon--small"));
    close.type = "button";
    close.setAttribute("aria-label", form.dataset.close);
    close.addEventListener("click", closeToast);
    row.append(words, close);
    toast(row, toCart);
  }

  // Whoever presses what is chosen, gives it up.
  let pressed;
  const giveUp = (input) => {
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const group of groups) {
    group.addEventListener("pointerdown", (event) => {
      const input = event.target.closest(".pill")?.querySelector("input");
      pressed = input?.checked ? input : undefined;
    });
    group.addEventListener("click", (event) => {
      if (pressed && event.target === pressed) giveUp(pressed);
      pressed = undefined;
    });
    group.addEventListener("keydown", (event) => {
      if ((event.key === "Delete" || event.key === "Backspace") && event.target.checked) giveUp(event.target);
    });
  }

  groups.forEach((group) =>
    group.addEventListener("change", () => {
      const { variant } = update(true);
      // The address names the choice, so that it can be shared; half a choice has no name.
      const address = new URL(location.href);
      if (variant) address.searchParams.set("variant", variant.id);
      else address.searchParams.delete("variant");
      history.replaceState(history.state, "", address);
    }),
  );

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { variant, isFull } = update(false);
    if (!isFull) {
      const open = groups.find((group) => !group.querySelector("input:checked"));
      complain(open.dataset.choose, open);
      return;
    }
    if (!variant) {
      complain(form.dataset.noSuch, groups.at(-1));
      return;
    }
    button.classList.add("is-busy");
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await post(form, null, "application/json");
      const news = await answer.json();
      if (answer.ok) {
        showUnits(news.units, news.label);
        sayAdded(news);
      } else {
        complain(news.message);
      }
    } catch {
      // Nothing is wrong with what was chosen: no field takes the focus.
      sayLost();
      button.focus({ preventScroll: true });
    } finally {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    }
  });

  const complaint = wrong.hidden ? "" : wrong.textContent;
  update(complaint === "");
  // What the server had to say stays until something else is chosen.
  if (complaint) {
    wrong.textContent = complaint;
    wrong.hidden = false;
  }
}

const buy = document.querySelector("[data-buy]");
if (buy) pickOptions(buy);
