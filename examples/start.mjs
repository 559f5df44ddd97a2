// What every example begins with: a client, and on a play chain money for its key.
import { KeySigner, OrderServiceClient } from '../clients/typescript/dist/index.js';

const url = process.env.URL ?? 'http://127.0.0.1:5080';

/** The client, the tokens by their symbol, and whether the money is play money. KEY is the private key that signs; on a play chain a fresh one does. */
export async function start(funds = {}) {
  const network = await new OrderServiceClient({ baseUrl: url }).network();
  const isPlay = network.venue === 'simulated';
  if (!isPlay && !process.env.KEY) throw new Error('KEY must be the private key that signs');
  const signer = new KeySigner(process.env.KEY ?? KeySigner.generate(), network.network);
  const client = new OrderServiceClient({ baseUrl: url, signer, bindsTerms: true, ...(process.env.SERVICE ? { service: process.env.SERVICE } : {}) });
  const tokens = Object.fromEntries((await client.tokens()).map((token) => [token.symbol, token]));
  if (isPlay) for (const [symbol, whole] of Object.entries(funds)) await play('faucet', { address: signer.address, token: tokens[symbol].contractId, amount: units(tokens[symbol], whole) });
  return { client, signer, tokens, isPlay, network, now: isPlay ? playTime : async () => Date.now() };
}

// Time may run faster on a play chain: orders go by the engine's.
async function playTime() {
  const answer = await fetch(`${url}/simulator/clock`);
  if (!answer.ok) throw new Error(`clock: ${await answer.text()}`);
  return Date.parse((await answer.json()).time);
}

/** Whole tokens in base units, as text: nothing of money is ever a float. */
export function units(token, whole) {
  const [left, right = ''] = String(whole).split('.');
  if (right.length > token.decimals) throw new RangeError(`${token.symbol} has ${token.decimals} decimals`);
  return BigInt(left + right.padEnd(token.decimals, '0')).toString();
}

/** Base units as whole tokens. */
export function whole(token, amount) {
  const digits = BigInt(amount).toString().padStart(token.decimals + 1, '0');
  return `${digits.slice(0, digits.length - token.decimals)}.${digits.slice(digits.length - token.decimals)}`.replace(/\.?0+$/, '');
}

/** A call that only a play chain has. */
export async function play(what, body) {
  const answer = await fetch(`${url}/simulator/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`);
}
