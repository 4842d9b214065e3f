// The gallery is a strip that scrolls. This adds a counter, arrows, and a dialog with the photos in full.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const place = (strip) => Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth) || 0;

function go(strip, index, sudden = calm.matches) {
  const slide = strip.children[Math.max(0, Math.min(index, strip.children.length - 1))];
  const left = slide.offsetLeft - strip.children[0].offsetLeft;
  strip.scrollTo({ left, behavior: sudden ? "instant" : "smooth" });
}

function follow(strip, tell) {
  let shown = -1;
  const update = () => {
    const now = place(strip);
    if (now !== shown) tell((shown = now));
  };
  strip.addEventListener("scroll", () => requestAnimationFrame(update), { passive: true });
  update();
}

function steps(root, strip) {
  for (const button of root.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(strip, place(strip) + Number(button.dataset.step)));
  }
}

function arrowKeys(root, strip) {
  const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  root.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    go(strip, place(strip) + (event.key === forward ? 1 : -1));
  });
}

function fill(stage, photos) {
  for (const photo of photos) {
    const picture = photo.querySelector("picture").cloneNode(true);
    for (const part of picture.querySelectorAll("[sizes]")) part.setAttribute("sizes", "100vw");
    const image = picture.querySelector("img");
    image.removeAttribute("fetchpriority");
    image.loading = "lazy";
    stage.append(picture);
  }
}

function lightbox(gallery, photos) {
  const dialog = gallery.querySelector("[data-lightbox]");
  const stage = dialog.querySelector("[data-lightbox-stage]");
  const counter = dialog.querySelector("[data-lightbox-counter]");
  let index = 0;
  let opener = null;
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => (photos[index].offsetParent ? photos[index] : opener).focus());
  steps(dialog, stage);
  arrowKeys(dialog, stage);
  return (start) => {
    const first = !stage.children.length;
    if (first) fill(stage, photos);
    opener = document.activeElement;
    dialog.showModal();
    go(stage, start, true);
    if (!first) return;
    follow(stage, (now) => {
      index = now;
      counter.textContent = gallery.dataset.counter.replace("#", now + 1);
    });
  };
}

function enhance(gallery) {
  const strip = gallery.querySelector(".gallery-strip");
  const photos = [...gallery.querySelectorAll("a.gallery-photo")];
  const counter = gallery.querySelector("[data-gallery-counter]");
  const arrows = gallery.querySelector("[data-gallery-arrows]");
  if (!photos.length) return;
  const open = lightbox(gallery, photos);
  photos.forEach((photo, index) =>
    photo.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open(index);
    }),
  );
  gallery.querySelector("[data-gallery-more]")?.addEventListener("click", (event) => {
    event.preventDefault();
    open(5);
  });
  if (counter) follow(strip, (now) => (counter.textContent = gallery.dataset.counter.replace("#", now + 1)));
  if (!arrows) return;
  arrows.hidden = false;
  steps(arrows, strip);
}

for (const gallery of document.querySelectorAll("[data-gallery]")) enhance(gallery);
