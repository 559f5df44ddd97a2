// Rewards a player of a game: node game.mjs [PLAYER]
// The order is placed when the quest begins and waits for a call; the game makes the call when the quest is done, and the player is paid. Until then the owner can take it back.
import { start, units, whole } from './start.mjs';

const { client, tokens } = await start({ 'STX-subnet': 10 });
const player = process.argv[2] ?? 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7';
const quest = await client.place({
  inputToken: tokens['STX-subnet'].contractId, outputToken: tokens.CHA.contractId, amountIn: units(tokens['STX-subnet'], 10), recipient: player, description: 'the dragon of level 3', metadata: { level: 3 },
});
console.log(`The quest begins: 10 STX are promised to ${player}.`);

const dragon = { life: 3 };
while (dragon.life > 0) {
  dragon.life -= 1;
  console.log(dragon.life > 0 ? 'The dragon is hit.' : 'The dragon is beaten.');
}

await client.execute(quest.uuid, true); // it is tried again by itself, should the pools have moved
const order = await client.settled(quest.uuid, { status: 'confirmed' });
console.log(`The player is paid ${whole(tokens.CHA, order.amountOut)} CHA in block ${order.blockHeight}.`);
