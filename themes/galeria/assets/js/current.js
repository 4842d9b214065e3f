// The header is the same on every page; this marks the entry that leads to the part of the site we are in.
for (const link of document.querySelectorAll("a[data-nav]")) {
  const path = new URL(link.href).pathname;
  const here = location.pathname;
  if (here === path) link.setAttribute("aria-current", "page");
  else if (path.split("/").filter(Boolean).length && here.startsWith(path)) link.setAttribute("aria-current", "true");
}
