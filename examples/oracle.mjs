// An order that waits for what only this program knows: node oracle.mjs
// It has no condition, so only a call swaps it. Here the call comes when one token is cheap against another; yours may wait for a game, a vote or a thermometer.
import { start, units, whole } from './start.mjs';

const { client, tokens } = await start({ 'STX-subnet': 10 });
const order = await client.place({ inputToken: tokens['STX-subnet'].contractId, outputToken: tokens.CHA.contractId, amountIn: units(tokens['STX-subnet'], 10), description: 'fired by an oracle of my own' });
console.log(`Order ${order.uuid} waits for the oracle.`);

async function isTime() {
  const prices = new Map((await client.prices()).map((price) => [price.tokenId, Number(price.usdPriceExact)]));
  return prices.get(tokens.CHA.contractId) / prices.get('.stx') < 0.5;
}

while (!(await isTime())) await new Promise((resolve) => setTimeout(resolve, 1000));
const txid = await client.execute(order.uuid);
console.log(`It is time: transaction ${txid.slice(0, 12)}…`);
const { status, amountOut } = await client.settled(order.uuid);
console.log(`The order is ${status}: ${whole(tokens.CHA, amountOut)} CHA.`);
