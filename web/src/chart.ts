import type { Candle, Order } from "@orderservice/client";
import {
  CandlestickSeries, ColorType, createChart, createSeriesMarkers, type IChartApi, type IPriceLine, type ISeriesApi, type ISeriesMarkersPluginApi, LineSeries, LineStyle,
  type SeriesMarker, type Time, type UTCTimestamp,
} from "lightweight-charts";
import { h } from "./dom";
import type { Store } from "./store";

/** The price of one token in another over time, with the targets of open orders as lines and swaps as marks. Prices are floats here: they are only drawn. */
export class PriceChart {
  readonly element = h("div", { class: "chart" });

  readonly #chart: IChartApi;
  #series: ISeriesApi<"Candlestick" | "Line">;
  #marks: ISeriesMarkersPluginApi<Time>;
  #lines: IPriceLine[] = [];
  #draft: IPriceLine | undefined;
  #pair = { watched: "", base: "USD", interval: "1m" };
  #asking = 0;

  constructor(readonly store: Store, onPick: (price: number) => void) {
    this.#chart = createChart(this.element, { autoSize: true, layout: { attributionLogo: false }, timeScale: { timeVisible: true, secondsVisible: true, rightOffset: 4 } });
    this.#series = this.#candles();
    this.#marks = createSeriesMarkers(this.#series, []);
    this.paint();
    this.#dragTarget(onPick);
    store.every(2_000, () => void this.#refresh());
  }

  /** Shows another pair or another length of its candles. */
  async show(watched: string, base: string, interval: string): Promise<void> {
    const isSame = this.#pair.watched === watched && this.#pair.base === base && this.#pair.interval === interval;
    if (isSame) return;
    this.#pair = { watched, base, interval };
    this.#chart.removeSeries(this.#series);
    this.#series = base === "USD" ? this.#candles() : this.#chart.addSeries(LineSeries, { lineWidth: 2 });
    this.#marks = createSeriesMarkers(this.#series, []);
    [this.#lines, this.#draft] = [[], undefined];
    this.paint();
    await this.#refresh();
    this.#chart.timeScale().fitContent();
  }

  /** The colours of the theme. */
  paint(): void {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    this.#chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: "transparent" }, textColor: colour("--muted"), fontFamily: style.fontFamily },
      grid: { vertLines: { color: colour("--line") }, horzLines: { color: colour("--line") } },
      rightPriceScale: { borderColor: colour("--line") }, timeScale: { borderColor: colour("--line") },
    });
    const [up, down] = [colour("--good"), colour("--bad")];
    this.#series.applyOptions(this.#pair.base === "USD" ? { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false } : { color: colour("--accent") });
  }

  /** Draws the targets of orders that wait for this pair, and a mark for each of its swaps. */
  drawOrders(orders: readonly Order[]): void {
    const style = getComputedStyle(document.documentElement);
    const [accent, good] = [style.getPropertyValue("--accent").trim(), style.getPropertyValue("--good").trim()];
    for (const line of this.#lines) this.#series.removePriceLine(line);
    const own = orders.filter((order) => order.conditionToken === this.#pair.watched && (order.baseAsset ?? "USD") === this.#pair.base);
    this.#lines = own.filter((order) => order.status === "open").map((order) => this.#series.createPriceLine({
      price: Number(order.targetPrice), color: accent, lineWidth: 1, lineStyle: LineStyle.Solid, axisLabelVisible: true, title: order.direction === "gt" ? "at or above" : "at or below",
    }));
    const traded = orders.filter((order) => order.status === "confirmed" && order.confirmedAt !== undefined && [order.inputToken, order.outputToken].includes(this.#pair.watched));
    const marks = traded.map((order): SeriesMarker<Time> => ({
      time: this.#timeOf(order.confirmedAt as string), position: order.outputToken === this.#pair.watched ? "belowBar" : "aboveBar",
      shape: order.outputToken === this.#pair.watched ? "arrowUp" : "arrowDown", color: good, text: order.outputToken === this.#pair.watched ? "bought" : "sold",
    }));
    this.#marks.setMarkers(marks.sort((a, b) => Number(a.time) - Number(b.time)));
  }

  /** A line for the target of an order that is being written, which can be dragged. */
  drawDraft(price: number | undefined): void {
    if (this.#draft) this.#series.removePriceLine(this.#draft);
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--warn").trim();
    this.#draft = price === undefined || !(price > 0) ? undefined
      : this.#series.createPriceLine({ price, color: colour, lineWidth: 2, lineStyle: LineStyle.Dashed, axisLabelVisible: true, title: "new order" });
  }

  #candles = (): ISeriesApi<"Candlestick"> => this.#chart.addSeries(CandlestickSeries, { priceFormat: { type: "price", precision: 6, minMove: 0.000001 } }) as ISeriesApi<"Candlestick">;

  #timeOf = (moment: string): UTCTimestamp => {
    const length = seconds[this.#pair.interval] ?? 60;
    return (Math.floor(Date.parse(moment) / 1000 / length) * length) as UTCTimestamp;
  };

  async #refresh(): Promise<void> {
    const asked = ++this.#asking;
    const { watched, base, interval } = this.#pair;
    if (!watched) return;
    const from = new Date(Date.now() - (seconds[interval] ?? 60) * 1000 * 500).toISOString();
    const ask = (token: string): Promise<readonly Candle[]> => this.store.client.candles(token, { interval, from });
    try {
      const [one, other] = await Promise.all([ask(watched), base === "USD" ? [] : ask(base)]);
      if (asked !== this.#asking) return; // another pair was asked for meanwhile
      if (base === "USD") {
        (this.#series as ISeriesApi<"Candlestick">).setData(one.map((c) => ({ time: timeOf(c), open: Number(c.open), high: Number(c.high), low: Number(c.low), close: Number(c.close) })));
      } else {
        // What a pair cost between the moments that both are known at is not known, so it is a line of what it cost at those.
        const closes = new Map(other.map((c) => [c.timestamp, Number(c.close)]));
        const points = one.filter((c) => (closes.get(c.timestamp) ?? 0) > 0).map((c) => ({ time: timeOf(c), value: Number(c.close) / (closes.get(c.timestamp) as number) }));
        (this.#series as ISeriesApi<"Line">).setData(points);
      }
    } catch {
      // The next round asks again.
    }
  }

  // A press on the chart sets the target there, and a drag moves it.
  #dragTarget(onPick: (price: number) => void): void {
    let isDragging = false;
    const pick = (event: PointerEvent): void => {
      const price = this.#series.coordinateToPrice(event.clientY - this.element.getBoundingClientRect().top);
      if (price !== null && price > 0) onPick(price);
    };
    this.element.addEventListener("pointerdown", (event) => {
      const y = event.clientY - this.element.getBoundingClientRect().top;
      const draft = this.#draft ? this.#series.priceToCoordinate(this.#draft.options().price) : null;
      isDragging = draft !== null && Math.abs(draft - y) < 8;
      if (!isDragging) return;
      event.stopPropagation();
      event.preventDefault();
      this.element.setPointerCapture(event.pointerId);
    }, { capture: true });
    this.element.addEventListener("pointermove", (event) => { if (isDragging) pick(event); }, { capture: true });
    this.element.addEventListener("pointerup", () => (isDragging = false), { capture: true });
    this.element.addEventListener("dblclick", (event) => pick(event as unknown as PointerEvent));
  }
}

const seconds: Readonly<Record<string, number>> = { "1s": 1, "1m": 60, "5m": 300, "15m": 900, "1h": 3600, "4h": 14400, "1d": 86400 };

/** The lengths of candles that can be asked for. */
export const intervals = Object.keys(seconds);

const timeOf = (candle: Candle): UTCTimestamp => (Date.parse(candle.timestamp) / 1000) as UTCTimestamp;
