// Buys a reward token with 10 STX, in parts at an interval: node dca.mjs [PARTS] [SECONDS]
// All parts are signed now, so the program may end: the service keeps the times. This one stays to say what came of it.
import { start, units, whole } from './start.mjs';

const [parts, seconds] = [Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 60)];
const { client, tokens, now } = await start({ 'STX-subnet': 10 });
const [sell, buy] = [tokens['STX-subnet'], tokens.CHA];
const strategyId = `dca-${Date.now()}`;
const share = BigInt(units(sell, 10)) / BigInt(parts);

const [orders, begin] = [[], await now()];
for (let part = 0; part < parts; part++) {
  const amountIn = part === parts - 1 ? BigInt(units(sell, 10)) - share * BigInt(parts - 1) : share;
  orders.push(await client.place({
    inputToken: sell.contractId, outputToken: buy.contractId, amountIn: amountIn.toString(), conditionToken: '*', targetPrice: '0', direction: 'gt',
    validFrom: new Date(begin + part * seconds * 1000).toISOString(), strategyId, strategyType: 'dca', strategyPosition: part + 1, strategySize: parts,
  }));
}
console.log(`Placed ${parts} parts of ${strategyId}.`);

let [spent, got] = [0n, 0n];
for (const { uuid } of orders) {
  const order = await client.settled(uuid);
  if (order.status !== 'confirmed') { console.log(`Part ${uuid} ended as ${order.status}: ${order.failureReason ?? order.cancelReason}.`); continue; }
  [spent, got] = [spent + BigInt(order.amountIn), got + BigInt(order.amountOut)];
  console.log(`Bought ${whole(buy, order.amountOut)} ${buy.symbol}.`);
}
console.log(`Spent ${whole(sell, spent)} ${sell.symbol} for ${whole(buy, got)} ${buy.symbol}.`);
