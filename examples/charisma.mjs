// The calls that the Charisma DEX documents, in its own shapes and with its own contract ids, by plain HTTP: node charisma.mjs
// Its pages orders-new, orders-cancel, orders-execute and api-keys, one after the other. Only the signatures are made by the client's functions.
// They need a service that plays mainnet with that deployer's contracts: see docs/from-charisma.md.
import { KeySigner, newUuid, signIntent, signMessage } from '../clients/typescript/dist/index.js';

const url = process.env.URL ?? 'http://127.0.0.1:5080';
const deployer = 'SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS';
const router = `${deployer}.x-multihop-rc9`;
const signer = new KeySigner(KeySigner.generate(), 'mainnet');

async function call(method, path, { body, headers } = {}) {
  const answer = await fetch(`${url}${path}`, { method, headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${said.error}`);
  return said;
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const orders = '/api/v1/orders';

// orders-new: the body of that page. Without a condition it waits for a call.
async function place(condition = {}, headers = {}) {
  const order = {
    owner: signer.address, inputToken: `${deployer}.stx-token-subnet-v1`, outputToken: `${deployer}.charisma-token`, amountIn: '10000000', recipient: signer.address, uuid: newUuid(), ...condition,
  };
  const signature = await signIntent(signer, { uuid: order.uuid, inputToken: order.inputToken, amountIn: order.amountIn, router, chainId: 1 });
  return (await call('POST', `${orders}/new`, { body: { ...order, signature }, headers })).data;
}

async function confirmed(uuid) {
  for (;;) {
    const { data } = await call('GET', `${orders}/${uuid}`);
    if (data.status === 'confirmed') return data.amountOut;
    if (data.status === 'failed' || data.status === 'cancelled') throw new Error(`${uuid} is ${data.status}: ${data.failureReason}`);
    await wait(200);
  }
}

await call('POST', '/simulator/faucet', { body: { address: signer.address, token: `${deployer}.stx-token-subnet-v1`, amount: '100000000' } });

const waiting = await place({ targetPrice: '1000', direction: 'gt', conditionToken: `${deployer}.charisma-token`, validTo: new Date(Date.now() + 86_400_000).toISOString() });
console.log(`orders-new: the order is ${waiting.status}.`);

// orders-cancel: the signature is over the uuid alone, in the header that its page names.
const cancelled = await call('PATCH', `${orders}/${waiting.uuid}/cancel`, { headers: { authorization: `SIGNATURE 0x${await signMessage(signer, waiting.uuid)}` } });
console.log(`orders-cancel: the order is ${cancelled.data.status}.`);

// orders-execute: the same over another order, in the headers that its code reads.
const byCall = await place();
const { txid } = await call('POST', `${orders}/${byCall.uuid}/execute`, { headers: { 'x-signature': await signMessage(signer, byCall.uuid), 'x-public-key': signer.publicKey } });
console.log(`orders-execute: transaction ${txid.slice(0, 12)}…, ${BigInt(await confirmed(byCall.uuid)) > 0n ? 'paid' : 'not paid'}.`);

// api-keys: made by a signed message in the body, listed by one in headers, used, and ended.
const signed = async (asked) => {
  const message = JSON.stringify({ ...asked, timestamp: Date.now() });
  return { message, signature: await signMessage(signer, message), walletAddress: signer.address };
};
const inHeaders = async (asked) => {
  const { message, signature, walletAddress } = await signed(asked);
  return { headers: { 'X-Message': message, 'X-Signature': signature, 'X-Wallet-Address': walletAddress } };
};
const key = await call('POST', '/api/v1/api-keys', { body: await signed({ action: 'create_api_key', keyName: 'my bot', permissions: ['create', 'execute', 'cancel'] }) });
const withKey = { 'x-api-key': key.apiKey };
const one = await place({}, withKey);
await call('POST', `${orders}/${one.uuid}/execute`, { headers: withKey });
await confirmed(one.uuid);
const other = await place({}, withKey);
await call('PATCH', `${orders}/${other.uuid}/cancel`, { headers: withKey });
const { apiKeys } = await call('GET', '/api/v1/api-keys', await inHeaders({ action: 'list_api_keys' }));
const { apiKey } = await call('GET', `/api/v1/api-keys/${key.keyId}`, await inHeaders({ action: 'get_api_key_stats', keyId: key.keyId }));
console.log(`api-keys: ${apiKeys.length} key, ${apiKey.name}, with ${apiKey.permissions.join(', ')}.`);
const ended = await call('DELETE', `/api/v1/api-keys/${key.keyId}`, { body: await signed({ action: 'delete_api_key', keyId: key.keyId }) });
console.log(`api-keys: ${ended.message}`);
