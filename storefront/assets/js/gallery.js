// The pictures of a product: a strip to swipe, drag and go through by keys, thumbnails, and a view of the whole screen.

/** From this many pixels on, a press that moves is no click. */
const MOVED = 8;
/** From this many pixels on, a swipe or a drag goes on to the next picture. */
const SWIPED = 40;

/** Lets a press on an element drag with a mouse: `move` and `end` get how far. The click that ends a drag is swallowed. */
function onDrag(box, { begin, move, end }) {
  let start;
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || !begin(event)) return;
    start = { x: event.clientX, y: event.clientY, hasMoved: false };
  });
  box.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.hasMoved && Math.hypot(x, y) < MOVED) return;
    if (!start.hasMoved) {
      start.hasMoved = true;
      box.setPointerCapture(event.pointerId);
    }
    move(x, y);
  });
  const finish = (event) => {
    if (!start) return;
    const { x, y, hasMoved } = start;
    start = undefined;
    if (!hasMoved) return;
    const swallow = (click) => {
      click.preventDefault();
      click.stopPropagation();
    };
    box.addEventListener("click", swallow, { capture: true, once: true });
    // Where no click follows, the next one is meant.
    setTimeout(() => box.removeEventListener("click", swallow, { capture: true }), 0);
    end(event.clientX - x, event.clientY - y);
  };
  box.addEventListener("pointerup", finish);
  box.addEventListener("pointercancel", finish);
}

/** Makes a gallery out of what stands in the page; answers with how a choice shows in it. */
function showGallery(gallery, zoom) {
  const strip = gallery.querySelector("[data-strip]");
  const items = [...strip.querySelectorAll("[data-picture]")];
  const thumbs = [...gallery.querySelectorAll(".gallery__thumb")];
  const rail = gallery.querySelector("[data-thumbs]");
  const stage = zoom.querySelector("[data-stage]");
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const gliding = isCalm ? "instant" : "smooth";
  const shown = () => items.filter((item) => item.classList.contains("is-shown"));
  let current = shown()[0];
  let front;

  /** Says everywhere which picture it is. */
  function mark(item) {
    current = item;
    const all = shown();
    const at = all.indexOf(item);
    for (const other of items) other.tabIndex = other === item ? 0 : -1;
    thumbs.forEach((thumb, place) => {
      if (items[place] === item) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
    const thumb = thumbs[items.indexOf(item)];
    if (thumb && rail) {
      const [left, top] = [thumb.offsetLeft - rail.clientWidth / 2, thumb.offsetTop - rail.clientHeight / 2];
      rail.scrollTo({ left: left + thumb.offsetWidth / 2, top: top + thumb.offsetHeight / 2, behavior: gliding });
    }
    for (const box of [gallery, zoom]) {
      const number = box.querySelector("[data-number]");
      if (number) number.textContent = all.length > 1 ? `${at + 1}/${all.length}` : "";
      for (const button of box.querySelectorAll("[data-go]")) {
        button.hidden = all.length < 2;
        button.disabled = !all[at + Number(button.dataset.go)];
      }
    }
  }

  function go(item, behavior) {
    strip.scrollTo({ left: item.offsetLeft, behavior });
    mark(item);
  }

  /** The picture so many places on, or the last one in that direction. */
  function beside(steps) {
    const all = shown();
    return all[Math.min(all.length - 1, Math.max(0, all.indexOf(current) + steps))];
  }

  function nearest() {
    const middle = strip.scrollLeft + strip.clientWidth / 2;
    const far = (item) => Math.abs(item.offsetLeft + item.offsetWidth / 2 - middle);
    return shown().reduce((best, item) => (far(item) < far(best) ? item : best));
  }

  /** How far a key leads, if it leads anywhere. */
  const steps = (key) => ({ ArrowLeft: -1, ArrowRight: 1, Home: -items.length, End: items.length })[key];

  let isDragged = false;
  let waiting;
  strip.addEventListener("scroll", () => {
    clearTimeout(waiting);
    // When it has come to rest, what is in the middle is the picture: on the way it is none.
    waiting = setTimeout(() => {
      if (!isDragged && nearest() !== current) mark(nearest());
    }, 80);
  });
  strip.addEventListener("keydown", (event) => {
    const by = steps(event.key);
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(beside(by), gliding);
    current.focus({ preventScroll: true });
  });
  for (const button of gallery.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => go(beside(Number(button.dataset.go)), gliding));
  }
  thumbs.forEach((thumb, place) =>
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      go(items[place], gliding);
    }),
  );
  let from = 0;
  onDrag(strip, {
    // A finger swipes without our help.
    begin: (event) => {
      from = strip.scrollLeft;
      return event.pointerType === "mouse";
    },
    move: (x) => {
      isDragged = true;
      strip.classList.add("is-dragged");
      strip.scrollLeft = from - x;
    },
    end: (x) => {
      isDragged = false;
      strip.classList.remove("is-dragged");
      const by = Math.abs(x) < SWIPED ? 0 : -Math.sign(x);
      go(by === 0 ? current : beside(by), gliding);
    },
  });
  addEventListener("resize", () => strip.scrollTo({ left: current.offsetLeft, behavior: "instant" }));

  // The view of the whole screen.
  const isLarge = () => stage.classList.contains("is-large");

  /** Makes the picture large around a point, in parts of its width and height, or small again. */
  function scale(large, x = 0.5, y = 0.5) {
    stage.classList.toggle("is-large", large);
    zoom.querySelector("[data-scale]").setAttribute("aria-label", large ? zoom.dataset.out : zoom.dataset.in);
    const picture = stage.firstElementChild;
    if (!large || !picture) return;
    stage.scrollLeft = picture.offsetLeft + picture.offsetWidth * x - stage.clientWidth / 2;
    stage.scrollTop = picture.offsetTop + picture.offsetHeight * y - stage.clientHeight / 2;
  }

  function fill(item) {
    const picture = element("img", "zoom__picture");
    picture.width = item.dataset.width;
    picture.height = item.dataset.height;
    picture.alt = item.querySelector(".gallery__picture").alt;
    picture.src = item.href;
    picture.draggable = false;
    stage.replaceChildren(picture);
    scale(false);
    mark(item);
  }

  const turn = (by) => {
    const next = beside(by);
    if (next !== current) fill(next);
  };

  strip.addEventListener("click", (event) => {
    const item = event.target.closest("[data-picture]");
    // Whoever wants a new tab gets one.
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fill(item);
    zoom.showModal();
    stage.focus();
  });
  zoom.addEventListener("close", () => {
    go(current, "instant");
    current.focus({ preventScroll: true });
  });
  zoom.querySelector("[data-close]").addEventListener("click", () => zoom.close());
  zoom.querySelector("[data-scale]").addEventListener("click", () => scale(!isLarge()));
  for (const button of zoom.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => turn(Number(button.dataset.go)));
  }
  stage.addEventListener("click", (event) => {
    const box = stage.firstElementChild.getBoundingClientRect();
    scale(!isLarge(), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  let corner;
  onDrag(stage, {
    begin: (event) => {
      corner = { left: stage.scrollLeft, top: stage.scrollTop };
      // A large picture moves under a finger by itself.
      return !isLarge() || event.pointerType === "mouse";
    },
    move: (x, y) => {
      if (isLarge()) stage.scrollTo(corner.left - x, corner.top - y);
    },
    end: (x, y) => {
      if (!isLarge() && Math.abs(x) >= SWIPED && Math.abs(x) > Math.abs(y)) turn(-Math.sign(x));
    },
  });
  // The page behind it does not scroll.
  const still = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown"]);
  zoom.addEventListener("wheel", (event) => isLarge() || event.preventDefault(), { passive: false });
  zoom.addEventListener("keydown", (event) => {
    const by = steps(event.key);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (by !== undefined && !isLarge()) turn(by);
    else if (event.key === "+" || event.key === "=") scale(true);
    else if (event.key === "-" || event.key === "0") scale(false);
    else if ((event.key === "Enter" || event.key === " ") && event.target === stage) scale(!isLarge());
    else if (isLarge() || !still.has(event.key)) return;
    event.preventDefault();
  });
  mark(current);

  /** Brings what is chosen forward: the pictures of the values, and first of all that in `place`. */
  return (values, place) => {
    const isOwn = (item) => values.includes(Number(item.dataset.shows));
    const wanted = items.find((item) => Number(item.dataset.picture) === place) ?? items.find(isOwn);
    if (items.some(isOwn)) {
      items.forEach((item, at) => {
        const isShown = !item.dataset.shows || isOwn(item) || item === wanted;
        item.classList.toggle("is-shown", isShown);
        thumbs[at]?.classList.toggle("is-shown", isShown);
      });
    }
    const next = wanted && wanted !== front ? wanted : shown().includes(current) ? current : shown()[0];
    front = wanted ?? front;
    go(next, "instant");
  };
}

const pictures = document.querySelector("[data-gallery]");
const chooseInGallery =
  pictures && document.querySelector("[data-zoom]")
    ? showGallery(pictures, document.querySelector("[data-zoom]"))
    : undefined;
