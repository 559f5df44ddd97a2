// How many swaps a second: the VM alone, then signed transactions over HTTP until their receipts. node bench.mjs [swaps]
import { Cl, Pc, PostConditionMode } from '@stacks/transactions';
import { accountsOf } from './lib/accounts.mjs';
import { buildGenesis } from './lib/genesis.mjs';
import { guardId, idOf, routerId } from './lib/venue.mjs';
import { Vm } from './lib/vm.mjs';
import { named, startDevnet } from './test/support/devnet.mjs';
import { swapArgs, swapTx } from './test/support/wallet.mjs';

const count = Number(process.argv[2] ?? 1000);
const SOLVERS = 10;
const perSecond = (started, n) => Math.round(n / ((performance.now() - started) / 1000));
const say = (what, figure) => process.stdout.write(`${what.padEnd(34)} ${figure}\n`);
const swap = (i) => ({
  owner: named(`wallet-${(i % 10) + 1}`), amount: 1_000_000n, from: 'charisma-token-subnet-v1', to: named('wallet-1').address,
  hops: [['charisma-sublink', '06'], ['charisma-usdc-pool', '00']], out: 'susdc-token',
});

async function benchVm() {
  let started = performance.now();
  const vm = await Vm.start();
  buildGenesis(vm, accountsOf({ solvers: SOLVERS, wallets: 10 }));
  say('VM start and genesis, ms', Math.round(performance.now() - started));
  const calls = Array.from({ length: Math.min(count, 500) }, (_, i) => swapArgs(swap(i)).map(Cl.serialize));
  for (const [what, contract, fn] of [['VM, dry x-swap-2 a second', guardId, 'dry-x-swap-2'], ['VM, x-swap-2 a second', routerId, 'x-swap-2']]) {
    started = performance.now();
    for (const args of calls) vm.call(contract, fn, args, named('solver-1').address);
    say(what, perSecond(started, calls.length));
  }
  started = performance.now();
  const memory = vm.checkpoint();
  say('VM checkpoint, ms', Math.round(performance.now() - started));
  started = performance.now();
  vm.restore(memory);
  say('VM restore, ms', Math.round(performance.now() - started));
}

// Each solver keeps to its own nonces and to the 25 that the node allows in a chain.
async function solve(devnet, solver, txs, seen) {
  let next = 0;
  while (next < txs.length) {
    const { body } = await devnet.json(`/v2/accounts/${named(solver).address}?proof=0`);
    for (; next < txs.length && next <= body.nonce + 25; next += 1) {
      const { status, body: answer } = await devnet.broadcast(txs[next]);
      if (status !== 200) throw new Error(JSON.stringify(answer));
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  while ((await devnet.tx(txs.at(-1))).tx_status === 'pending') await new Promise((resolve) => { setTimeout(resolve, 20); });
  seen.push(...txs);
}

async function benchHttp() {
  const started = performance.now();
  const devnet = await startDevnet();
  say('process start, ms', Math.round(performance.now() - started));
  const conditions = [
    Pc.principal(idOf('charisma-token-subnet-v1')).willSendGte(1).ft(idOf('charisma-token'), 'charisma'),
    Pc.principal(routerId).willSendGte(1).ft(idOf('charisma-token'), 'charisma'),
    Pc.principal(idOf('charisma-usdc-pool')).willSendGte(1).ft(idOf('susdc-token'), 'usdc'),
    Pc.principal(routerId).willSendGte(1).ft(idOf('susdc-token'), 'usdc'),
  ];
  for (const [what, options] of [
    ['HTTP, Allow, a second', {}],
    ['HTTP, Deny and 4 conditions, a second', { postConditionMode: PostConditionMode.Deny, postConditions: conditions }],
  ]) {
    const lots = await Promise.all(Array.from({ length: SOLVERS }, async (_, s) => {
      const solver = `solver-${s + 1}`;
      const first = await devnet.nonce(named(solver));
      const txs = [];
      for (let i = 0; i < count / SOLVERS; i += 1) txs.push(await swapTx(named(solver), swap(i * SOLVERS + s), { nonce: first + i, ...options }));
      return { solver, txs, first };
    }));
    await devnet.control('auto', { blockMs: 200 });
    const begun = performance.now();
    const seen = [];
    await Promise.all(lots.map(({ solver, txs, first }) => solve({ ...devnet, json: shifted(devnet, first) }, solver, txs, seen)));
    say(what, perSecond(begun, seen.length));
    await devnet.control('auto', { blockMs: 0 });
    const ledger = await devnet.get('/devnet/ledger');
    if (ledger.filter(({ status }) => status !== 'success').length > 0) throw new Error('not all succeeded');
  }
  const begun = performance.now();
  const { orphaned } = await devnet.control('reorg', { blocks: 3 });
  say(`reorganisation of ${orphaned.length} transactions, ms`, Math.round(performance.now() - begun));
  devnet.stop();
}

const shifted = (devnet, first) => async (path) => {
  const answer = await devnet.json(path);
  return { ...answer, body: { ...answer.body, nonce: answer.body.nonce - first } };
};

await benchVm();
await benchHttp();
