// Properties of contracts/order-router.clar over random vaults, amounts and refusals: what goes in comes out but for the vaults' fees, a refusal
// says where and why, and nothing stays in the contract.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { Cl } from '@stacks/transactions';
import { accountsOf, deployer } from '../lib/accounts.mjs';
import { buildGenesis, must } from '../lib/genesis.mjs';
import { idOf, orderRouterId } from '../lib/venue.mjs';
import { Vm } from '../lib/vm.mjs';
import { saleArgs } from './support/wallet.mjs';

const RUNS = Number(process.env.ROUTER_RUNS ?? 250);
const NOTHING = 7000n;
const LEFT_OVER = 7002n;
const BELOW_MIN = 7003n;
const TAKE = 0n;
const PAY = 6n;
const MILLION = 1_000_000n;
const STOCK = 10n ** 15n;
const tokens = ['wstx', 'charisma-token', 'welsh-token', 'susdc-token'];
const template = readFileSync(new URL('support/odd-vault.clar', import.meta.url), 'utf8');
const honest = { rate: MILLION, fee: 0n, spares: 0n, 'claims-more': 0n, 'claims-less': 0n, refusal: 0n };
const accounts = accountsOf({ solvers: 1, wallets: 2 });
const [seller, recipient] = ['wallet-1', 'wallet-2'].map((name) => accounts.find((account) => account.name === name).address);

// Repeatable: the same seed makes the same runs.
let state = Number(process.env.ROUTER_SEED ?? 15) >>> 0;
function below(limit) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % limit;
}
const pick = (list) => list[below(list.length)];

let vm;
const vaults = [];
before(async () => {
  vm = await Vm.start();
  buildGenesis(vm, accounts);
  for (const from of tokens) {
    for (const to of tokens) {
      if (from === to) continue;
      const name = `odd-${from}-${to}`;
      vm.deploy(name, template.replaceAll('{{NAME}}', name).replaceAll('{{TOKEN_A}}', from).replaceAll('{{TOKEN_B}}', to), deployer.address);
      vaults.push({ name, from, to });
      give(to, STOCK, idOf(name));
    }
  }
  for (const token of tokens) give(token, STOCK, seller);
});

function give(token, amount, to) {
  if (token !== 'wstx') return must(vm, token, 'mint', [Cl.uint(amount), Cl.principal(to)]);
  vm.mint(deployer.address, amount);
  return must(vm, token, 'transfer', [Cl.uint(amount), Cl.principal(deployer.address), Cl.principal(to), Cl.none()]);
}

function balances() {
  const held = new Map();
  for (const holder of [seller, recipient, orderRouterId, ...vaults.map(({ name }) => idOf(name))]) {
    for (const token of tokens) {
      const answer = vm.read(idOf(token), 'get-balance', [Cl.serialize(Cl.principal(holder))], seller);
      held.set(`${holder} ${token}`, BigInt(`0x${answer.slice(6)}`));
    }
  }
  return held;
}

function randomPath() {
  const hops = [];
  for (let at = pick(tokens), left = 1 + below(5); left > 0; left -= 1) {
    const vault = pick(vaults.filter((one) => one.from === at && !hops.some((hop) => hop.name === one.name)));
    if (!vault) break;
    hops.push({ name: vault.name, from: vault.from, to: vault.to, rate: BigInt(1 + below(3_000_000)), fee: BigInt(pick([0, 100, 3000, 200_000, below(MILLION.toString())])) });
    at = vault.to;
  }
  return hops;
}

// One thing at most goes wrong by a vault.
function misbehave(hops) {
  const k = below(hops.length);
  const more = BigInt(1 + below(1000));
  switch (below(8)) {
    case 0: hops[k].refusal = BigInt(1 + below(100_000)); return 'refusal';
    case 1: hops[0].spares = more; return 'spares';
    case 2: hops[k]['claims-more'] = more; return 'claims-more';
    case 3: hops.at(-1)['claims-less'] = more; return 'claims-less';
    default: return 'honest';
  }
}

// What must come of it, worked out without the contract.
function foresee(hops, amount, minOut) {
  const refused = (step, code, given) => ({ refused: [given, code, BigInt(step)] });
  if (amount === 0n) return refused(TAKE, NOTHING, 0n);
  if (amount > balanceOf(seller, hops[0].from)) return refused(TAKE, 1n, amount);
  let [held, claimed] = [amount, amount];
  for (const [i, hop] of hops.entries()) {
    const step = i + 1;
    const spared = hop.spares ?? 0n;
    if (spared > claimed) return { panics: true };
    if (hop.refusal) return refused(step, hop.refusal, claimed);
    if (claimed - spared === 0n) return refused(step, 3n, claimed);
    if (claimed - spared > held) return refused(step, 1n, claimed);
    const given = (claimed * hop.rate * (MILLION - hop.fee)) / 10n ** 12n;
    if (given === 0n) return refused(step, 3n, claimed);
    if (given > balanceOf(idOf(hop.name), hop.to)) return refused(step, 1n, claimed);
    const said = given + (hop['claims-more'] ?? 0n) - (hop['claims-less'] ?? 0n);
    if (said < 0n) return { panics: true };
    if (i === 0 && spared > 0n) return refused(1, LEFT_OVER, spared);
    [held, claimed] = [given, said];
  }
  return held < minOut ? refused(PAY, BELOW_MIN, held) : { paid: held };
}
const balanceOf = (holder, token) => now.get(`${holder} ${token}`);
let now;

function run(hops, amount, minOut) {
  for (const { name, from, to, ...settings } of hops) must(vm, name, 'set', [Cl.tuple(Object.fromEntries(Object.entries({ ...honest, ...settings }).map(([key, value]) => [key, Cl.uint(value)])))]);
  const sale = { amount, from: hops[0].from, hops: hops.map(({ name }) => [name, '00']), to: recipient, out: hops.at(-1).to, minOut };
  try {
    const { type, value } = Cl.deserialize(vm.call(orderRouterId, `swap-${hops.length}`, saleArgs(sale).map((arg) => Cl.serialize(arg)), seller).result);
    return type === 'ok' ? { paid: BigInt(value.value) } : { refused: ['amount', 'code', 'step'].map((key) => BigInt(value.value[key].value)) };
  } catch {
    return { panics: true };
  }
}

test(`${RUNS} random sales: in = out + fees, a refusal says where and why, and nothing stays`, () => {
  const seen = {};
  for (let i = 0; i < RUNS; i += 1) {
    now = balances();
    const hops = randomPath();
    const kind = misbehave(hops);
    const amount = pick([0n, 1n, BigInt(1 + below(1000)), BigInt(below(1_000_000_000)), BigInt(below(1_000_000_000)), BigInt(below(1_000_000_000)), 10n ** 17n]);
    const likely = foresee(hops, amount, 0n).paid ?? 0n;
    const minOut = pick([0n, likely, likely, likely / 2n, likely + 1n]);
    const what = `${i}: ${amount} at least ${minOut} over ${JSON.stringify(hops, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`;
    const expected = foresee(hops, amount, minOut);

    const outcome = run(hops, amount, minOut);

    assert.deepEqual(outcome, expected, what);
    const after = balances();
    for (const token of tokens) {
      assert.equal(after.get(`${orderRouterId} ${token}`), 0n, `${what}: ${token} stays`);
      const sum = (held) => [...held].filter(([key]) => key.endsWith(` ${token}`)).reduce((total, [, balance]) => total + balance, 0n);
      assert.equal(sum(after), sum(now), `${what}: ${token} in all`);
    }
    if (outcome.paid === undefined) assert.deepEqual(after, now, `${what}: a refusal moves nothing`);
    else {
      assert.ok(outcome.paid >= minOut, what);
      const [sold, bought] = [hops[0].from, hops.at(-1).to];
      assert.equal(after.get(`${seller} ${sold}`), now.get(`${seller} ${sold}`) - amount, what);
      assert.equal(after.get(`${recipient} ${bought}`), now.get(`${recipient} ${bought}`) + outcome.paid, what);
    }
    const name = outcome.paid !== undefined ? `paid after ${hops.length}` : outcome.panics ? 'panics' : `step ${outcome.refused[2]} ${outcome.refused[1] >= 7000n && outcome.refused[1] < 7004n ? outcome.refused[1] : 'inner'}`;
    seen[name] = (seen[name] ?? 0) + 1;
    seen[kind] = (seen[kind] ?? 0) + 1;
  }
  for (const needed of [1, 2, 3, 4, 5].map((n) => `paid after ${n}`).concat(
    'step 0 7000', 'step 0 inner', 'step 1 inner', 'step 2 inner', 'step 3 inner', 'step 1 7002', 'step 6 7003', 'honest', 'refusal', 'spares', 'claims-more', 'claims-less')) {
    assert.ok(seen[needed] > 0, `${needed} was never met: ${JSON.stringify(seen)}`);
  }
});

test('a contract that is no vault and one that is no token are refused before anything moves', () => {
  now = balances();
  const args = (vault, out) => saleArgs({ amount: 1000n, from: 'charisma-token', hops: [[vault, '00']], to: recipient, out }).map((arg) => Cl.serialize(arg));
  assert.throws(() => vm.call(orderRouterId, 'swap-1', args('lens', 'welsh-token'), seller));
  assert.throws(() => vm.call(orderRouterId, 'swap-1', args('odd-charisma-token-welsh-token', 'lens'), seller));
  assert.deepEqual(balances(), now);
});

test('what somebody left in the contract is neither paid out nor counted', () => {
  give('welsh-token', 12_345n, orderRouterId);
  now = balances();
  const hops = [{ name: 'odd-charisma-token-welsh-token', from: 'charisma-token', to: 'welsh-token', rate: MILLION, fee: 0n }];
  assert.deepEqual(run(hops, 500n, 501n), { refused: [500n, BELOW_MIN, PAY] });
  assert.deepEqual(run(hops, 500n, 500n), { paid: 500n });
  assert.equal(balances().get(`${orderRouterId} welsh-token`), 12_345n);
});
