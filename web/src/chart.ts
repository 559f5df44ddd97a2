import type { Candle, Order } from "@orderservice/client";
import {
  type AutoscaleInfo, CandlestickSeries, ColorType, createChart, createSeriesMarkers, type IChartApi, type IPriceLine, type ISeriesApi, type ISeriesMarkersPluginApi, LineSeries, LineStyle,
  type SeriesMarker, type Time, type UTCTimestamp,
} from "lightweight-charts";
import { clock } from "./clock";
import { h } from "./dom";
import { isTrailing } from "./levels";
import type { Store } from "./store";

/** A level of an order that is being written: a line, and whether it can be dragged. */
export interface DraftLine {
  readonly price: number;
  readonly title: string;
  readonly isMovable: boolean;
}

/** What a drag in the chart means. */
export interface ChartTools {
  /** The target of the order that is being written. */
  readonly aim: (price: number) => void;
  /** The target of one that waits: where its line was dropped. */
  readonly move: (order: Order, price: number) => void;
  /** Where an order that trails would fire now. */
  readonly levelOf: (order: Order) => number | undefined;
}

/** The price of one token in another over time, with the targets of open orders as lines and swaps as marks. Prices are floats here: they are only drawn. */
export class PriceChart {
  readonly element = h("div", { class: "chart" });

  readonly #chart: IChartApi;
  #series: ISeriesApi<"Candlestick" | "Line">;
  #marks: ISeriesMarkersPluginApi<Time>;
  #lines: { readonly line: IPriceLine; readonly order: Order; readonly isMovable: boolean }[] = [];
  #drafts: { readonly line: IPriceLine; readonly isMovable: boolean }[] = [];
  #isDragging = false;
  #scale: AutoscaleInfo | undefined;
  #pair = { watched: "", base: "USD", interval: "1m" };
  #asking = 0;

  constructor(readonly store: Store, readonly tools: ChartTools) {
    this.#chart = createChart(this.element, { autoSize: true, layout: { attributionLogo: false }, timeScale: { timeVisible: true, secondsVisible: true, rightOffset: 4 } });
    this.#series = this.#candles();
    this.#marks = createSeriesMarkers(this.#series, []);
    this.paint();
    this.#dragTargets();
    store.every(2_000, () => void this.#refresh());
  }

  /** Shows another pair or another length of its candles. */
  async show(watched: string, base: string, interval: string): Promise<void> {
    const isSame = this.#pair.watched === watched && this.#pair.base === base && this.#pair.interval === interval;
    if (isSame) return;
    this.#pair = { watched, base, interval };
    this.#chart.removeSeries(this.#series);
    this.#series = base === "USD" ? this.#candles() : this.#chart.addSeries(LineSeries, { lineWidth: 2, autoscaleInfoProvider: this.#withLevels });
    this.#marks = createSeriesMarkers(this.#series, []);
    [this.#lines, this.#drafts] = [[], []];
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
    if (!this.#isDragging) this.#drawTargets(orders, accent);
    const traded = orders.filter((order) => order.status === "confirmed" && order.confirmedAt !== undefined && [order.inputToken, order.outputToken].includes(this.#pair.watched));
    const marks = traded.map((order): SeriesMarker<Time> => ({
      time: this.#timeOf(order.confirmedAt as string), position: order.outputToken === this.#pair.watched ? "belowBar" : "aboveBar",
      shape: order.outputToken === this.#pair.watched ? "arrowUp" : "arrowDown", color: good, text: order.outputToken === this.#pair.watched ? "bought" : "sold",
    }));
    this.#marks.setMarkers(marks.sort((a, b) => Number(a.time) - Number(b.time)));
  }

  /** Lines for the order that is being written, and for the other legs of its group. */
  drawDraft(lines: readonly DraftLine[]): void {
    for (const { line } of this.#drafts) this.#series.removePriceLine(line);
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--warn").trim();
    this.#drafts = lines.filter(({ price }) => price > 0).map(({ price, title, isMovable }) => ({
      isMovable, line: this.#series.createPriceLine({ price, color: colour, lineWidth: isMovable ? 2 : 1, lineStyle: LineStyle.Dashed, axisLabelVisible: true, title }),
    }));
    // What a screen reader, and a test, has of the lines: the chart itself is a picture.
    this.element.dataset["drafts"] = this.#drafts.map(({ line }) => `${line.options().title} ${line.options().price}`).join("; ");
  }

  // Where each order that waits for this pair fires: a target stands still, a trailing one is where it is now.
  #drawTargets(orders: readonly Order[], colour: string): void {
    for (const { line } of this.#lines) this.#series.removePriceLine(line);
    const own = orders.filter((order) => order.status === "open" && order.conditionToken === this.#pair.watched && (order.baseAsset ?? "USD") === this.#pair.base);
    this.#lines = own.flatMap((order) => {
      const trails = isTrailing(order);
      const price = trails ? this.tools.levelOf(order) : Number(order.targetPrice);
      if (price === undefined || !(price > 0)) return [];
      const title = `${order.leg === undefined ? "" : `leg ${order.leg} `}${trails ? "trails, fires at" : order.direction === "gt" ? "at or above" : "at or below"}`;
      const line = this.#series.createPriceLine({ price, color: colour, lineWidth: 1, lineStyle: trails ? LineStyle.Dotted : LineStyle.Solid, axisLabelVisible: true, title });
      return [{ order, line, isMovable: !trails && order.owner === this.store.signer?.address }];
    });
    this.element.dataset["targets"] = this.#lines.map(({ line }) => `${line.options().title} ${line.options().price}`).join("; ");
  }

  // Levels up to a quarter away are in view; what is being dragged does not move the ground below it.
  #withLevels = (ofPrices: () => AutoscaleInfo | null): AutoscaleInfo | null => {
    if (this.#isDragging && this.#scale) return this.#scale;
    const info = ofPrices();
    if (!info?.priceRange) return info;
    const { minValue, maxValue } = info.priceRange;
    const levels = [...this.#lines, ...this.#drafts].map(({ line }) => line.options().price).filter((price) => price > minValue * 0.75 && price < maxValue * 1.25);
    this.#scale = { ...info, priceRange: { minValue: Math.min(minValue, ...levels), maxValue: Math.max(maxValue, ...levels) } };
    return this.#scale;
  };

  #candles = (): ISeriesApi<"Candlestick"> => this.#chart.addSeries(CandlestickSeries, {
    priceFormat: { type: "price", precision: 6, minMove: 0.000001 }, autoscaleInfoProvider: this.#withLevels,
  }) as ISeriesApi<"Candlestick">;

  #timeOf = (moment: string): UTCTimestamp => {
    const length = seconds[this.#pair.interval] ?? 60;
    return (Math.floor(Date.parse(moment) / 1000 / length) * length) as UTCTimestamp;
  };

  async #refresh(): Promise<void> {
    const asked = ++this.#asking;
    const { watched, base, interval } = this.#pair;
    if (!watched) return;
    const from = new Date(clock.now() - (seconds[interval] ?? 60) * 1000 * 500).toISOString();
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

  // A double press on the chart sets the target there. A drag moves the line that it began at: the new order's at once, one that waits when it is dropped, since that is signed.
  #dragTargets(): void {
    let moves: ((price: number) => void) | undefined;
    let dropped: (() => void) | undefined;
    const priceAt = (event: MouseEvent): number | undefined => {
      const price = this.#series.coordinateToPrice(event.clientY - this.element.getBoundingClientRect().top);
      return price !== null && price > 0 ? price : undefined;
    };
    const isAt = (line: IPriceLine, event: MouseEvent): boolean => {
      const y = this.#series.priceToCoordinate(line.options().price);
      return y !== null && Math.abs(y - (event.clientY - this.element.getBoundingClientRect().top)) < 8;
    };
    this.element.addEventListener("pointerdown", (event) => {
      const target = this.#lines.find(({ line, isMovable }) => isMovable && isAt(line, event));
      if (this.#drafts.some(({ line, isMovable }) => isMovable && isAt(line, event))) moves = this.tools.aim;
      else if (target) [moves, dropped] = [(price) => target.line.applyOptions({ price }), () => this.tools.move(target.order, target.line.options().price)];
      this.#isDragging = moves !== undefined;
      if (!this.#isDragging) return;
      event.stopPropagation();
      event.preventDefault();
      this.element.setPointerCapture(event.pointerId);
    }, { capture: true });
    this.element.addEventListener("pointermove", (event) => {
      const price = moves && priceAt(event);
      if (price !== undefined) moves?.(price);
    }, { capture: true });
    const end = (isDropped: boolean): void => {
      const drop = dropped;
      [moves, dropped, this.#isDragging] = [undefined, undefined, false];
      if (isDropped) drop?.();
    };
    this.element.addEventListener("pointerup", () => end(true), { capture: true });
    this.element.addEventListener("pointercancel", () => end(false), { capture: true });
    this.element.addEventListener("dblclick", (event) => {
      const price = priceAt(event);
      if (price !== undefined) this.tools.aim(price);
    });
  }
}

const seconds: Readonly<Record<string, number>> = { "1s": 1, "1m": 60, "5m": 300, "15m": 900, "1h": 3600, "4h": 14400, "1d": 86400 };

/** The lengths of candles that can be asked for. */
export const intervals = Object.keys(seconds);

const timeOf = (candle: Candle): UTCTimestamp => (Date.parse(candle.timestamp) / 1000) as UTCTimestamp;
