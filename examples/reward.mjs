// Pays somebody else what an order buys: node reward.mjs [ADDRESS]
// A reward to a player, a tip to a creator; and without an address a buyback, paid to the address that nobody has a key of, which burns it.
import { start, units, whole } from './start.mjs';

const { client, tokens, network } = await start({ 'STX-subnet': 10 });
const burnt = network.network === 'mainnet' ? 'SP000000000000000000002Q6VF78' : 'ST000000000000000000002AMW42H';
const recipient = process.argv[2] ?? burnt;
const { uuid } = await client.place({
  inputToken: tokens['STX-subnet'].contractId, outputToken: tokens.CHA.contractId, amountIn: units(tokens['STX-subnet'], 10), recipient, conditionToken: '*', targetPrice: '0', direction: 'gt',
});
const order = await client.settled(uuid);
if (order.status !== 'confirmed') throw new Error(`the order ended as ${order.status}`);
console.log(`${recipient === burnt ? 'Burnt' : `Paid ${recipient}`} ${whole(tokens.CHA, order.amountOut)} CHA for 10 STX.`);
