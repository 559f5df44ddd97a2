// Gives and takes what no transaction could: faucets and the reserves of pools.
import { Cl } from '@stacks/transactions';
import { deployer } from './accounts.mjs';
import { must } from './genesis.mjs';
import { idOf, plainTokens, pools, tokenOf, wstxId } from './venue.mjs';

const AMOUNT_MAX = 10n ** 30n;

function amountOf(value, name) {
  const amount = /^\d+$/.test(String(value)) ? BigInt(value) : -1n;
  if (amount < 0n || amount > AMOUNT_MAX) throw new RangeError(`${name} must be a whole number of micro units`);
  return amount;
}

const mintPlain = (vm, contract, amount, to) => must(vm, contract, 'mint', [Cl.uint(amount), Cl.principal(to)]);

function grant(vm, contractId, amount, address) {
  const token = tokenOf(contractId);
  if (!token) throw new RangeError(`no token ${contractId}`);
  if (contractId === wstxId) return vm.mint(address, amount);
  if (token.type === 'SIP10') return mintPlain(vm, token.contract, amount, address);
  mintPlain(vm, token.base, amount, deployer.address);
  return must(vm, token.contract, 'deposit', [Cl.uint(amount), Cl.some(Cl.principal(address))]);
}

/** Gives STX and tokens to an address at once. */
export async function faucet(chain, { address, stx = 0, tokens = {} }) {
  const given = Object.entries(tokens).map(([id, amount]) => [id, amountOf(amount, id)]);
  const microStx = amountOf(stx, 'stx');
  await chain.control((vm) => {
    if (microStx > 0n) vm.mint(address, microStx);
    for (const [id, amount] of given) if (amount > 0n) grant(vm, id, amount, address);
  });
  return { address, stx: String(microStx), tokens: Object.fromEntries(given.map(([id, amount]) => [id, String(amount)])) };
}

/** Sets a pool's reserves; the tokens themselves come from and go to the deployer. */
export async function movePool(chain, { vault, reserveA, reserveB }) {
  const pool = pools.find(({ contract }) => vault === contract || vault === idOf(contract));
  if (!pool) throw new RangeError(`no pool ${vault}`);
  const [a, b] = await chain.control((vm) => {
    const { value } = Cl.deserialize(chain.read(idOf(pool.contract), 'get-reserves', [], deployer.address));
    const wanted = [
      reserveA === undefined ? BigInt(value.a.value) : amountOf(reserveA, 'reserveA'),
      reserveB === undefined ? BigInt(value.b.value) : amountOf(reserveB, 'reserveB'),
    ];
    if (wanted.some((reserve) => reserve === 0n)) throw new RangeError('a reserve of 0 would have no price');
    for (const [contract, reserve] of [[pool.tokenA, wanted[0]], [pool.tokenB, wanted[1]]]) {
      if (plainTokens.some((token) => token.contract === contract)) mintPlain(vm, contract, reserve, deployer.address);
      else vm.mint(deployer.address, reserve);
    }
    must(vm, pool.contract, 'set-reserves', wanted.map((reserve) => Cl.uint(reserve)));
    return wanted;
  });
  return { vault: idOf(pool.contract), reserveA: String(a), reserveB: String(b) };
}
