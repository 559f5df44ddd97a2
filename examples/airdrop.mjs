// Drops a token on many addresses: node airdrop.mjs [FILE]
// One order for each address, all stored by one call and executed by another. FILE has an address a line; without it five fresh ones are made.
import { readFileSync } from 'node:fs';
import { KeySigner } from '../clients/typescript/dist/index.js';
import { start, units, whole } from './start.mjs';

const { client, tokens, network } = await start({ 'STX-subnet': 100 });
const file = process.argv[2];
const addresses = file ? readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line) : Array.from({ length: 5 }, () => new KeySigner(KeySigner.generate(), network.network).address);
const [sell, buy] = [tokens['STX-subnet'], tokens.CHA];
const strategyId = `airdrop-${Date.now()}`;

const placed = await client.placeMany(addresses.map((recipient, nth) => ({
  inputToken: sell.contractId, outputToken: buy.contractId, amountIn: units(sell, 1), recipient, strategyId, strategyPosition: nth + 1, strategySize: addresses.length,
})), true);
console.log(`Placed ${placed.length} orders of ${strategyId}.`);

// Where more are asked for than may be in flight at once, the others keep their turn: what counts is how each ended.
const sent = await client.executeMany(placed.map((item) => item.uuid), true);
for (const item of sent) if (!item.ok && item.refusal.code !== 'solvers_busy') console.log(`${item.uuid}: ${item.refusal.error}`);

let dropped = 0n;
for (const { uuid, order: { recipient } } of placed) {
  const order = await client.settled(uuid, { status: 'confirmed' });
  dropped += BigInt(order.amountOut);
  console.log(`${recipient} has ${whole(buy, order.amountOut)} ${buy.symbol}.`);
}
console.log(`Dropped ${whole(buy, dropped)} ${buy.symbol} on ${placed.length} addresses.`);
