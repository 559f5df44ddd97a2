// What a swap would move, said from its hops before it is run: the transfers that post-conditions judge.
import { Sent } from './postconditions.mjs';
import { assetOf, idOf, routerId, tokenOf, vaultOf } from './venue.mjs';

/** hops are the {dx, dy} the router would return. Throws for a vault this venue does not have. */
export function sentBySwap(swap, hops) {
  const sent = new Sent();
  let amount = swap.amount;
  swap.hops.forEach(({ vault, opcode }, i) => {
    const known = vaultOf(vault);
    if (!known) throw new Error(`no vault ${vault}`);
    hopMoves(known, opcode, amount, hops[i]).forEach((move) => sent.add(...move));
    amount = hops[i].dy;
  });
  if (tokenOf(swap.outToken).type !== 'SUBNET') sent.add(routerId, assetOf(swap.outToken), amount);
  return sent;
}

function hopMoves(vault, opcode, amount, { dx, dy }) {
  const id = idOf(vault.contract);
  const [a, b] = [vault.tokenA, vault.tokenB].map(idOf);
  switch (opcode) {
    case '00': return [[routerId, assetOf(a), amount], [id, assetOf(b), dy]];
    case '01': return [[routerId, assetOf(b), amount], [id, assetOf(a), dy]];
    case '02': return [[routerId, assetOf(a), dx], [routerId, assetOf(b), dy]];
    case '03': return [[routerId, `${id}::${vault.asset}`, amount], [id, assetOf(a), dx], [id, assetOf(b), dy]];
    case '05': return [[routerId, assetOf(a), amount]];
    case '06': return [[b, assetOf(a), amount]];
    default: throw new Error(`opcode ${opcode} cannot have succeeded`);
  }
}
