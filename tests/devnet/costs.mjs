// What a swap costs the chain: the order router's swap-N beside x-swap-N, over the same vaults. Prints a table: node costs.mjs
import { Cl } from '@stacks/transactions';
import { accountsOf } from './lib/accounts.mjs';
import { buildGenesis } from './lib/genesis.mjs';
import { orderRouterId, routerId } from './lib/venue.mjs';
import { Vm } from './lib/vm.mjs';
import { saleArgs, swapArgs } from './test/support/wallet.mjs';

const vm = await Vm.start({ costs: true });
const accounts = accountsOf({ solvers: 1, wallets: 1 });
buildGenesis(vm, accounts);
const [solver, owner] = ['solver-1', 'wallet-1'].map((name) => accounts.find((account) => account.name === name));
const amount = 1_000_000n;

// The intent's first hop carries the subnet token out of its ledger; the caller's token needs none.
const walk = [['charisma-usdc-pool', '00'], ['charisma-usdc-pool-2', '01'], ['charisma-welsh-pool', '00'], ['welsh-usdc-pool', '00'], ['charisma-usdc-pool', '01']];
const outputs = ['susdc-token', 'charisma-token', 'welsh-token', 'susdc-token', 'charisma-token'];

function measure(contract, fn, args, sender) {
  const { result, costs } = vm.call(contract, fn, args.map((arg) => Cl.serialize(arg)), sender);
  if (!result.startsWith('0x07')) throw new Error(`${fn} came to ${result}`);
  const { total, limit } = JSON.parse(costs);
  return { ...total, share: Math.max(...Object.keys(total).map((key) => total[key] / limit[key])) };
}

/** What each function costs, in the order of their hops. */
export function measured() {
  const rows = [{ fn: 'noop', ...measure(orderRouterId, 'noop', [], owner.address) }];
  // The seller's charisma comes out of its subnet balance.
  vm.call(orderRouterId.replace('order-router', 'charisma-token-subnet-v1'), 'withdraw', [Cl.uint(100n * amount), Cl.none()].map((arg) => Cl.serialize(arg)), owner.address);
  for (let n = 1; n <= 5; n += 1) {
    const hops = walk.slice(0, n);
    const sale = { amount, from: 'charisma-token', hops, to: solver.address, out: outputs[n - 1], minOut: 1n };
    rows.push({ fn: `swap-${n}`, ...measure(orderRouterId, `swap-${n}`, saleArgs(sale), owner.address) });
    const through = [['charisma-sublink', '06'], ...walk.slice(0, n - 1)];
    const swap = { owner, amount, from: 'charisma-token-subnet-v1', hops: through, to: solver.address, out: n === 1 ? 'charisma-token' : outputs[n - 2] };
    rows.push({ fn: `x-swap-${n}`, ...measure(routerId, `x-swap-${n}`, swapArgs(swap), solver.address) });
  }
  return rows;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  console.log('| function | reads | bytes read | writes | bytes written | runtime | of a block |');
  console.log('|---|---|---|---|---|---|---|');
  for (const { fn, read_count, read_length, write_count, write_length, runtime, share } of measured()) {
    console.log(`| \`${fn}\` | ${read_count} | ${read_length} | ${write_count} | ${write_length} | ${runtime} | ${(100 * share).toFixed(2)} % |`);
  }
}
