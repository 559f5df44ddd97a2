// Starts a devnet of its own for a test file, with blocks on request only.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { accountsOf } from '../../lib/accounts.mjs';

const accounts = accountsOf({ solvers: 10, wallets: 10 });
export const named = (name) => accounts.find((account) => account.name === name);

export async function startDevnet(...args) {
  const child = spawn(process.execPath, [new URL('../../devnet.mjs', import.meta.url).pathname, '--port', '0', '--block-ms', '0', '--exit-with-stdin', ...args],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await new Promise((resolve, reject) => {
    lines.once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`devnet ended with ${code}`)));
  });
  const base = line.replace('devnet listening on ', '');
  const json = async (path, init) => {
    const response = await fetch(base + path, init);
    return { status: response.status, body: await response.json() };
  };
  const get = async (path) => (await json(path)).body;
  const post = (path, body) => json(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const control = async (path, body = {}) => {
    const { status, body: answer } = await post(`/devnet/${path}`, body);
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    base, get, json, post, control,
    broadcast: (tx) => json('/v2/transactions', { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from(tx.hex, 'hex') }),
    mine: (blocks = 1) => control('mine', { blocks }),
    tx: (tx) => get(`/extended/v1/tx/0x${tx.txid ?? tx}`),
    balance: async (principal, token) => BigInt((await get(`/devnet/balances/${principal}`)).tokens[token]),
    nonce: async (account) => (await get(`/v2/accounts/${account.address}?proof=0`)).nonce,
    exited: new Promise((resolve) => { child.once('exit', resolve); }),
    stop: () => { child.stdin.end(); },
  };
}
