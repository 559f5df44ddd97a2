/** Elements of the page, made by calls: no text of anybody's ever becomes markup. */

type Child = Node | string | number | undefined | null | false;
type Handlers = { readonly [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void };
type Attributes = Readonly<Record<string, unknown>> & Handlers;

/** An element with attributes, handlers (onclick) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

/** Puts other children into an element. */
export const fill = (element: Element, ...children: readonly Child[]): void => element.replaceChildren(...present(children));

const present = (children: readonly Child[]): (Node | string)[] =>
  children.filter((child) => child !== undefined && child !== null && child !== false).map((child) => (typeof child === "number" ? String(child) : (child as Node | string)));

let isDown = false;
const undrawn = new Set<() => void>();
addEventListener("pointerdown", () => { isDown = true; }, true);
for (const end of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(end, (event) => {
    if (end === "blur" && event.target !== window) return; // an element that another one took the focus of
    isDown = false;
    setTimeout(() => { // the click comes first
      for (const draw of undrawn) draw();
      undrawn.clear();
    });
  }, true);
}

/** Draws now, or once what is pressed is let go: a button that another one replaces in between is never clicked. */
export function drawReleased(draw: () => void): void {
  if (isDown) undrawn.add(draw);
  else draw();
}

let labels = 0;

/** An id that no other element has. */
export const freshId = (name: string): string => `${name}-${++labels}`;

const live = h("div", { class: "notices", role: "status", "aria-live": "polite" });
document.body.append(live);

/** Tells a person something that passes. */
export function tell(text: string, isBad = false): void {
  const notice = h("p", { class: isBad ? "notice bad" : "notice" }, text);
  live.append(notice);
  while (live.childElementCount > 3) live.firstElementChild?.remove();
  setTimeout(() => notice.remove(), isBad ? 12_000 : 6_000);
}

/** What went wrong, as a sentence. */
export const sentenceOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
