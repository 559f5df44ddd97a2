// Deploys the contracts and hands out what everybody starts with.
import { readFileSync } from 'node:fs';
import { Cl } from '@stacks/transactions';
import { deployer } from './accounts.mjs';
import { idOf, plainTokens, pools, sublinks, subnetTokens } from './venue.mjs';
import { readResponse } from './clarity.mjs';

const template = (name) => readFileSync(new URL(`../contracts/${name}.clar`, import.meta.url), 'utf8');
// The operator deploys this one; it is the project's own, and the same file on every network.
const orderRouter = readFileSync(new URL('../../../contracts/order-router.clar', import.meta.url), 'utf8');
const fill = (source, values) => source.replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]);
const STX_EACH = 1_000_000_000_000n;
const SUBNET_EACH = 10_000_000_000_000n;
const DEPLOYER_STX = 100_000_000_000_000n;

function contracts() {
  const plain = (contract) => ({ contract, source: template(contract) });
  const made = (kind, item, values) => ({ contract: item.contract, source: fill(template(kind), { NAME: item.name, ...values }) });
  const token = (item) => ({ ASSET: item.asset, SYMBOL: item.symbol, DECIMALS: item.decimals });
  return [
    plain('venue-traits'), plain('lens'), plain('blaze-v1'), plain('wstx'),
    ...plainTokens.map((item) => made('token', item, token(item))),
    ...subnetTokens.map((item) => made('subnet', item, { ...token(item), BASE: item.base })),
    ...pools.map((item) => made('pool', item, { ASSET: item.asset, TOKEN_A: item.tokenA, TOKEN_B: item.tokenB, FEE: item.fee })),
    ...sublinks.map((item) => made('sublink', item, { BASE: item.tokenA, SUBNET: item.tokenB })),
    plain('x-multihop-rc9'), plain('guard'), { contract: 'order-router', source: orderRouter },
  ];
}

/** Calls as the deployer, who is refused nothing. */
export function must(vm, contract, fn, args) {
  const { result } = vm.call(idOf(contract), fn, args.map((arg) => Cl.serialize(arg)), deployer.address);
  if (!readResponse(result).ok) throw new Error(`${contract}.${fn} refused: ${result}`);
}

export function buildGenesis(vm, accounts) {
  vm.mint(deployer.address, DEPLOYER_STX);
  for (const { contract, source } of contracts()) vm.deploy(contract, source, deployer.address);
  for (const token of plainTokens) must(vm, token.contract, 'mint', [Cl.uint(10n ** 18n), Cl.principal(deployer.address)]);
  for (const pool of pools) must(vm, pool.contract, 'set-reserves', [Cl.uint(pool.reserveA), Cl.uint(pool.reserveB)]);
  for (const { role, address } of accounts) {
    if (role === 'deployer') continue;
    vm.mint(address, STX_EACH);
    if (role !== 'wallet') continue;
    for (const subnet of subnetTokens) must(vm, subnet.contract, 'deposit', [Cl.uint(SUBNET_EACH), Cl.some(Cl.principal(address))]);
  }
}
