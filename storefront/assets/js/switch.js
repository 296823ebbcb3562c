// The switches of language and theme lose nothing: they lead back to where the page is now, and what was typed or chosen on
// it is there again afterwards. Passwords are never kept.

const KEPT = "typed";
const switches = document.querySelectorAll("form[action='/language'], form[action='/theme']");

/** What somebody may have typed or chosen: the fields of our forms that a person sees. A cart's numbers are sent at once. */
function* typedFields() {
  for (const form of document.querySelectorAll("main form[method=post]:not([data-quantity])")) {
    for (const field of form.elements) {
      const isTyped = field.name && !["hidden", "password", "submit", "button"].includes(field.type);
      if (isTyped) yield { field, name: `${form.getAttribute("action")} ${field.name}` };
    }
  }
}

const isPicked = (field) => field.type === "radio" || field.type === "checkbox";

function keepTyped(address) {
  const typed = [...typedFields()].map(({ field, name }) => [name, field.value, isPicked(field) && field.checked]);
  sessionStorage.setItem(KEPT, JSON.stringify({ at: new URL(address, location.href).pathname, typed }));
}

function bringBackTyped() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  if (kept?.at !== location.pathname) return;
  for (const { field, name } of typedFields()) {
    const known = kept.typed.filter(([of]) => of === name);
    if (isPicked(field)) field.checked = known.find(([, value]) => value === field.value)?.[2] ?? field.checked;
    else field.value = known[0]?.[1] ?? field.value;
  }
}

const here = () => location.pathname + location.search;

for (const form of switches) {
  const back = form.elements.return_to;
  // The answer to a form has no address of its own; any other page goes where its address went since.
  const isAsked = back.value === here();
  form.addEventListener("submit", () => {
    if (isAsked) back.value = here();
    try {
      if (form.getAttribute("action") === "/language") keepTyped(back.value);
    } catch {
      // A browser that keeps nothing for us forgets what was typed.
    }
  });
}
try {
  bringBackTyped();
} catch {
  // The same browser has nothing to bring back.
}
