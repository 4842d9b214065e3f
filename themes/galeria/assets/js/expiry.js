// Offers carry their last moment: at that second they leave the page, before the next build takes them away.
const LONGEST = 2 ** 31 - 1; // setTimeout counts in a signed 32-bit number

function at(moment, act) {
  const left = Date.parse(moment) - Date.now();
  if (Number.isNaN(left)) return;
  if (left <= 0) act();
  else setTimeout(() => at(moment, act), Math.min(left + 1, LONGEST));
}

function withdraw(card) {
  const shelf = card.closest("[data-shelf]");
  (card.closest("li") ?? card).remove();
  if (!shelf || shelf.querySelector("[data-until]")) return;
  const empty = shelf.querySelector("[data-shelf-empty]");
  if (empty) empty.hidden = false;
  else if (!shelf.querySelector(".offer")) shelf.hidden = true;
}

function close(page) {
  for (const part of page.querySelectorAll("[data-live]")) part.hidden = true;
  for (const part of page.querySelectorAll("[data-ended]")) part.hidden = false;
  page.classList.add("is-ended");
}

for (const card of document.querySelectorAll("[data-until]")) at(card.dataset.until, () => withdraw(card));
for (const page of document.querySelectorAll("[data-expires]")) at(page.dataset.expires, () => close(page));
