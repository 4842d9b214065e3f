// Keeps an open page of the preview up to date, and shows what stopped a build above the last good page.
const shown = new URL(import.meta.url).searchParams;
const base = new URL(".", import.meta.url);

const events = new EventSource(new URL("events", base));
events.onmessage = ({ data }) => {
  const { version, failure } = JSON.parse(data);
  const outdated = version !== shown.get("version");
  const otherFailure = shown.has("failure") && failure?.id !== shown.get("failure");
  if (outdated || otherFailure) {
    events.close();
    location.reload();
  } else if (failure && !shown.has("failure")) {
    show(failure);
  } else {
    hide();
  }
};
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

let overlay;

function show(failure) {
  hide();
  overlay = element("dealergen-failure");
  const root = overlay.attachShadow({ mode: "open" });
  const style = element("link");
  style.rel = "stylesheet";
  style.href = new URL("live.css", base);
  const box = element("section", "failure");
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.hidden = true;
  const reveal = () => {
    box.hidden = false;
    box.focus({ preventScroll: true });
  };
  style.addEventListener("load", reveal);
  style.addEventListener("error", reveal);
  const close = element("button", "close", "See the last good page");
  close.addEventListener("click", hide);
  box.append(close, ...content(failure));
  root.append(style, box);
  document.documentElement.append(overlay);
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
