// Sponsored transactions, taken as a node takes them: the origin and the sponsor each use a nonce, and the sponsor pays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pc, PostConditionMode } from '@stacks/transactions';
import { idOf, orderRouterId } from '../lib/venue.mjs';
import { named, startDevnet } from './support/devnet.mjs';
import { sponsoredCall, sponsoredSale, sponsoredTransfer, transferTx } from './support/wallet.mjs';

const STX_SOLD = 2_000_000n;
const origin = named('wallet-1');
const payer = named('solver-1');
const recipient = named('wallet-9').address;
const sale = {
  amount: STX_SOLD, from: 'wstx', hops: [['charisma-wstx-pool', '01'], ['charisma-usdc-pool', '00']], to: recipient, out: 'susdc-token', minOut: 1_000_000n,
};
let devnet;
before(async () => { devnet = await startDevnet(); });
after(() => devnet.stop());

const stx = async (account) => BigInt((await devnet.get(`/devnet/balances/${account.address ?? account}`)).stx);
const nonces = async () => ({ nonce: await devnet.nonce(origin), sponsorNonce: await devnet.nonce(payer) });
async function accepted(tx) {
  assert.deepEqual(await devnet.broadcast(tx), { status: 200, body: tx.txid });
  return tx;
}
async function refused(tx, reason, wanted) {
  const { status, body } = await devnet.broadcast(await tx);
  assert.deepEqual([status, body.reason], [400, reason]);
  for (const [name, value] of Object.entries(wanted ?? {})) assert.deepEqual(body.reason_data[name], value, name);
  return body;
}

// What the account may send in Deny mode: exactly the STX that it sells; what the vaults and the router send is named without more than a minimum.
const exactly = (sold, paidMin) => ({
  postConditionMode: PostConditionMode.Deny,
  postConditions: [
    Pc.origin().willSendEq(sold).ustx(),
    Pc.principal(orderRouterId).willSendEq(sold).ustx(),
    Pc.principal(idOf('charisma-wstx-pool')).willSendGte(0).ft(idOf('charisma-token'), 'charisma'),
    Pc.principal(orderRouterId).willSendGte(0).ft(idOf('charisma-token'), 'charisma'),
    Pc.principal(idOf('charisma-usdc-pool')).willSendGte(paidMin).ft(idOf('susdc-token'), 'usdc'),
    Pc.principal(orderRouterId).willSendGte(paidMin).ft(idOf('susdc-token'), 'usdc'),
  ],
});

test('the origin sells its STX, the sponsor pays the fee, and both nonces are used', async () => {
  const at = await nonces();
  const [owned, funds, held] = [await stx(origin), await stx(payer), await devnet.balance(recipient, idOf('susdc-token'))];
  const tx = await accepted(await sponsoredSale(origin, payer, sale, { ...at, fee: 4000, ...exactly(STX_SOLD, sale.minOut) }));
  await devnet.mine();
  const receipt = await devnet.tx(tx);
  assert.equal(receipt.tx_status, 'success');
  assert.deepEqual(
    [receipt.sponsored, receipt.sender_address, receipt.nonce, receipt.sponsor_address, receipt.sponsor_nonce, receipt.fee_rate],
    [true, origin.address, at.nonce, payer.address, at.sponsorNonce, '4000']);
  const entry = (await devnet.get('/devnet/ledger')).find(({ txid }) => txid === tx.txid);
  assert.deepEqual(
    [entry.fn, entry.amountIn, entry.token, entry.outToken, entry.recipient, entry.payer, entry.payerNonce],
    ['swap-2', String(STX_SOLD), idOf('wstx'), idOf('susdc-token'), recipient, payer.address, at.sponsorNonce]);
  assert.equal(await stx(origin), owned - STX_SOLD);
  assert.equal(await stx(payer), funds - 4000n);
  assert.equal(await devnet.balance(recipient, idOf('susdc-token')), held + BigInt(entry.amountOut));
  assert.ok(BigInt(entry.amountOut) >= sale.minOut);
  assert.deepEqual(await nonces(), { nonce: at.nonce + 1, sponsorNonce: at.sponsorNonce + 1 });
});

for (const [why, options, amounts] of [
  ['a post-condition of less STX than it sells', exactly(STX_SOLD - 1n, 1n), {}],
  ['no post-condition of its STX', { postConditions: exactly(STX_SOLD, 1n).postConditions.slice(1) }, {}],
  ['more than its vaults pay', exactly(STX_SOLD, 1n), { minOut: 10_000_000n }],
]) {
  test(`${why} aborts: it uses both nonces, costs the sponsor the fee, and moves nothing else`, async () => {
    const at = await nonces();
    const [owned, funds] = [await stx(origin), await stx(payer)];
    const tx = await accepted(await sponsoredSale(origin, payer, { ...sale, ...amounts }, { ...at, ...options }));
    await devnet.mine();
    const receipt = await devnet.tx(tx);
    assert.equal(receipt.tx_status, amounts.minOut ? 'abort_by_response' : 'abort_by_post_condition');
    if (amounts.minOut) assert.match(receipt.tx_result.repr, /^\(err \(tuple \(amount u1\d{6}\) \(code u7003\) \(step u6\)\)\)$/);
    assert.deepEqual([await stx(origin), await stx(payer)], [owned, funds - 3000n]);
    assert.deepEqual(await nonces(), { nonce: at.nonce + 1, sponsorNonce: at.sponsorNonce + 1 });
  });
}

test('noop uses up the nonce and moves nothing', async () => {
  const at = await nonces();
  const owned = await stx(origin);
  const tx = await accepted(await sponsoredCall(origin, payer, 'order-router', 'noop', [], at));
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(tx)).tx_status, await stx(origin)], ['success', owned]);
  assert.deepEqual(await nonces(), { nonce: at.nonce + 1, sponsorNonce: at.sponsorNonce + 1 });
});

test('an STX transfer needs no more of the origin than the amount', async () => {
  const at = await nonces();
  const all = await stx(origin);
  const poor = await sponsoredTransfer(origin, payer, recipient, all + 1n, at);
  await refused(poor, 'NotEnoughFunds', { expected: `0x${(all + 1n).toString(16).padStart(32, '0')}`, actual: `0x${all.toString(16).padStart(32, '0')}` });
  const tx = await accepted(await sponsoredTransfer(origin, payer, recipient, all, at));
  await devnet.mine();
  assert.equal((await devnet.tx(tx)).tx_status, 'success');
  assert.equal(await stx(origin), 0n);
  await devnet.control('faucet', { address: origin.address, stx: String(all) });
});

test('a used nonce of either is refused as BadNonce', async () => {
  const { nonce, sponsorNonce } = await nonces();
  await refused(sponsoredTransfer(origin, payer, recipient, 1n, { nonce: nonce - 1, sponsorNonce }), 'BadNonce',
    { expected: nonce, actual: nonce - 1, is_origin: true, principal: origin.address });
  await refused(sponsoredTransfer(origin, payer, recipient, 1n, { nonce, sponsorNonce: sponsorNonce - 1 }), 'BadNonce',
    { expected: sponsorNonce, actual: sponsorNonce - 1, is_origin: false, principal: payer.address });
  await refused(sponsoredTransfer(origin, payer, recipient, 1n, { nonce: nonce + 26, sponsorNonce }), 'TooMuchChaining', { is_origin: true });
  await refused(sponsoredTransfer(origin, payer, recipient, 1n, { nonce, sponsorNonce: sponsorNonce + 26 }), 'TooMuchChaining', { is_origin: false });
});

test('a sponsor that cannot pay is refused as NotEnoughFunds', async () => {
  const { nonce } = await nonces();
  const funds = await stx(named('solver-7'));
  await refused(sponsoredTransfer(origin, named('solver-7'), recipient, 1n, { nonce, sponsorNonce: 0, fee: funds + 1n }), 'NotEnoughFunds',
    { expected: `0x${(funds + 1n).toString(16).padStart(32, '0')}` });
});

test('a changed signature of either is refused', async () => {
  const tx = await sponsoredTransfer(origin, payer, recipient, 1n, await nonces());
  for (const at of [60, 163]) {
    const bytes = Buffer.from(tx.hex, 'hex');
    bytes[at] ^= 1;
    await refused({ hex: bytes.toString('hex') }, 'SignatureValidation');
  }
  const own = await sponsoredTransfer(origin, origin, recipient, 1n, { nonce: await devnet.nonce(origin), sponsorNonce: await devnet.nonce(origin) + 1 });
  await refused(own, 'ServerFailureOther');
});

test('a transaction waits for both nonces, and a higher fee of the sponsor replaces it', async () => {
  const { nonce, sponsorNonce } = await nonces();
  const second = await accepted(await sponsoredTransfer(origin, payer, recipient, 2n, { nonce: nonce + 1, sponsorNonce }));
  await devnet.mine();
  assert.equal((await devnet.tx(second)).tx_status, 'pending', 'the origin has a gap');
  const first = await accepted(await sponsoredTransfer(origin, named('solver-2'), recipient, 1n, { nonce, sponsorNonce: 1 }));
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(first)).tx_status, (await devnet.tx(second)).tx_status], ['pending', 'pending'], 'the other sponsor has a gap');
  await accepted(await transferTx(named('solver-2'), recipient, 1n, { nonce: 0 }));

  await refused(sponsoredTransfer(origin, named('solver-3'), recipient, 3n, { nonce, sponsorNonce: 0, fee: 3000 }), 'ConflictingNonceInMempool');
  await refused(transferTx(payer, recipient, 1n, { nonce: sponsorNonce }), 'ConflictingNonceInMempool');
  const dearer = await accepted(await sponsoredTransfer(origin, named('solver-3'), recipient, 4n, { nonce, sponsorNonce: 0, fee: 3001 }));
  assert.deepEqual([(await devnet.tx(first)).tx_status, (await devnet.tx(first)).replaced_by_tx_id], ['dropped_replace_by_fee', `0x${dearer.txid}`]);
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(dearer)).tx_status, (await devnet.tx(second)).tx_status], ['success', 'success']);
  assert.equal(await devnet.nonce(named('solver-2')), 1, 'who no longer sponsors used no nonce for it');
});

test('a reorganisation gives both nonces back, and the transaction is mined again', async () => {
  const at = await nonces();
  const tx = await accepted(await sponsoredSale(origin, payer, sale, { ...at, ...exactly(STX_SOLD, 1n) }));
  await devnet.mine();
  await devnet.control('reorg', { blocks: 1 });
  assert.deepEqual(await nonces(), at);
  assert.equal((await devnet.tx(tx)).canonical, false);
  await devnet.mine();
  assert.deepEqual([(await devnet.tx(tx)).tx_status, (await devnet.tx(tx)).canonical], ['success', true]);
  const shown = await devnet.get(`/extended/v1/address/${payer.address}/transactions?limit=50`);
  assert.ok(shown.results.some(({ tx_id, sponsor_nonce }) => tx_id === `0x${tx.txid}` && sponsor_nonce === at.sponsorNonce), 'the API lists it for its sponsor');
});
