// Keeps half of a wallet in STX and half in dollars, by what the service believes they are worth: node rebalance.mjs [ROUNDS] [PER_CENT]
// It sells what there is too much of as soon as the share is off by so many per cent. On a play chain the market is moved between the rounds, so that there is something to do.
import { play, start, units, whole } from './start.mjs';

const [rounds, allowed] = [Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 5)];
const { client, tokens, isPlay } = await start({ 'STX-subnet': 100, 'sUSDT-subnet': 100 });
const [stx, usd] = [tokens['STX-subnet'], tokens['sUSDT-subnet']];
// What this program moves is counted by it; a wallet that others move too is asked for its balances instead.
const held = { [stx.contractId]: BigInt(units(stx, 100)), [usd.contractId]: BigInt(units(usd, 100)) };
const one = 10n ** 18n;

// Prices as whole numbers of 10⁻¹⁸, worth in base units of dollars times 10⁻¹⁸: nothing of money is ever a float.
async function worth() {
  const prices = new Map((await client.prices()).map((price) => [price.tokenId, price.usdPriceExact]));
  const count = (text) => { const [left, right = ''] = text.split('.'); return BigInt(left + right.padEnd(18, '0').slice(0, 18)); };
  const of = (token) => (held[token.contractId] * count(prices.get(token.base ?? token.contractId))) / 10n ** BigInt(token.decimals);
  return { stx: of(stx), usd: of(usd), priceOf: (token) => count(prices.get(token.base ?? token.contractId)) };
}

async function moveMarket(round) {
  if (!isPlay) return new Promise((resolve) => setTimeout(resolve, 60_000));
  const usdPerStx = ['1.5', '0.6', '1'][round % 3];
  await play('prices', { token: '.stx', usd: usdPerStx });
  while ((await client.prices()).find((price) => price.tokenId === '.stx').usdPriceExact !== usdPerStx) await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(`STX is at ${usdPerStx} dollars.`);
}

for (let round = 0; round < rounds; round++) {
  await moveMarket(round);
  const now = await worth();
  const [rich, poor, more, less] = now.stx > now.usd ? [stx, usd, now.stx, now.usd] : [usd, stx, now.usd, now.stx];
  const excess = (more - less) / 2n;
  if (excess * 100n <= (more + less) * BigInt(allowed) / 2n) { console.log('The shares are even enough.'); continue; }
  const sold = (excess * 10n ** BigInt(rich.decimals)) / now.priceOf(rich);
  // Without a floor of its own it waits while the pools pay much less than the believed price; here they follow it. It buys the subnet's token, which it can sell again.
  const { uuid } = await client.place({ inputToken: rich.contractId, outputToken: poor.contractId, amountIn: sold.toString(), conditionToken: '*', targetPrice: '0', direction: 'gt' });
  const order = await client.settled(uuid, { status: 'confirmed' });
  held[rich.contractId] -= sold;
  held[poor.contractId] += BigInt(order.amountOut);
  console.log(`Sold ${whole(rich, sold)} ${rich.symbol} for ${whole(poor, order.amountOut)} ${poor.symbol}.`);
}
const end = await worth();
if (isPlay) await play('prices', { token: '.stx', usd: null }); // from here on it walks again
console.log(`${(end.stx * 100n) / (end.stx + end.usd)} % are STX, of ${(end.stx + end.usd) / one} dollars.`);
