import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { named, startDevnet } from './support/devnet.mjs';
import { transferTx } from './support/wallet.mjs';

const sender = named('solver-1');
let devnet;
before(async () => { devnet = await startDevnet('--seed', '7'); });
after(() => devnet.stop());
afterEach(() => devnet.json('/devnet/faults', { method: 'DELETE' }));

const faults = (...rules) => devnet.control('faults', rules);
const next = async () => transferTx(sender, named('solver-2').address, 1n, { nonce: await devnet.nonce(sender) });
const statusOf = async (tx) => (await devnet.tx(tx)).tx_status;
// The limit ends a test that hangs, and judges nothing.
const until = async (isSo) => {
  for (const since = performance.now(); !await isSo();) {
    assert.ok(performance.now() - since < 300_000, 'not so within five minutes');
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
};

test('drop answers well and forgets', async () => {
  await faults({ match: 'broadcast', kind: 'drop', count: 1 });
  const tx = await next();
  assert.deepEqual(await devnet.broadcast(tx), { status: 200, body: tx.txid });
  assert.equal(await statusOf(tx), undefined);
  await devnet.broadcast(tx);
  assert.equal(await statusOf(tx), 'pending', 'the rule counts');
});

test('reject says what it is told', async () => {
  await faults({ match: 'broadcast', kind: 'reject', reason: 'TemporarilyBlacklisted' });
  const { status, body } = await devnet.broadcast(await next());
  assert.deepEqual([status, body.reason], [400, 'TemporarilyBlacklisted']);
});

test('error, delay and timeout strike the endpoints they name', async () => {
  await faults({ match: 'accounts', kind: 'error', status: 503 }, { match: 'info', kind: 'delay', ms: 150 }, { match: 'fees', kind: 'timeout', ms: 100 });
  assert.equal((await devnet.json(`/v2/accounts/${sender.address}`)).status, 503);
  const started = performance.now();
  await devnet.get('/v2/info');
  assert.ok(performance.now() - started >= 145);
  assert.equal(await devnet.get('/v2/fees/transfer'), 1);
  assert.equal((await devnet.json('/api/v1/vaults')).status, 200);
});

test('a timeout takes the transaction and never answers', async () => {
  await devnet.mine(); // what waits has these bytes
  await faults({ match: 'broadcast', kind: 'timeout' });
  const tx = await next();
  const answer = fetch(`${devnet.base}/v2/transactions`, { method: 'POST', body: Buffer.from(tx.hex, 'hex'), signal: AbortSignal.timeout(200) });
  await assert.rejects(answer, { name: 'TimeoutError' });
  await devnet.mine();
  assert.equal(await statusOf(tx), 'success');
});

test('lose evicts, and the same bytes can come again', async () => {
  await faults({ match: 'broadcast', kind: 'lose', count: 1 });
  const tx = await next();
  await devnet.broadcast(tx);
  await until(async () => (await statusOf(tx)) !== 'pending');
  assert.equal(await statusOf(tx), 'dropped_stale_garbage_collect');
  await devnet.broadcast(tx);
  await devnet.mine();
  assert.equal(await statusOf(tx), 'success');
});

test('duplicate is one transaction all the same', async () => {
  await faults({ match: 'broadcast', kind: 'duplicate' });
  const tx = await next();
  assert.equal((await devnet.broadcast(tx)).status, 200);
  const { mined } = await devnet.mine();
  assert.deepEqual(mined, [{ txid: tx.txid, status: 'success' }]);
});

test('the seed decides how often', async () => {
  await faults({ match: 'info', kind: 'error', probability: 0.5 });
  const answers = [];
  for (let i = 0; i < 40; i += 1) answers.push((await devnet.json('/v2/info')).status);
  const failed = answers.filter((status) => status === 500).length;
  assert.ok(failed > 8 && failed < 32, `${failed} of 40`);
});

test('a malformed rule is refused', async () => {
  assert.equal((await devnet.post('/devnet/faults', [{ match: 'tx', kind: 'drop' }])).status, 400);
  assert.equal((await devnet.post('/devnet/faults', [{ match: 'moon', kind: 'delay' }])).status, 400);
});

test('away is away for all but the controls', async () => {
  await devnet.control('away', { ms: 60_000 });
  await assert.rejects(fetch(`${devnet.base}/v2/info`));
  assert.equal(typeof (await devnet.get('/devnet/status')).height, 'number');
  await devnet.control('away', { ms: 20 });
  await until(async () => (await fetch(`${devnet.base}/v2/info`).catch(() => undefined))?.status === 200);
});

test('it ends with its standard input', async () => {
  const other = await startDevnet();
  other.stop();
  assert.equal(await other.exited, 0);
});
