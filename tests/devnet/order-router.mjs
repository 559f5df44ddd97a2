// Deploys contracts/order-router.clar with a key, or checks that what is deployed is that file. Node.js 20 and `npm ci` in this folder.
//   node order-router.mjs address --network testnet --key-file deployer.key
//   node order-router.mjs deploy  --network testnet --key-file deployer.key --node https://… [--fee microSTX] [--name order-router]
//   node order-router.mjs check   ADDRESS.order-router --node https://…
// The key file holds 64 hex digits (or 66, ending in 01) and should be readable by nobody else.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { getAddressFromPrivateKey, makeContractDeploy, PostConditionMode } from '@stacks/transactions';

const CLARITY = 3;
const FEE_PER_BYTE = 2;
const WAITS_MAX = 120;
const source = readFileSync(new URL('../../contracts/order-router.clar', import.meta.url), 'utf8');
const { positionals: [verb, contract], values: { network, 'key-file': keyFile, node, fee, name, 'poll-ms': pollMs } } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'testnet' }, 'key-file': { type: 'string' }, node: { type: 'string' }, fee: { type: 'string' },
    name: { type: 'string', default: 'order-router' }, 'poll-ms': { type: 'string', default: '5000' },
  },
});

function fail(why) {
  console.error(why);
  process.exit(1);
}

async function ask(path, init) {
  if (!node) fail('--node is missing: the address of a Stacks node with its API.');
  const response = await fetch(new URL(path, node), init);
  return { status: response.status, body: await response.json() };
}

function keyOf() {
  if (!keyFile) fail('--key-file is missing.');
  if (statSync(keyFile).mode & 0o077) fail(`${keyFile} can be read by others: chmod 600 ${keyFile}`);
  const key = readFileSync(keyFile, 'utf8').trim();
  if (!/^[0-9a-f]{64}(01)?$/i.test(key)) fail(`${keyFile} holds no key of 64 hex digits.`);
  return key.length === 64 ? `${key}01` : key;
}

async function check(id) {
  const [address, deployed] = (id ?? '').split('.');
  if (!deployed) fail('Which contract? ADDRESS.order-router');
  const { status, body } = await ask(`/v2/contracts/source/${address}/${deployed}`);
  if (status !== 200) fail(`${id} is not deployed there.`);
  if (body.source !== source) fail(`${id} is another contract than contracts/order-router.clar.`);
  console.log(`${id} is contracts/order-router.clar, byte for byte.`);
}

async function deploy() {
  const senderKey = keyOf();
  const address = getAddressFromPrivateKey(senderKey, network);
  const { body: account } = await ask(`/v2/accounts/${address}?proof=0`);
  const cost = BigInt(fee ?? FEE_PER_BYTE * Buffer.byteLength(source) + 1000);
  if (BigInt(account.balance) < cost) fail(`${address} holds ${BigInt(account.balance)} micro-STX; deploying costs ${cost}.`);
  const transaction = await makeContractDeploy({
    contractName: name, codeBody: source, clarityVersion: CLARITY, senderKey, network, nonce: account.nonce, fee: cost,
    postConditionMode: PostConditionMode.Deny, postConditions: [],
  });
  const { status, body } = await ask('/v2/transactions', {
    method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: transaction.serializeBytes(),
  });
  if (status !== 200) fail(`The node refused it: ${body.reason ?? JSON.stringify(body)}`);
  console.log(`${body} deploys ${address}.${name} for ${cost} micro-STX …`);
  for (let waits = 0; waits < WAITS_MAX; waits += 1) {
    const { body: found } = await ask(`/extended/v1/tx/0x${transaction.txid()}`);
    if (found.tx_status === 'success') return check(`${address}.${name}`);
    if (found.tx_status && found.tx_status !== 'pending') fail(`It came to ${found.tx_status}.`);
    await sleep(Number(pollMs));
  }
  return fail('It is not mined yet. Check later.');
}

switch (verb) {
  case 'address': console.log(getAddressFromPrivateKey(keyOf(), network)); break;
  case 'deploy': await deploy(); break;
  case 'check': await check(contract); break;
  default: fail('node order-router.mjs address | deploy | check');
}
