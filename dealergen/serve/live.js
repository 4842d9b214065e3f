// Keeps an open page of the preview up to date, and shows what stopped that above the last good page.
const shown = new URL(import.meta.url).searchParams;
const base = new URL(".", import.meta.url);
const address = new URL("events", base);
address.searchParams.set("path", decodeURI(location.pathname));

const events = new EventSource(address);
events.onmessage = ({ data }) => {
  const { version, failure, stylesheet, doing } = JSON.parse(data);
  const outdated = version !== shown.get("version");
  const otherFailure = shown.has("failure") && failure?.id !== shown.get("failure");
  const hopeless = failure && document.querySelector("body.bare [data-doing]");
  if (outdated || otherFailure || hopeless) {
    events.close();
    location.reload();
    return;
  }
  restyle(stylesheet);
  tell(doing);
  if (failure && !shown.has("failure")) show(failure);
  else hide();
};
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

let worn = shown.get("stylesheet");

// The page keeps its old clothes until the new ones are there, so that nothing flashes.
function restyle(stylesheet) {
  if (!worn || !stylesheet || stylesheet === worn) return;
  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
  const old = links.filter((link) => new URL(link.href).pathname === worn);
  worn = stylesheet;
  for (const link of old) {
    const fresh = link.cloneNode();
    fresh.href = stylesheet;
    fresh.addEventListener("load", () => link.remove());
    link.after(fresh);
  }
}

let note;
let soon;

// Says what goes on while it takes long; on the page that waits for it, at once.
function tell(doing) {
  const words = doing && `${doing[0].toUpperCase()}${doing.slice(1)} …`;
  const place = document.querySelector("body.bare [data-doing]");
  if (place) {
    place.textContent = words;
    return;
  }
  if (!words) {
    clearTimeout(soon);
    soon = undefined;
    note?.remove();
    note = undefined;
  } else if (note) {
    note.shadowRoot.lastElementChild.textContent = words;
  } else {
    clearTimeout(soon);
    soon = setTimeout(() => (note = above("dealergen-note", element("p", "note", words), "status")), 700);
  }
}

let overlay;

function show(failure) {
  hide();
  const box = element("section", "failure");
  const close = element("button", "close", "See the last good page");
  close.addEventListener("click", hide);
  box.append(close, ...content(failure));
  box.tabIndex = -1;
  overlay = above("dealergen-failure", box, "alert");
}

// Puts `box` above the page, out of reach of its styles, as soon as its own have come.
function above(name, box, role) {
  const host = element(name);
  const root = host.attachShadow({ mode: "open" });
  const style = element("link");
  style.rel = "stylesheet";
  style.href = new URL("live.css", base);
  box.setAttribute("role", role);
  box.hidden = true;
  const reveal = () => {
    box.hidden = false;
    if (box.tabIndex === -1 && role === "alert") box.focus({ preventScroll: true });
  };
  style.addEventListener("load", reveal);
  style.addEventListener("error", reveal);
  root.append(style, box);
  document.documentElement.append(host);
  return host;
}

function hide() {
  overlay?.remove();
  overlay = undefined;
}

function content(failure) {
  const parts = [element("h1", "", failure.message)];
  if (failure.remedy) parts.push(element("p", "remedy", failure.remedy));
  parts.push(...failure.problems.map(problem));
  if (failure.detail) parts.push(element("pre", "detail", failure.detail));
  return parts;
}

function problem({ file, line, column, message, value, remedy, excerpt }) {
  const item = element("article");
  const place = [file, line, column].filter((part) => part !== null).join(":");
  if (place) item.append(element("p", "place", place));
  item.append(element("p", "message", message + (value === null ? "" : ` (found “${value}”)`)));
  if (remedy) item.append(element("p", "remedy", remedy));
  if (excerpt.length) item.append(lines(excerpt));
  return item;
}

function lines(excerpt) {
  const block = element("pre", "excerpt");
  for (const { number, text, here } of excerpt) {
    const row = element("span", here ? "line here" : "line");
    row.append(element("span", "number", String(number)), `${text}\n`);
    block.append(row);
  }
  return block;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
