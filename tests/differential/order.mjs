// Prints the body of an order as a wallet with @stacks/transactions signs it: node order.mjs '{"privateKey":…,"network":…,"router":…,"inputToken":…,…}'
// Whatever else is given is put into the body as it is.
import { randomUUID } from 'node:crypto';
import { Cl, getAddressFromPrivateKey, signStructuredData } from '@stacks/transactions';

const { privateKey, network, router, ...order } = JSON.parse(process.argv[2]);
const uuid = randomUUID();
const owner = getAddressFromPrivateKey(privateKey, network);

const domain = Cl.tuple({
  name: Cl.stringAscii('BLAZE_PROTOCOL'), version: Cl.stringAscii('v1.0'), 'chain-id': Cl.uint(network === 'mainnet' ? 1 : 2147483648),
});
const message = Cl.tuple({
  contract: Cl.principal(order.inputToken), intent: Cl.stringAscii('TRANSFER_TOKENS'), opcode: Cl.none(), amount: Cl.some(Cl.uint(order.amountIn)),
  target: Cl.some(Cl.principal(router)), uuid: Cl.stringAscii(uuid),
});
// The library signs r, s and v in the order that the contract recovers from.
const signature = signStructuredData({ message, domain, privateKey });

console.log(JSON.stringify({ uuid, owner, recipient: owner, signature, ...order }));
