// What the venue's own services answer under /api/v1: vaults, tokens and prices.
import { uintOf } from '../clarity.mjs';
import { Cl } from '@stacks/transactions';
import { deployer } from '../accounts.mjs';
import { Reply } from '../server.mjs';
import { idOf, pools, tokens, vaults } from '../venue.mjs';

export function venueRoutes({ chain, prices }) {
  const shown = vaultsOf(chain);
  return [
    ['GET', '/api/v1/vaults', ({ query }) => listVaults(shown(), query), 'vaults'],
    ['GET', '/api/v1/vaults/:id', ({ params }) => oneVault(shown(), params.id), 'vaults'],
    ['GET', '/api/v1/tokens', () => listTokens(), 'vaults'],
    ['GET', '/api/v1/tokens/all', () => listTokens(), 'vaults'],
    ['GET', '/api/v1/prices', ({ query }) => listPrices(prices, query), 'prices'],
    ['GET', '/api/v1/rates', () => prices.rates(), 'prices'],
    ['GET', '/api/v1/prices/:id', ({ params }) => onePrice(prices, params.id), 'prices'],
  ];
}

function tokenOf(contract) {
  const token = tokens.find((item) => item.contract === contract);
  const { type, name, symbol, decimals, asset, base } = token;
  return { type, contractId: idOf(contract), name, symbol, decimals, identifier: asset, description: '', image: '', ...(base ? { base: idOf(base) } : {}) };
}

function listTokens() {
  const data = tokens.map(({ contract }) => tokenOf(contract));
  return { status: 'success', data, count: data.length };
}

// Reserves are read from the VM whenever it changed.
function vaultsOf(chain) {
  let seen = -1;
  let shown;
  return () => {
    if (seen !== chain.version) shown = vaults.map((vault) => vaultOf(vault, reservesOf(chain, vault)));
    seen = chain.version;
    return shown;
  };
}

function reservesOf(chain, vault) {
  if (pools.includes(vault)) {
    const { a, b } = Cl.deserialize(chain.read(idOf(vault.contract), 'get-reserves', [], deployer.address)).value;
    return [BigInt(a.value), BigInt(b.value)];
  }
  const supply = uintOf(`0x${chain.read(idOf(vault.tokenB), 'get-total-supply', [], deployer.address).slice(4)}`);
  return [supply, supply];
}

function vaultOf(vault, [a, b]) {
  const contractId = idOf(vault.contract);
  return {
    type: vault.type, protocol: 'CHARISMA', contractId, contractAddress: deployer.address, contractName: vault.contract, name: vault.name,
    symbol: vault.contract.toUpperCase(), decimals: 6, identifier: vault.asset, description: '', image: '', fee: vault.fee, externalPoolId: '',
    engineContractId: '', tokenA: tokenOf(vault.tokenA), tokenB: tokenOf(vault.tokenB), reservesA: Number(a), reservesB: Number(b),
  };
}

function listVaults(shown, query) {
  const contractId = query.get('contractId');
  if (contractId) return oneVault(shown, contractId);
  const fits = (vault, name) => !query.get(name) || vault[name] === query.get(name);
  const data = shown.filter((vault) => fits(vault, 'protocol') && fits(vault, 'type'));
  return { status: 'success', data, count: data.length };
}

function oneVault(shown, id) {
  const data = shown.find(({ contractId }) => contractId === id);
  if (!data) throw new Reply(404, { status: 'error', message: 'Vault not found' });
  return { status: 'success', data };
}

function listPrices(prices, query) {
  const limit = Number(query.get('limit') ?? 100);
  const minPrice = Number(query.get('minPrice') ?? 0);
  const data = prices.rows({ token: query.get('token'), limit, minPrice });
  return {
    status: 'success', data,
    metadata: { count: data.length, totalTokensAvailable: tokens.length, processingTimeMs: 0, lakehouseData: true, lastUpdated: Date.now(), queryParams: { token: query.get('token'), limit, minPrice } },
  };
}

function onePrice(prices, id) {
  const [data] = tokens.some(({ contract }) => idOf(contract) === id) ? prices.rows({ token: id }) : [];
  if (!data) throw new Reply(404, { status: 'error', error: 'Token not found', message: `No price for ${id}` });
  return { status: 'success', data };
}
