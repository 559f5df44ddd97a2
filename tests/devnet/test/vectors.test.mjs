// The verifier against the golden values that the service itself is held to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { Cl, cvToString } from '@stacks/transactions';
import { accountsOf, deployer } from '../lib/accounts.mjs';
import { buildGenesis } from '../lib/genesis.mjs';
import { verifierId } from '../lib/venue.mjs';
import { Vm } from '../lib/vm.mjs';
import { TESTNET, intentHash, signIntent } from './support/wallet.mjs';

const vectors = JSON.parse(readFileSync(new URL('../../OrderService.Stacks.Tests/Vectors/intents.json', import.meta.url), 'utf8'));
const optional = (value, make) => (value === null ? Cl.none() : Cl.some(make(value)));
const fieldsOf = ({ contract, intent, opcode, amount, target, uuid }) => [
  Cl.principal(contract), Cl.stringAscii(intent), optional(opcode, Cl.bufferFromHex), optional(amount, (value) => Cl.uint(BigInt(value))),
  optional(target, Cl.principal), Cl.stringAscii(uuid),
];
let vm;
before(async () => {
  vm = await Vm.start();
  buildGenesis(vm, accountsOf({ solvers: 10, wallets: 1 }));
});
const read = (fn, args) => cvToString(Cl.deserialize(vm.read(verifierId, fn, args.map(Cl.serialize), deployer.address)));

for (const { id, key, chainId, fields, hash, signatureRsv, signerTestnet } of vectors.intents) {
  test(`${id} is hashed and recovered`, () => {
    assert.equal(intentHash(fields, chainId), hash);
    if (chainId === TESTNET) assert.equal(read('recover', [Cl.bufferFromHex(signatureRsv), ...fieldsOf(fields)]), `(ok ${signerTestnet})`);
    assert.equal(read('hash', fieldsOf(fields)), `(ok 0x${intentHash(fields)})`, 'the same intent for this chain');
    assert.equal(read('verify', [Cl.bufferFromHex(hash), Cl.bufferFromHex(signatureRsv)]), `(ok ${signerTestnet})`);
    const signature = signIntent(fields, vectors.keys[key].privateKey);
    assert.equal(read('recover', [Cl.bufferFromHex(signature), ...fieldsOf(fields)]), `(ok ${signerTestnet})`);
  });
}

for (const { id, what, hash, signatureRsv, simnetRecover } of vectors.negativeIntents) {
  test(`${id}: ${what}`, () => {
    const expected = simnetRecover.ok ? `(ok ${simnetRecover.ok})` : simnetRecover.err;
    assert.equal(read('verify', [Cl.bufferFromHex(hash), Cl.bufferFromHex(signatureRsv)]), expected);
  });
}
