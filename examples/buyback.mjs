// Buys a token back and burns it: node buyback.mjs [STX]
// It is paid to the address that nobody has a key of, so it is gone, and everybody can see that.
import { start, units, whole } from './start.mjs';

const amount = Number(process.argv[2] ?? 10);
const { client, tokens, network } = await start({ 'STX-subnet': amount });
const burnt = network.network === 'mainnet' ? 'SP000000000000000000002Q6VF78' : 'ST000000000000000000002AMW42H';
const [sell, buy] = [tokens['STX-subnet'], tokens.CHA];
const { uuid } = await client.place({
  inputToken: sell.contractId, outputToken: buy.contractId, amountIn: units(sell, amount), recipient: burnt, conditionToken: '*', targetPrice: '0', direction: 'gt', description: 'the buyback of this week',
});
const order = await client.settled(uuid, { status: 'confirmed' });
console.log(`Burnt ${whole(buy, order.amountOut)} ${buy.symbol} for ${amount} STX, transaction ${order.txid.slice(0, 12)}….`);
