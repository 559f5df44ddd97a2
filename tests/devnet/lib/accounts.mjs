// The published test keys. They hold play money only; never use them on a real network.
import { createHash } from 'node:crypto';
import { getAddressFromPrivateKey } from '@stacks/transactions';

const DEPLOYER_KEY = '753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601';
const keyOf = (name) => `${createHash('sha256').update(`devnet ${name}`).digest('hex')}01`;
const account = (name, role, privateKey = keyOf(name)) =>
  ({ name, role, privateKey, address: getAddressFromPrivateKey(privateKey, 'testnet') });
const many = (role, count) => Array.from({ length: count }, (_, i) => account(`${role}-${i + 1}`, role));

export const deployer = account('deployer', 'deployer', DEPLOYER_KEY);
// Fees are really transferred, so that the balances of the VM are the balances of the chain.
export const feeSink = account('fee-sink', 'sink').address;

export function accountsOf({ solvers, wallets }) {
  return [deployer, ...many('solver', solvers), ...many('wallet', wallets)];
}
