// A Stacks node and API over the real Clarity VM: node devnet.mjs --port 20443 --block-ms 1000
import { accountsOf } from './lib/accounts.mjs';
import { Chain } from './lib/chain.mjs';
import { Faults } from './lib/faults.mjs';
import { Fees } from './lib/fees.mjs';
import { buildGenesis } from './lib/genesis.mjs';
import { Miner } from './lib/miner.mjs';
import { optionsOf } from './lib/options.mjs';
import { Prices } from './lib/prices.mjs';
import { controlRoutes } from './lib/routes/control.mjs';
import { extendedRoutes } from './lib/routes/extended.mjs';
import { nodeRoutes } from './lib/routes/node.mjs';
import { venueRoutes } from './lib/routes/venue.mjs';
import { Server } from './lib/server.mjs';
import { Vm } from './lib/vm.mjs';

const EXIT_BUG = 70;
const options = optionsOf(process.argv.slice(2));
const accounts = accountsOf(options);

const vm = await Vm.start();
buildGenesis(vm, accounts);
const chain = new Chain(vm, { ...options, onBug: stopForBug });
const miner = new Miner(chain, stopForBug);
const faults = new Faults(options.seed);
const devnet = { chain, miner, faults, accounts, lag: { blocks: 0 }, prices: new Prices(), fees: new Fees(), server: () => server };
const server = new Server(
  [...nodeRoutes(devnet), ...extendedRoutes(devnet), ...venueRoutes(devnet), ...controlRoutes(devnet)], faults);

const port = await server.listen(options.port);
miner.setPace(options.blockMs);
process.stdout.write(`devnet listening on http://127.0.0.1:${port}\n`);

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('unhandledRejection', stopForBug);
if (options.exitWithStdin) process.stdin.resume().on('end', stop).on('error', stop).on('close', stop);

function stop() {
  server.close();
  process.exit(0);
}

// A devnet that contradicts itself must not go on judging others.
function stopForBug(bug) {
  process.stderr.write(`devnet stopped: ${bug.stack ?? bug}\n`);
  process.exit(EXIT_BUG);
}
