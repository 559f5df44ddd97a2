import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cl, makeContractCall } from '@stacks/transactions';
import { deployer } from '../lib/accounts.mjs';
import { named, startDevnet } from './support/devnet.mjs';
import { callTx, swapArgs, swapTx, transferTx } from './support/wallet.mjs';

const solver = named('solver-1');
const other = named('solver-2');
const swap = { owner: named('wallet-1'), amount: 1000n, from: 'charisma-token-subnet-v1', to: named('wallet-2').address, hops: [['charisma-sublink', '06']], out: 'charisma-token' };
let devnet;
before(async () => {
  devnet = await startDevnet();
  await devnet.broadcast(await transferTx(solver, other.address, 1n, { nonce: 0 }));
  await devnet.mine();
});
after(() => devnet.stop());

async function refused(tx, reason, reason_data) {
  const { status, body } = await devnet.broadcast(await tx);
  assert.equal(status, 400);
  assert.equal(body.error, 'transaction rejected');
  assert.equal(body.reason, reason);
  if (reason_data) assert.deepEqual(body.reason_data, reason_data);
  return body;
}

test('bytes that are no transaction: Deserialization', () => refused({ hex: '00ff' }, 'Deserialization'));

test('bytes after the transaction: Deserialization', async () => {
  const tx = await swapTx(solver, swap, { nonce: 1 });
  await refused({ hex: `${tx.hex}00` }, 'Deserialization');
});

test('a changed signature: SignatureValidation', async () => {
  const tx = await swapTx(solver, swap, { nonce: 1 });
  const bytes = Buffer.from(tx.hex, 'hex');
  bytes[60] ^= 1;
  await refused({ hex: bytes.toString('hex') }, 'SignatureValidation');
});

test('another network: BadTransactionVersion', async () => {
  const tx = await makeContractCall({
    contractAddress: deployer.address, contractName: 'x-multihop-rc9', functionName: 'x-swap-1', functionArgs: swapArgs(swap),
    senderKey: solver.privateKey, network: 'mainnet', nonce: 1, fee: 3000, validateWithAbi: false,
  });
  await refused({ hex: tx.serialize() }, 'BadTransactionVersion');
});

test('less than a unit a byte: FeeTooLow', async () => {
  const tx = await swapTx(solver, swap, { nonce: 1, fee: 10 });
  await refused(tx, 'FeeTooLow', { expected: tx.hex.length / 2, actual: 10 });
});

test('a used nonce: BadNonce', () =>
  refused(transferTx(solver, other.address, 2n, { nonce: 0 }), 'BadNonce', { expected: 1, actual: 0, is_origin: true, principal: solver.address }));

test('too far ahead: TooMuchChaining', async () => {
  const { reason_data } = await refused(transferTx(solver, other.address, 2n, { nonce: 27 }), 'TooMuchChaining');
  assert.deepEqual([reason_data.expected, reason_data.actual], [26, 27]);
  assert.equal((await devnet.broadcast(await transferTx(solver, other.address, 2n, { nonce: 26 }))).status, 200);
});

test('more than the account has: NotEnoughFunds', async () => {
  const { reason_data } = await refused(transferTx(solver, other.address, 10n ** 15n, { nonce: 1 }), 'NotEnoughFunds');
  assert.equal(BigInt(reason_data.expected), 10n ** 15n + 300n);
});

test('an unknown contract: NoSuchContract', () => refused(callTx(solver, 'nothing', 'x', [], { nonce: 1 }), 'NoSuchContract'));
test('an unknown function: NoSuchPublicFunction', () => refused(callTx(solver, 'x-multihop-rc9', 'x-swap-6', [], { nonce: 1 }), 'NoSuchPublicFunction'));
test('a read-only function: NoSuchPublicFunction', () => refused(callTx(solver, 'blaze-v1', 'check', [Cl.stringAscii('a')], { nonce: 1 }), 'NoSuchPublicFunction'));

for (const [what, args] of [
  ['too few', []],
  ['of another type', [Cl.int(1), ...swapArgs(swap).slice(1)]],
  ['with a contract that does not exist', swapArgs({ ...swap, out: 'nothing' })],
  ['with a principal where a contract belongs', [swapArgs(swap)[0], swapArgs(swap)[1], Cl.tuple({ to: Cl.principal(solver.address), token: Cl.principal(solver.address) })]],
]) {
  test(`arguments ${what}: BadFunctionArgument`, () => refused(callTx(solver, 'x-multihop-rc9', 'x-swap-1', args, { nonce: 1 }), 'BadFunctionArgument'));
}

test('the same nonce again conflicts, until it pays more and replaces', async () => {
  const nonce = await devnet.nonce(other);
  const first = await transferTx(other, solver.address, 5n, { nonce, fee: 500 });
  const same = await transferTx(other, solver.address, 6n, { nonce, fee: 500 });
  const higher = await transferTx(other, solver.address, 7n, { nonce, fee: 501 });
  assert.equal((await devnet.broadcast(first)).status, 200);
  assert.deepEqual(await devnet.broadcast(first), { status: 200, body: first.txid }, 'the same bytes are no conflict');
  await refused(same, 'ConflictingNonceInMempool');
  assert.equal((await devnet.broadcast(higher)).status, 200);
  const replaced = await devnet.tx(first);
  assert.deepEqual([replaced.tx_status, replaced.replaced_by_tx_id], ['dropped_replace_by_fee', `0x${higher.txid}`]);
  await devnet.mine();
  assert.equal((await devnet.tx(higher)).tx_status, 'success');
  assert.equal((await devnet.tx(first)).tx_status, 'dropped_replace_by_fee');
});

test('the JSON form is taken too, and an unknown transaction is not found', async () => {
  const tx = await transferTx(other, solver.address, 5n, { nonce: await devnet.nonce(other) });
  assert.deepEqual(await devnet.post('/v2/transactions', { tx: tx.hex }), { status: 200, body: tx.txid });
  assert.deepEqual(await devnet.json(`/extended/v1/tx/${'00'.repeat(32)}`), { status: 404, body: { error: 'could not find transaction by ID' } });
});
