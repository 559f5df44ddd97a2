import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Pc, PostConditionMode } from '@stacks/transactions';
import { idOf, routerId } from '../lib/venue.mjs';
import { named, startDevnet } from './support/devnet.mjs';
import { swapTx } from './support/wallet.mjs';

const CHA = 'charisma-token-subnet-v1';
const amount = 1_000_000n;
const recipient = named('wallet-9').address;
let devnet;
before(async () => { devnet = await startDevnet(); });
after(() => devnet.stop());

const swapOf = (hops, out, more = {}) => ({ owner: named('wallet-1'), amount, from: CHA, hops, to: recipient, out, ...more });
const toUsdc = (more) => swapOf([['charisma-sublink', '06'], ['charisma-usdc-pool', '00']], 'susdc-token', more);
async function mined(solver, swap, options = {}) {
  const tx = await swapTx(named(solver), swap, { nonce: await devnet.nonce(named(solver)), ...options });
  const answer = await devnet.broadcast(tx);
  assert.deepEqual(answer, { status: 200, body: tx.txid });
  assert.equal((await devnet.tx(tx)).tx_status, 'pending');
  await devnet.mine();
  return devnet.tx(tx);
}

const conditions = (usdcMin) => [
  Pc.principal(idOf(CHA)).willSendGte(amount).ft(idOf('charisma-token'), 'charisma'),
  Pc.principal(routerId).willSendLte(amount).ft(idOf('charisma-token'), 'charisma'),
  Pc.principal(idOf('charisma-usdc-pool')).willSendGte(usdcMin).ft(idOf('susdc-token'), 'usdc'),
  Pc.principal(routerId).willSendGte(usdcMin).ft(idOf('susdc-token'), 'usdc'),
];

for (const [name, hops, out] of [
  ['x-swap-1', [['charisma-sublink', '06']], 'charisma-token'],
  ['x-swap-2', [['charisma-sublink', '06'], ['charisma-usdc-pool', '00']], 'susdc-token'],
  ['x-swap-3', [['charisma-sublink', '06'], ['charisma-welsh-pool', '00'], ['welsh-sublink', '05']], 'welsh-token-subnet-v1'],
  ['x-swap-5', [['charisma-sublink', '06'], ['charisma-welsh-pool', '00'], ['welsh-usdc-pool', '00'], ['charisma-usdc-pool', '01'], ['charisma-wstx-pool', '00']], 'wstx'],
]) {
  test(`${name} moves the owner's tokens and pays the recipient`, async () => {
    const owned = await devnet.balance(named('wallet-1').address, idOf(CHA));
    const held = await devnet.balance(recipient, idOf(out));
    const receipt = await mined('solver-1', swapOf(hops, out));
    assert.equal(receipt.tx_status, 'success');
    const entry = (await devnet.get('/devnet/ledger')).find(({ txid }) => `0x${txid}` === receipt.tx_id);
    assert.equal(await devnet.balance(named('wallet-1').address, idOf(CHA)), owned - amount);
    assert.equal(await devnet.balance(recipient, idOf(out)), held + BigInt(entry.amountOut));
    assert.deepEqual([entry.fn, entry.amountIn, entry.recipient, entry.outToken], [name, String(amount), recipient, idOf(out)]);
    assert.ok(BigInt(entry.amountOut) > 0n);
  });
}

test('a receipt looks like the API\'s', async () => {
  const receipt = await mined('solver-1', toUsdc());
  assert.match(receipt.tx_result.repr, /^\(ok \(list \(tuple \(dk u0\) \(dx u1000000\) \(dy u1000000\)\) \(tuple/);
  assert.equal(receipt.canonical, true);
  assert.equal(receipt.fee_rate, '3000');
  assert.equal(receipt.contract_call.function_args[0].name, 'in');
  assert.equal(receipt.event_count, receipt.events.length);
  const paid = receipt.events.filter(({ event_type }) => event_type === 'fungible_token_asset').at(-1);
  assert.deepEqual([paid.asset.asset_id, paid.asset.sender, paid.asset.recipient], [`${idOf('susdc-token')}::usdc`, routerId, recipient]);
  const { body } = await devnet.json(`/extended/v1/tx/multiple?tx_id=${receipt.tx_id}&tx_id=0x${'ab'.repeat(32)}`);
  assert.deepEqual(Object.values(body).map(({ found }) => found), [true, false]);
});

test('post-conditions that hold let the swap stand', async () => {
  const receipt = await mined('solver-2', toUsdc(), { postConditionMode: PostConditionMode.Deny, postConditions: conditions(19_000) });
  assert.equal(receipt.tx_status, 'success');
});

for (const [why, postConditions] of [
  ['a minimum that is not reached', conditions(20_000_000)],
  ['a transfer that nothing covers', conditions(19_000).slice(0, 3)],
]) {
  test(`${why} aborts and moves nothing but the fee`, async () => {
    const before = await devnet.get(`/devnet/balances/${named('wallet-1').address}`);
    const held = await devnet.balance(recipient, idOf('susdc-token'));
    const funds = BigInt((await devnet.get(`/devnet/balances/${named('solver-3').address}`)).stx);
    const uuid = randomUUID();
    const receipt = await mined('solver-3', toUsdc({ uuid }), { postConditionMode: PostConditionMode.Deny, postConditions });
    assert.equal(receipt.tx_status, 'abort_by_post_condition');
    assert.match(receipt.tx_result.repr, /^\(ok \(list/);
    assert.deepEqual(receipt.events, []);
    assert.deepEqual(await devnet.get(`/devnet/balances/${named('wallet-1').address}`), before);
    assert.equal(await devnet.balance(recipient, idOf('susdc-token')), held);
    assert.equal(BigInt((await devnet.get(`/devnet/balances/${named('solver-3').address}`)).stx), funds - 3000n);
    assert.deepEqual((await devnet.get('/devnet/uuids'))[uuid].successes, 0);
    assert.equal((await mined('solver-3', toUsdc({ uuid }))).tx_status, 'success', 'the intent can still be spent');
  });
}

test('a uuid is spent once', async () => {
  const uuid = randomUUID();
  assert.equal((await mined('solver-1', toUsdc({ uuid }))).tx_status, 'success');
  const replay = await mined('solver-4', toUsdc({ uuid }));
  assert.deepEqual([replay.tx_status, replay.tx_result.hex, replay.tx_result.repr], ['abort_by_response', '0x0809', '(err none)']);
  const used = (await devnet.get('/devnet/uuids'))[uuid];
  assert.deepEqual([used.successes, used.failures], [1, 1]);
});

test('an intent for more than the owner has aborts', async () => {
  assert.equal((await mined('solver-1', toUsdc({ amount: 10n ** 20n }))).tx_status, 'abort_by_response');
});

// After a violation swaps are foreseen before they are run; the devnet stops itself when one goes another way than foreseen.
test('what is foreseen of a swap is what it does', async () => {
  const impossible = [Pc.principal(routerId).willSendEq(1).ft(idOf('charisma-token'), 'charisma')];
  assert.equal((await mined('solver-5', toUsdc(), { postConditions: impossible })).tx_status, 'abort_by_post_condition');
  const held = [Pc.principal(routerId).willSendGte(0).ustx()];
  for (const swap of [
    swapOf([['charisma-sublink', '06']], 'charisma-token'),
    swapOf([['charisma-sublink', '06'], ['charisma-wstx-pool', '00']], 'wstx'),
    swapOf([['charisma-sublink', '06'], ['charisma-wstx-pool', '00'], ['charisma-wstx-pool', '01']], 'charisma-token'),
    swapOf([['charisma-sublink', '06'], ['charisma-usdc-pool-2', '00'], ['welsh-usdc-pool', '01'], ['welsh-sublink', '05']], 'welsh-token-subnet-v1'),
    swapOf([['welsh-sublink', '06'], ['charisma-welsh-pool', '01'], ['charisma-sublink', '05'], ['charisma-sublink', '06'], ['charisma-usdc-pool', '00000000']], 'susdc-token', { from: 'welsh-token-subnet-v1' }),
  ]) {
    assert.equal((await mined('solver-5', swap, { postConditions: held })).tx_status, 'success', JSON.stringify(swap.hops));
  }
  for (const hops of [[['charisma-sublink', '04']], [['charisma-sublink', '06'], ['charisma-usdc-pool', '04']], [['charisma-sublink', '06'], ['charisma-usdc-pool', '02']]]) {
    assert.equal((await mined('solver-5', swapOf(hops, 'charisma-token'), { postConditions: held })).tx_status, 'abort_by_response');
  }
});

test('Deny in the mode of the originator minds only the sender', async () => {
  const receipt = await mined('solver-6', toUsdc(), { postConditionMode: PostConditionMode.Originator });
  assert.equal(receipt.tx_status, 'success');
});

test('an owner can be paid natively, and the API sees the balances', async () => {
  const { stx, fungible_tokens } = await devnet.get(`/extended/v1/address/${recipient}/balances`);
  assert.ok(BigInt(stx.balance) > 1_000_000_000_000n);
  assert.ok(BigInt(fungible_tokens[`${idOf('susdc-token')}::usdc`].balance) > 0n);
  const { total, results } = await devnet.get(`/extended/v1/address/${named('solver-5').address}/transactions?limit=2`);
  assert.ok(total >= 9);
  assert.equal(results.length, 2);
});
