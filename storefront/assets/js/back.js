// A browser that brings a page back from its memory shows what was true then: it asks again, and hides the old page until
// the answer is there, because its visitor may have signed out since.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.style.visibility = "hidden";
  location.reload();
});
