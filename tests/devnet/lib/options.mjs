// The command line. Unknown or malformed options stop the start.
import { parseArgs } from 'node:util';

const NUMBERS = {
  port: [20443, 0, 65535], 'block-ms': [1000, 0, 3_600_000], accounts: [10, 10, 1000], wallets: [10, 1, 10_000],
  seed: [1, 0, 0xffffffff], 'block-txs': [500, 1, 100_000],
};

export function optionsOf(argv) {
  const options = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({ args: argv, options: { ...options, 'exit-with-stdin': { type: 'boolean', default: false } } });
  const number = (name) => {
    const [fallback, min, max] = NUMBERS[name];
    const value = values[name] === undefined ? fallback : Number(values[name]);
    if (!Number.isInteger(value) || value < min || value > max) throw new RangeError(`--${name} must be an integer ${min} to ${max}`);
    return value;
  };
  return {
    port: number('port'), blockMs: number('block-ms'), solvers: number('accounts'), wallets: number('wallets'), seed: number('seed'),
    blockTransactionsMax: number('block-txs'), exitWithStdin: values['exit-with-stdin'],
  };
}
