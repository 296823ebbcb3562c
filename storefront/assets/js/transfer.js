// Paying by transfer: numbers are copied at a press, and a proof is sent once.

/** Puts a text on the clipboard; where a page may not, the old way. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", "skip", text);
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  const words = button.textContent;
  let timer;
  button.addEventListener("click", async () => {
    if (!(await copy(button.dataset.copy))) return;
    button.textContent = button.dataset.copied;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = words), 2000);
    toast(button.dataset.copied);
  });
}

for (const form of document.querySelectorAll("[data-proof-form]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    // A proof takes a while on a phone: a second press would send it again.
    setTimeout(() => {
      button.classList.add("is-busy");
      button.disabled = true;
    });
  });
}
