// The operator's way from an empty key to a deployed router: the commands of docs/stacks.md, run against a devnet.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeContractDeploy } from '@stacks/transactions';
import { measured } from '../costs.mjs';
import { idOf, orderRouterId } from '../lib/venue.mjs';
import { named, startDevnet } from './support/devnet.mjs';
import { callTx, saleArgs, transferTx } from './support/wallet.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/stacks.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'router-'));
let devnet;
before(async () => { devnet = await startDevnet(); });
after(() => {
  devnet.stop();
  rmSync(folder, { recursive: true });
});

// Every shell block under the heading, a command a line, with the page's placeholders filled in.
function commands() {
  const section = page.split('## The order router')[1].split('\n## ')[0];
  return [...section.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => block.trim().split('\n'));
}

async function run(command, values) {
  const filled = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), command);
  const { stdout } = await promisify(execFile)('sh', ['-c', filled], { cwd: root });
  return stdout.trim();
}

test('every command of the page works, from an empty key to a contract that swaps', async () => {
  const lines = commands();
  const is = (word) => (line) => line.includes(word);
  assert.deepEqual(lines.map((line) => ['openssl', ' address ', ' deploy ', ' check ', 'costs.mjs'].find((word) => line.includes(word))), ['openssl', ' address ', ' deploy ', ' check ', 'costs.mjs']);
  const values = { 'deployer.key': join(folder, 'deployer.key'), 'https://api.testnet.hiro.so': devnet.base };

  await run(lines.find(is('openssl')), values);
  const address = await run(lines.find(is(' address ')), values);
  assert.match(address, /^ST[0-9A-Z]+$/);
  const deploying = `${lines.find(is(' deploy '))} --poll-ms 50`;
  await assert.rejects(run(deploying, values), /holds 0 micro-STX/, 'a key without STX is told so');

  await devnet.broadcast(await transferTx(named('solver-1'), address, 1_000_000n, { nonce: 0 }));
  await devnet.mine();
  await devnet.control('auto', { blockMs: 50 });
  const deployed = await run(deploying, values);
  await devnet.control('auto', { blockMs: 0 });
  assert.match(deployed, new RegExp(`${address}\\.order-router is contracts/order-router.clar, byte for byte`));
  values.ADDRESS = address;
  assert.match(await run(lines.find(is(' check ')), values), /byte for byte/);
  await assert.rejects(run(lines.find(is(' check ')), { ...values, [`${address}.order-router`]: idOf('x-multihop-rc9') }), /is another contract/);

  const held = await devnet.balance(named('wallet-9').address, idOf('charisma-token'));
  const sale = { amount: 1_000_000n, from: 'wstx', hops: [['charisma-wstx-pool', '01']], to: named('wallet-9').address, out: 'charisma-token', minOut: 1n };
  const tx = await callTx(named('wallet-1'), 'order-router', 'swap-1', saleArgs(sale), { nonce: 0, contractAddress: address });
  assert.equal((await devnet.broadcast(tx)).status, 200);
  await devnet.mine();
  assert.equal((await devnet.tx(tx)).tx_status, 'success');
  assert.ok(await devnet.balance(named('wallet-9').address, idOf('charisma-token')) > held);

  await devnet.control('reorg', { blocks: 1 });
  await devnet.mine();
  assert.equal((await devnet.tx(tx)).tx_status, 'success', 'the deployed contract is there again');
});

test('what is not deployed is no match, a name is taken once, and a contract that does not check is not deployed', async () => {
  await assert.rejects(run('node tests/devnet/order-router.mjs check ST000000000000000000002AMW42H.order-router --node NODE', { NODE: devnet.base }), /is not deployed/);
  const { functions } = await devnet.get(`/v2/contracts/interface/${orderRouterId.replace('.', '/')}`);
  assert.deepEqual(functions.filter(({ access }) => access === 'public').map(({ name }) => name).sort(), ['noop', 'swap-1', 'swap-2', 'swap-3', 'swap-4', 'swap-5']);

  const deploy = async (contractName, codeBody) => {
    const { address, privateKey } = named('deployer');
    const tx = await makeContractDeploy({ contractName, codeBody, clarityVersion: 3, senderKey: privateKey, network: 'testnet', nonce: await devnet.nonce({ address }), fee: 3000 });
    return { txid: tx.txid(), hex: tx.serialize() };
  };
  const { status, body } = await devnet.broadcast(await deploy('order-router', '(define-public (noop) (ok true))'));
  assert.deepEqual([status, body.reason], [400, 'ContractAlreadyExists']);
  const broken = await deploy('broken', '(define-public (noop) (ok nothing))');
  assert.equal((await devnet.broadcast(broken)).status, 200);
  await devnet.mine();
  assert.equal((await devnet.tx(broken)).tx_status, 'abort_by_response');
  assert.equal((await devnet.json(`/v2/contracts/source/${idOf('broken').replace('.', '/')}`)).status, 404);
});

test('the costs on the page are those that are measured', () => {
  for (const { fn, read_count, read_length, write_count, write_length, runtime, share } of measured()) {
    const row = `| \`${fn}\` | ${read_count} | ${read_length} | ${write_count} | ${write_length} | ${runtime} | ${(100 * share).toFixed(2)} % |`;
    assert.ok(page.includes(row), `docs/stacks.md lacks ${row}`);
  }
});
