import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cl } from '@stacks/transactions';
import { deployer } from '../lib/accounts.mjs';
import { idOf, pools, verifierId } from '../lib/venue.mjs';
import { named, startDevnet } from './support/devnet.mjs';
import { callTx, swapTx, transferTx } from './support/wallet.mjs';

const CHA = idOf('charisma-token-subnet-v1');
const owner = named('wallet-1');
const to = named('wallet-9').address;
const swap = (more = {}) => ({
  owner, amount: 1_000_000n, from: 'charisma-token-subnet-v1', to, hops: [['charisma-sublink', '06'], ['charisma-usdc-pool', '00']], out: 'susdc-token', ...more,
});
let devnet;
before(async () => { devnet = await startDevnet(); });
after(() => devnet.stop());

async function send(sender, nonce, more, options = {}) {
  const tx = await swapTx(named(sender), swap(more), { nonce, ...options });
  assert.equal((await devnet.broadcast(tx)).status, 200);
  return tx;
}
const vaults = async () => (await devnet.get('/api/v1/vaults')).data;
const worldOf = async () => JSON.stringify([await vaults(), await Promise.all([owner.address, to, named('solver-3').address].map((who) => devnet.get(`/devnet/balances/${who}`)))]);

test('a gap waits, and everything behind it', async () => {
  const [third, first] = [await send('solver-1', 2), await send('solver-1', 0)];
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(first)).tx_status, (await devnet.tx(third)).tx_status], ['success', 'pending']);
  const nonces = await devnet.get(`/extended/v1/address/${named('solver-1').address}/nonces`);
  assert.deepEqual(nonces, { last_mempool_tx_nonce: 2, last_executed_tx_nonce: 0, possible_next_nonce: 3, detected_missing_nonces: [1], detected_mempool_nonces: [2] });
  const second = await send('solver-1', 1);
  await devnet.mine();
  const [a, b] = [await devnet.tx(second), await devnet.tx(third)];
  assert.deepEqual([a.tx_status, b.tx_status, a.block_height, a.tx_index, b.tx_index], ['success', 'success', b.block_height, 0, 1]);
});

test('the best fee goes first', async () => {
  const [cheap, dear] = [await send('solver-4', 0, {}, { fee: 2000 }), await send('solver-5', 0, {}, { fee: 9000 })];
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(dear)).tx_index, (await devnet.tx(cheap)).tx_index], [0, 1]);
});

test('a reorganisation takes everything back and mines it again', async () => {
  const before = await worldOf();
  const first = await send('solver-3', 0);
  const { height } = await devnet.mine();
  const second = await send('solver-3', 1, { amount: 5_000_000n });
  await devnet.mine();
  const after = await worldOf();
  const { orphaned, waiting } = await devnet.control('reorg', { blocks: 2 });
  assert.deepEqual(orphaned, [first.txid, second.txid]);
  assert.deepEqual(waiting, orphaned);
  assert.equal(await worldOf(), before, 'nothing of the orphaned blocks remains');
  assert.equal(await devnet.nonce(named('solver-3')), 0);
  const orphan = await devnet.tx(first);
  assert.equal((await devnet.get('/v2/info')).stacks_tip_height, height - 1);
  assert.deepEqual([orphan.canonical, orphan.tx_status], [false, 'success']);
  await devnet.mine();
  assert.equal(await worldOf(), after, 'both are mined again');
  assert.deepEqual([(await devnet.tx(second)).canonical, (await devnet.tx(second)).tx_status], [true, 'success']);
});

test('a dropped orphan leaves a gap until it is broadcast again', async () => {
  const [first, second] = [await send('solver-6', 0), await send('solver-6', 1)];
  await devnet.mine();
  const { waiting } = await devnet.control('reorg', { blocks: 1, drop: [first.txid] });
  assert.deepEqual(waiting, [second.txid]);
  await devnet.mine();
  assert.equal((await devnet.tx(second)).canonical, false);
  assert.equal((await devnet.get('/devnet/ledger')).filter(({ txid }) => txid === first.txid).length, 0);
  assert.equal((await devnet.broadcast(first)).status, 200);
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(first)).tx_status, (await devnet.tx(second)).tx_status], ['success', 'success']);
});

test('what a control gave survives a reorganisation', async () => {
  await devnet.mine();
  const held = await devnet.balance(to, CHA);
  await devnet.control('faucet', { address: to, stx: 7, tokens: { [CHA]: '500', [idOf('welsh-token')]: 9, [idOf('wstx')]: 3 } });
  await devnet.mine();
  await devnet.control('reorg', { blocks: 1 });
  assert.equal(await devnet.balance(to, CHA), held + 500n);
});

test('receipts can lag behind the chain', async () => {
  await devnet.control('receipts', { lagBlocks: 2 });
  const tx = await send('solver-7', 0);
  await devnet.mine(2);
  assert.equal((await devnet.tx(tx)).tx_status, 'pending');
  assert.equal(await devnet.nonce(named('solver-7')), 1, 'the node itself knows');
  await devnet.mine();
  assert.equal((await devnet.tx(tx)).tx_status, 'success');
  await devnet.control('receipts', { lagBlocks: 0 });
});

test('a pool can be moved both ways, and vaults show it', async () => {
  for (const [reserveA, reserveB] of [[9_000_000n, 4_000_000n], [pools[1].reserveA, pools[1].reserveB]]) {
    await devnet.control('pool', { vault: idOf('charisma-usdc-pool'), reserveA: String(reserveA), reserveB: String(reserveB) });
    const shown = (await vaults()).find(({ contractName }) => contractName === 'charisma-usdc-pool');
    assert.deepEqual([shown.reservesA, shown.reservesB], [Number(reserveA), Number(reserveB)]);
  }
  await devnet.control('pool', { vault: 'charisma-wstx-pool', reserveB: '2000000000000' });
});

test('a quote is what the swap then gives', async () => {
  const [address, name] = idOf('charisma-usdc-pool').split('.');
  const args = [Cl.uint(1_000_000), Cl.some(Cl.bufferFromHex('00'.repeat(16)))].map((arg) => `0x${Cl.serialize(arg)}`);
  const { body } = await devnet.post(`/v2/contracts/call-read/${address}/${name}/quote`, { sender: to, arguments: args });
  assert.equal(body.okay, true);
  const quoted = Cl.deserialize(body.result).value.value.dy.value;
  const tx = await send('solver-8', 0);
  await devnet.mine();
  assert.equal((await devnet.get('/devnet/ledger')).find(({ txid }) => txid === tx.txid).amountOut, String(quoted));
});

test('only read-only functions can be read', async () => {
  const [address, name] = verifierId.split('.');
  const read = async (fn, args = []) => (await devnet.post(`/v2/contracts/call-read/${address}/${name}/${fn}`, { sender: to, arguments: args })).body;
  assert.deepEqual(await read('check', [`0x${Cl.serialize(Cl.stringAscii('none'))}`]), { okay: true, result: '0x04' });
  assert.equal((await read('execute')).okay, false);
  assert.equal((await read('nothing')).okay, false);
});

test('prices follow the pin, and subnets their base', async () => {
  const price = async (token) => (await devnet.get(`/api/v1/prices?token=${token}&limit=1`)).data[0]?.usdPrice;
  const base = idOf('charisma-token');
  assert.equal(await price(CHA), 0.02);
  await devnet.control('price', { token: base, usd: 0.05 });
  assert.deepEqual([await price(base), await price(CHA)], [0.05, 0.05]);
  await devnet.control('price', { token: base, usd: null });
  assert.equal(await price(CHA), undefined);
  await devnet.control('price', { token: base });
  assert.equal(await price(CHA), 0.02);
});

test('two sources say the same, unless one is made to lie', async () => {
  const base = idOf('charisma-token');
  const rate = async (token) => (await devnet.get('/api/v1/rates')).rates.find(({ id }) => id === token)?.usd;
  const price = async (token) => (await devnet.get(`/api/v1/prices?token=${token}&limit=1`)).data[0]?.usdPrice;
  await devnet.control('price', { token: base, usd: 0.2, source: 'prices' });
  assert.deepEqual([await price(CHA), await rate(CHA)], [0.2, 0.02]);
  await devnet.control('price', { token: base, usd: null, source: 'rates' });
  assert.equal(await rate(CHA), undefined);
  await devnet.control('price', { token: base });
  assert.deepEqual([await price(CHA), await rate(CHA)], [0.02, 0.02]);
});

test('post-conditions of other calls are judged too, and taken back', async () => {
  const sender = named('wallet-3');
  const held = await devnet.balance(sender.address, CHA);
  const args = [Cl.uint(1000), Cl.none()];
  const withdraw = async (options) => {
    const tx = await callTx(sender, 'charisma-token-subnet-v1', 'withdraw', args, { nonce: await devnet.nonce(sender), ...options });
    assert.equal((await devnet.broadcast(tx)).status, 200);
    await devnet.mine();
    return (await devnet.tx(tx)).tx_status;
  };
  assert.equal(await withdraw({ postConditionMode: 2 }), 'abort_by_post_condition');
  assert.equal(await devnet.balance(sender.address, CHA), held);
  assert.equal(await withdraw({ postConditionMode: 1 }), 'success');
  assert.equal(await devnet.balance(sender.address, CHA), held - 1000n);
});

test('an STX transfer and its fee are really paid', async () => {
  const sender = named('wallet-4');
  const stx = async (who) => BigInt((await devnet.get(`/v2/accounts/${who}?proof=0`)).balance);
  const [mine, theirs] = [await stx(sender.address), await stx(deployer.address)];
  const tx = await transferTx(sender, deployer.address, 1000n, { nonce: 0 });
  await devnet.broadcast(tx);
  await devnet.mine();
  assert.equal((await devnet.tx(tx)).token_transfer.amount, '1000');
  assert.deepEqual([await stx(sender.address), await stx(deployer.address)], [mine - 1300n, theirs + 1000n]);
});

test('blocks come by themselves when asked, also while requests do', async () => {
  const { stacks_tip_height } = await devnet.get('/v2/info');
  await devnet.control('auto', { blockMs: 20 });
  const tx = await send('solver-9', 0);
  while ((await devnet.tx(tx)).tx_status === 'pending') await new Promise((resolve) => { setTimeout(resolve, 10); });
  await devnet.control('auto', { blockMs: 0 });
  assert.ok((await devnet.get('/extended/v1/block?limit=1')).results[0].height > stacks_tip_height);
});
