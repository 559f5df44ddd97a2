// Signs what it is given, one JSON line each on the standard input, and prints one signature a line: node sign.mjs
import { createInterface } from 'node:readline';
import { KeySigner, signIntent, signMessage, signTerms } from '../dist/index.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { key, network, intent, terms, version, text } = JSON.parse(line);
  const signer = new KeySigner(key, network);
  const signature = intent ? await signIntent(signer, intent) : terms ? await signTerms(signer, terms, version) : await signMessage(signer, text);
  console.log(JSON.stringify({ address: signer.address, publicKey: signer.publicKey, signature }));
}
