import type { Event } from "@orderservice/client";
import { show } from "./amounts";
import { fill, h, sentenceOf, tell } from "./dom";
import { textField } from "./fields";
import { clockText } from "./orders";
import type { Count, Prices, Standing, State, Told } from "./standing";
import { eventText, inWords } from "./words";

const pause = 2_000;
const whyMax = 200;

const app = document.getElementById("app") as HTMLElement;
const live = h("span", { class: "live", role: "status" });
const banner = h("section", { class: "alarm", role: "alert", hidden: true });
const why = textField("Why (told to operators only)", { name: "why", maxlength: whyMax });
const form = h("form", { class: "card", "aria-label": "Sends", onsubmit: (event) => void change(event) });
const button = h("button", { type: "submit", class: "primary" }, "Pause everything");
const body = h("div", { class: "columns" });

let isPaused = false;

/** A card with a heading. */
const card = (name: string, ...children: (Node | string | undefined)[]): HTMLElement => h("section", { class: "card", "aria-label": name }, h("h2", {}, name), ...children);

/** One that is as broad as the page, for tables of many columns. */
function broad(made: HTMLElement): HTMLElement {
  made.classList.add("broad");
  return made;
}

const facts = (...pairs: readonly (readonly [string, string | number | undefined, boolean?])[]): HTMLElement =>
  h("dl", {}, ...pairs.flatMap(([name, value, isBad]) => (value === undefined ? [] : [h("dt", {}, name), h("dd", isBad ? { class: "bad" } : {}, value)])));

const counts = (rows: readonly Count[]): HTMLElement => (rows.length === 0 ? h("p", { class: "hint" }, "None.") : facts(...rows.map((row) => [row.name.replaceAll("_", " "), row.count] as const)));

function table(name: string, heads: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement {
  if (rows.length === 0) return h("p", { class: "hint" }, "None.");
  return h("div", { class: "scroll orders", tabindex: "0", role: "region", "aria-label": `Table: ${name}` }, h("table", {},
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, nth) => h("td", { "data-label": heads[nth] }, h("div", {}, cell))))))));
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const stx = (units: string | null): string => (units === null ? "not known" : `${show(units, 6)} STX`);
const short = (text: string): HTMLElement => h("code", { title: text }, text.length > 16 ? `${text.slice(0, 8)}…${text.slice(-6)}` : text);
const told = (rows: readonly Told[], isBad: boolean): HTMLElement[] => rows.map((row) => h("p", { class: isBad ? "why" : "hint" }, h("strong", {}, `${row.check}: `), row.text ?? "failing"));

function health(state: State): HTMLElement {
  return card("Health", h("p", {}, h("span", { class: `badge ${state.ready ? "confirmed" : "failed"}` }, state.ready ? "ready" : "not ready")), ...told(state.failing, true), ...told(state.warnings, false));
}

function due({ due: now }: Standing): HTMLElement {
  return card("Due and in flight",
    facts(["Oldest due waits", seconds(now.oldestMs), now.oldestMs > 60_000], ["Wait for their turn", now.queued], ["With an executor", now.held], ["Transactions in flight", now.inFlight]),
    h("h3", {}, "What keeps others waiting"), table("what keeps others waiting", ["Why", "How many"], now.reasons.map((row) => [inWords(row.name) as string, String(row.count)])));
}

function payers(standing: Standing): HTMLElement {
  return card("Accounts that pay",
    table("accounts that pay", ["Account", "Holds", "More it can pay", "Next nonce", "Signed to", "In flight", "Free", "Trouble"], standing.payers.map((payer) => [
      short(payer.address), stx(payer.balance), payer.transactionsLeft ?? "not known", String(payer.next ?? "none"), String(payer.signed ?? "none"), String(payer.inFlight), String(payer.free),
      [payer.doubted === null ? "" : `a node says ${payer.doubted}`, payer.restsFor === null ? "" : `rests: ${payer.restsFor}`].filter((part) => part).join(", ") || "none",
    ])),
    h("h3", {}, "Fees of this hour"),
    standing.fees === null ? h("p", { class: "hint" }, "Nothing is limited.")
      : facts(["Spent", stx(standing.fees.spent)], ["Left", standing.fees.left === null ? "unlimited" : stx(standing.fees.left)], ["Left without a key", standing.fees.leftWithoutKey === null ? undefined : stx(standing.fees.leftWithoutKey)]));
}

function prices(now: Prices): HTMLElement {
  return card("Prices",
    table("price sources", ["Source", "Last answer", "Last failure"], now.sources.map((source) => [
      source.name, source.lastSuccess === null ? "never" : clockText(source.lastSuccess), source.lastError === null ? "none" : `${source.lastError}${source.lastErrorAt === null ? "" : `, ${clockText(source.lastErrorAt)}`}`,
    ])),
    h("h3", {}, "Not believed"), table("prices that were not believed", ["Token", "Source", "Why"], now.rejected.map((row) => [short(row.token), row.source, `${row.reason.replaceAll("_", " ")}${row.detail ? `: ${row.detail}` : ""}`])),
    h("h3", {}, "Believed"), table("believed prices", ["Token", "As of", "From", "Usable"], now.tokens.map((row) => [short(row.token), clockText(row.at), row.sources, row.isUsable ? "yes" : "no"])));
}

function failures(standing: Standing): HTMLElement {
  return card("Last failures",
    table("orders that failed", ["When", "Order", "What", "Why"], standing.failures.map((row) => [clockText(row.at), row.order === null ? "" : short(row.order), eventText({ kind: row.kind } as Event), inWords(row.reason ?? undefined) ?? ""])),
    h("h3", {}, "Faults of this process"), table("faults", ["When", "What"], standing.faults.map((row) => [clockText(row.at), row.name])));
}

function draw(state: State): void {
  const { standing } = state;
  isPaused = standing.paused !== null;
  banner.hidden = !isPaused;
  if (standing.paused) fill(banner, h("h2", {}, "All sends are paused"), h("p", {}, `Since ${clockText(standing.paused.since)}${standing.paused.why ? `: ${standing.paused.why}` : ""}. Nothing that is due is swapped until you let sends go on.`));
  document.title = `${isPaused ? "PAUSED · " : ""}Operator · OrderService`;
  button.textContent = isPaused ? "Let sends go on" : "Pause everything";
  why.element.hidden = isPaused;
  fill(body, health(state), card("Orders by status", counts(standing.orders), h("p", { class: "hint" }, "Open ones: all. Ended ones: of the newest 10,000 orders.")), due(standing), broad(payers(standing)), prices(standing.prices),
    card("Workers", facts(...standing.workers.map((worker) => [worker.name.replaceAll("_", " "), `${seconds(worker.msSinceBeat)} ago`, worker.isLate] as const))), broad(failures(standing)));
  live.textContent = `as of ${clockText(standing.at)}`;
  live.className = "live on";
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`/operator/${path}`, { cache: "no-store", ...init });
  if (!answer.ok) throw new Error(((await answer.json().catch(() => ({}))) as { readonly error?: string }).error ?? `The service answered ${answer.status}.`);
  return (await answer.json()) as T;
}

async function change(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  button.disabled = true;
  try {
    if (isPaused) {
      await ask("resume", { method: "POST" });
      tell("Sends go on.");
    } else {
      const given = why.input.value.trim();
      const { drained } = await ask<{ readonly drained: boolean }>("pause", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(given ? { why: given } : {}) });
      tell(drained ? "All sends are paused: nothing more leaves." : "All sends are paused. An execution that began before has not ended yet and may still send.", !drained);
      why.input.value = "";
    }
    draw(await ask<State>("state"));
  } catch (fault) {
    tell(sentenceOf(fault), true);
  }
  button.disabled = false;
}

async function look(): Promise<void> {
  try {
    draw(await ask<State>("state"));
  } catch (fault) {
    live.className = "live";
    live.textContent = `The service cannot be reached: ${sentenceOf(fault)}`;
  }
  setTimeout(() => void look(), pause);
}

document.documentElement.dataset["theme"] = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
fill(form, h("h1", {}, "Operator"), h("p", { class: "hint" }, "Pausing holds new swaps and withdrawals of every node. What is in flight is settled, and what ends an order that was sent goes on."), why.element, button);
fill(app, h("header", {}, h("span", { class: "brand" }, "OrderService"), h("span", { class: "badge" }, "operator"), live), h("main", { class: "story" }, banner, form, body));
void look();
