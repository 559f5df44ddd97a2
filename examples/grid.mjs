// A grid: buys a step below each price and sells a step above it, so many times: node grid.mjs [FILLS] [STEP_PER_CENT]
// It follows the event stream and keeps nothing that it could not read again: which orders are its own, the strategyId says.
import { play, start, units, whole } from './start.mjs';

const [fillsMax, step] = [Number(process.argv[2] ?? 4), Number(process.argv[3] ?? 2)];
const { client, tokens, isPlay } = await start({ 'sUSDT-subnet': 1000, 'STX-subnet': 1000 });
const [money, goods] = [tokens['sUSDT-subnet'], tokens['STX-subnet']];
const strategyId = `grid-${Date.now()}`;
const priceOf = async () => (await client.prices()).find((price) => price.tokenId === '.stx').usdPriceExact;
const open = new Map();

// A level in hundredths of a per cent of where the grid began; prices are text, so that is counted in whole numbers.
const beginning = BigInt(Math.round(Number(await priceOf()) * 1e8));
const levelPrice = (level) => {
  const price = (beginning * BigInt(10_000 + Math.round(level * step * 100))) / 10_000n;
  return `${price / 100_000_000n}.${(price % 100_000_000n).toString().padStart(8, '0')}`;
};

async function place(side, level) {
  const [sell, buy] = side === 'buy' ? [money, tokens.STX] : [goods, tokens.sUSDT];
  const order = await client.place({
    inputToken: sell.contractId, outputToken: buy.contractId, amountIn: units(sell, 10), conditionToken: '.stx', baseAsset: 'USD', direction: side === 'buy' ? 'lt' : 'gt', targetPrice: levelPrice(level),
    slippageBps: 100, strategyId,
  });
  open.set(order.uuid, { side, level, buy });
  console.log(`${side === 'buy' ? 'Buys' : 'Sells'} at ${levelPrice(level)}.`);
}

const { log, head } = await client.events(undefined, 1);
for (const level of [1, 2]) {
  await place('buy', -level);
  await place('sell', level);
}

// On a play chain the market is walked up and down through the grid: a step once the one before is believed and everything that it crossed is filled, however long that takes.
let [market, way, fills] = [0, 0.5, 0];
const isCrossed = ({ side, level }) => (side === 'buy' ? level >= market : level <= market);
async function walk() {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
  while (fills < fillsMax) {
    if (Math.abs(market + way) > 2.5) way = -way;
    market += way;
    await play('prices', { token: '.stx', usd: levelPrice(market) });
    while (Number(await priceOf()) !== Number(levelPrice(market))) await soon();
    while (fills < fillsMax && [...open.values()].some(isCrossed)) await soon();
  }
}
const walking = isPlay ? walk() : undefined;

const over = new AbortController();
for await (const event of client.watch({ after: `${log}-${head}`, signal: over.signal })) {
  const filled = event.kind === 'completed' || event.kind === 'failed' ? open.get(event.order) : undefined;
  if (!filled) continue;
  if (event.kind === 'failed') {
    await place(filled.side, filled.level); // the market ran away from it
    open.delete(event.order);
    continue;
  }
  const order = await client.order(event.order);
  console.log(`${filled.side === 'buy' ? 'Bought' : 'Sold'} at level ${filled.level} for ${whole(filled.buy, order.amountOut)} ${filled.buy.symbol}.`);
  if (++fills === fillsMax) {
    open.delete(event.order);
    break;
  }
  await place(filled.side === 'buy' ? 'sell' : 'buy', filled.side === 'buy' ? filled.level + 1 : filled.level - 1);
  open.delete(event.order); // only now may the market move on
}
await walking;
if (isPlay) await play('prices', { token: '.stx', usd: null });
for (const uuid of open.keys()) await client.cancel(uuid).catch((refused) => console.log(`${uuid} is not cancelled: ${refused.message}`));
console.log(`${fills} fills; what was left is cancelled.`);
