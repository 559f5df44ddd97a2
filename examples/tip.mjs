// Tips a creator 10 STX worth of a token, or nothing at all: node tip.mjs [CREATOR]
// The creator is told a least amount, which the chain holds: a swap that would pay less does not happen.
import { start, units, whole } from './start.mjs';

const { client, tokens } = await start({ 'STX-subnet': 10 });
const creator = process.argv[2] ?? 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7';
const [sell, buy] = [tokens['STX-subnet'], tokens.CHA];
const quote = await client.quote({ tokenIn: sell.contractId, tokenOut: buy.contractId, amount: units(sell, 10) });
const least = (BigInt(quote.amountOut) * 97n) / 100n;
console.log(`The tip is at least ${whole(buy, least)} ${buy.symbol}.`);
const { uuid } = await client.place({
  inputToken: sell.contractId, outputToken: buy.contractId, amountIn: units(sell, 10), recipient: creator, minAmountOut: least.toString(), conditionToken: '*', targetPrice: '0', direction: 'gt',
  validTo: new Date(Date.now() + 3_600_000).toISOString(), description: 'for the song of the week',
});
const order = await client.settled(uuid, { status: 'confirmed' });
if (BigInt(order.amountOut) < least) throw new Error(`${order.amountOut} is less than was promised`);
console.log(`Tipped ${creator} with ${whole(buy, order.amountOut)} ${buy.symbol}.`);
