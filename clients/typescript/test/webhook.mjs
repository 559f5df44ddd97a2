// Says what becomes of each message that it is given, one JSON line each on the standard input: node webhook.mjs
import { createInterface } from 'node:readline';
import { verifyWebhook } from '../dist/index.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body, now, asHeaders } = JSON.parse(line);
  try {
    const { id, type, data } = verifyWebhook(secret, asHeaders ? new Headers(headers) : headers, body, { now: () => now });
    console.log(`${id} ${type} ${data.position}`);
  } catch (fault) {
    console.log(fault.code ?? fault.message);
  }
}
