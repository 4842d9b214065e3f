// Share where the device can, else copy the link; and print the page.
async function share(button, status) {
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  if (navigator.share) {
    await navigator.share({ title: document.title, url });
    return;
  }
  await navigator.clipboard.writeText(url);
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = status.textContent = button.dataset.done;
  setTimeout(() => (label.textContent = before), 3000);
}

for (const tools of document.querySelectorAll("[data-share]")) {
  const button = tools.querySelector("[data-share-link]");
  const status = tools.querySelector("[data-share-status]");
  tools.hidden = false;
  button.hidden = !navigator.share && !navigator.clipboard;
  // A person may close the share sheet, or refuse the clipboard: neither is worth a word.
  button.addEventListener("click", () => share(button, status).catch(() => {}));
  tools.querySelector("[data-print]").addEventListener("click", () => print());
}
