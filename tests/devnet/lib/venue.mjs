// The venue: its tokens, its vaults and what they start with. Amounts are micro units, fees parts of a million.
import { deployer } from './accounts.mjs';

export const idOf = (name) => `${deployer.address}.${name}`;
export const routerId = idOf('x-multihop-rc9');
export const orderRouterId = idOf('order-router');
export const guardId = idOf('guard');
export const verifierId = idOf('blaze-v1');
export const lensId = idOf('lens');
export const wstxId = idOf('wstx');
export const BTC_USD = 100_000;

const sip10 = (contract, asset, symbol, name, usd) => ({ type: 'SIP10', contract, asset, symbol, name, decimals: 6, usd });
export const plainTokens = [
  sip10('charisma-token', 'charisma', 'CHA', 'Charisma', 0.02),
  sip10('welsh-token', 'welsh', 'WELSH', 'Welsh', 0.0005),
  sip10('susdc-token', 'usdc', 'sUSDC', 'Subnet-ready USDC', 1),
];
export const wstx = sip10('wstx', 'wstx', 'wSTX', 'Wrapped STX', 0.6);
export const subnetTokens = plainTokens.map((base) => ({
  ...base, type: 'SUBNET', contract: `${base.contract}-subnet-v1`, symbol: `x${base.symbol}`, name: `${base.name} Subnet`,
  asset: `x-${base.asset}`, base: base.contract,
}));
export const tokens = [...plainTokens, wstx, ...subnetTokens];
export const tokenOf = (contractId) => tokens.find((token) => idOf(token.contract) === contractId);

const pool = (contract, tokenA, tokenB, fee, reserveA, reserveB) =>
  ({ type: 'POOL', contract, tokenA, tokenB, fee, reserveA, reserveB, asset: 'lp', name: `${tokenA} / ${tokenB}` });
export const pools = [
  pool('charisma-welsh-pool', 'charisma-token', 'welsh-token', 3000, 50_000_000_000_000n, 2_000_000_000_000_000n),
  pool('charisma-usdc-pool', 'charisma-token', 'susdc-token', 3000, 50_000_000_000_000n, 1_000_000_000_000n),
  pool('charisma-usdc-pool-2', 'charisma-token', 'susdc-token', 1000, 10_000_000_000_000n, 202_000_000_000n),
  pool('welsh-usdc-pool', 'welsh-token', 'susdc-token', 500, 1_000_000_000_000_000n, 500_000_000_000n),
  pool('charisma-wstx-pool', 'charisma-token', 'wstx', 100, 30_000_000_000_000n, 1_000_000_000_000n),
];
export const sublinks = subnetTokens.map((subnet) => ({
  type: 'SUBLINK', contract: `${subnet.base.replace(/-token$/, '')}-sublink`, tokenA: subnet.base, tokenB: subnet.contract,
  fee: 0, asset: '', name: `${subnet.name} Link`,
}));
export const vaults = [...pools, ...sublinks];
export const vaultOf = (contractId) => vaults.find((vault) => idOf(vault.contract) === contractId);

/** Assets as events and post-conditions name them: STX is 'STX', every other one contract::asset. */
export const assetOf = (contractId) => (contractId === wstxId ? 'STX' : `${contractId}::${tokenOf(contractId).asset}`);
