import { KeySigner, OrderServiceClient, type Signer } from "@orderservice/client";
import { Accounts } from "./accounts";
import { toPrice, priceText } from "./amounts";
import { clock } from "./clock";
import { type DraftLine, intervals, PriceChart } from "./chart";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField } from "./fields";
import { OrderEditor } from "./editor";
import { OrderForm } from "./form";
import { TrailLevels } from "./levels";
import { clockText, OrderList, type OrderTools } from "./orders";
import { PlayTools } from "./play";
import { ScheduleForm } from "./schedule";
import { Store } from "./store";
import { OrderStory } from "./story";
import { connectWallet, playSigner } from "./wallet";
import type { Draft } from "./wish";

const app = document.getElementById("app") as HTMLElement;
const remembered = { theme: "orderservice.theme" };

const live = h("span", { class: "live", role: "status" });
const wallet = h("button", { type: "button", class: "wallet" });
const venue = h("span", { class: "badge venue" });
const hurry = h("span", { class: "badge paused", "data-pace": "", hidden: true });
const view = h("div");

let store: Store;
let story: OrderStory | undefined;
let trader: HTMLElement;
let chart: PriceChart;
let tools: OrderTools;

function header(): HTMLElement {
  const theme = h("button", { type: "button", onclick: () => setTheme(document.documentElement.dataset["theme"] === "dark" ? "light" : "dark") }, "Light or dark");
  return h("header", {}, h("a", { href: "#/", class: "brand" }, "OrderService"), venue, hurry, live, h("nav", { "aria-label": "More" }, h("a", { href: "/swagger" }, "API")), theme, wallet);
}

const footer = (): HTMLElement => h("footer", {}, "Charts by ", h("a", { href: "https://www.tradingview.com/", rel: "noreferrer" }, "TradingView"), " Lightweight Charts™. ",
  h("a", { href: "/page/NOTICE.txt" }, "Licences of what this page is made of"), ".");

function setTheme(theme: string): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(remembered.theme, theme);
  } catch {
    // A browser that keeps nothing shows it this once.
  }
  chart?.paint();
  chart?.drawOrders([...store.orders.values()]);
}

function themeOf(): string {
  try {
    const kept = localStorage.getItem(remembered.theme);
    if (kept !== null) return kept;
  } catch {
    // As above.
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function traderView(): HTMLElement {
  const all = [...store.tokens.values()].filter((token) => !token.base).map((token) => [token.contractId, token.symbol] as const);
  const watched = choiceField("Chart of", all, { name: "chartToken" });
  const base = choiceField("in", [["USD", "USD"], ...all], { name: "chartBase" });
  const length = choiceField("Candles of", intervals.map((interval) => [interval, interval]), { name: "chartInterval" });
  length.input.value = store.isPlay ? "1s" : "5m";
  const editor = new OrderEditor(store);
  const levels = new TrailLevels(store, () => redraw());
  const move = (uuid: string, price?: number): void => {
    // One that is left as it is has its line where it was.
    void editor.open(uuid, price === undefined ? undefined : priceText(toPrice(price.toFixed(price < 1 ? 8 : 4)) ?? 0n)).finally(() => chart.drawOrders([...store.orders.values()]));
  };
  chart = new PriceChart(store, { aim: (price) => form.aim(price), move: (order, price) => move(order.uuid, price), levelOf: (order) => (levels.levels.has(order.uuid) ? Number(levels.levels.get(order.uuid)) : undefined) });
  const redraw = (): void => {
    chart.drawOrders([...store.orders.values()]);
    list.draw();
  };
  const replace = (uuid: string): void => {
    location.hash = "#/";
    form.replace(store.orders.get(uuid));
  };
  tools = { change: (order) => move(order.uuid), replace: (order) => replace(order.uuid), levelOf: levels.textOf };
  document.body.append(editor.element);
  const show = (): void => void chart.show(watched.input.value, base.input.value, length.input.value).then(() => {
    chart.drawOrders([...store.orders.values()]);
    drawDraft();
  });
  const plainOf = (token: string): string => store.token(token)?.base ?? token;
  let drawDraft = (): void => undefined;
  const form = new OrderForm(store, (draft, others, firesAt) => {
    const waits = draft.kind === "price" || draft.kind === "trail";
    const [on, of] = [plainOf(draft.watch), plainOf(draft.base)];
    drawDraft = () => chart.drawDraft(waits ? draftLines(draft, others, firesAt, plainOf) : []);
    if (waits && (watched.input.value !== on || base.input.value !== of)) {
      [watched.input.value, base.input.value] = [on, of];
      return show();
    }
    drawDraft();
  });
  const schedule = new ScheduleForm(store, () => void accounts.ask());
  const accounts = new Accounts(store, (held) => schedule.take(held));
  const list = new OrderList(store, tools);
  for (const field of [watched, base, length]) field.input.addEventListener("change", show);
  store.onChange(() => chart.drawOrders([...store.orders.values()]));
  show();
  return h("main", { class: "trader" },
    h("div", { class: "wide" },
      h("section", { class: "card", "aria-label": "Prices" }, h("h1", {}, "Trade"), h("div", { class: "row" }, watched.element, base.element, length.element), chart.element),
      list.element),
    h("div", { class: "narrow" }, form.element, store.isPlay ? new PlayTools(store, connect).element : undefined, schedule.element, accounts.element));
}

// The draft's own line, and those of the other legs that watch the same pair.
function draftLines(draft: Draft, others: readonly Draft[], firesAt: number | undefined, plainOf: (token: string) => string): readonly DraftLine[] {
  const own: DraftLine = draft.kind === "price" ? { price: Number(draft.target), title: "new order", isMovable: true } : { price: firesAt ?? 0, title: "would fire at", isMovable: false };
  const pairOf = (one: Draft): string => `${plainOf(one.watch)} ${plainOf(one.base)}`;
  const legs = others.filter((other) => other.kind === "price" && pairOf(other) === pairOf(draft));
  return [own, ...legs.map((leg) => ({ price: Number(leg.target), title: "other leg", isMovable: false }))];
}

function route(): void {
  const uuid = /^#\/order\/([0-9a-fA-F-]{36})$/.exec(location.hash)?.[1];
  story?.close();
  story = uuid === undefined ? undefined : new OrderStory(store, uuid, tools);
  document.title = uuid === undefined ? "OrderService" : `Order ${uuid.slice(0, 8)} · OrderService`;
  fill(view, story?.element ?? trader);
}

function showState(): void {
  live.textContent = store.fault ?? (store.isLive ? "live" : store.signer ? "connecting …" : "");
  live.className = `live ${store.isLive ? "on" : ""}`;
}

// Loud while time runs faster, and before it does.
function showTime(): void {
  const pace = Math.max(clock.pace, clock.next?.pace ?? 1);
  hurry.hidden = !store.isPlay || pace === 1;
  hurry.textContent = `time ${clock.pace === 1 ? "will run" : "runs"} ${pace} times as fast: ${clockText(new Date(clock.now()).toISOString())}`;
  hurry.dataset["pace"] = String(clock.pace);
}

async function use(signer: Signer | undefined): Promise<void> {
  const before = store as Store | undefined;
  store = await Store.open(signer);
  before?.close();
  venue.textContent = store.isPlay ? "play money" : store.network.network;
  wallet.textContent = signer ? `${signer.address.slice(0, 6)}…${signer.address.slice(-4)}` : "Connect a wallet";
  wallet.title = signer?.address ?? "";
  store.onChange(showState);
  store.onChange(showTime);
  showState();
  showTime();
  trader = traderView();
  route();
}

function connect(): void {
  void connectWallet(store.network.network === "mainnet" ? "mainnet" : "testnet").then(use).catch((fault: unknown) => tell(sentenceOf(fault), true));
}

async function start(): Promise<void> {
  document.documentElement.dataset["theme"] = themeOf();
  fill(app, header(), view, footer());
  const { venue: kind } = await new OrderServiceClient({ baseUrl: location.origin }).network();
  await use(kind === "simulated" ? playSigner() : undefined);
  wallet.addEventListener("click", () => {
    if (store.isPlay && store.signer instanceof KeySigner) return void navigator.clipboard?.writeText(store.signer.address).then(() => tell("Your address is in the clipboard."));
    connect();
  });
  addEventListener("hashchange", route);
}

start().catch((fault: unknown) => fill(app, h("main", {}, h("h1", {}, "OrderService"), h("p", { role: "alert" }, `The service cannot be reached: ${sentenceOf(fault)}`))));
