// Writes the types of an OpenAPI document: node generate.mjs DOCUMENT.json FILE.ts
// Its examples are left out: they are signed anew each time, and types do not need them.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const [, , from, to] = process.argv;

function withoutExamples(node, isNames = false) {
  if (Array.isArray(node)) return node.map((one) => withoutExamples(one));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([name]) => isNames || (name !== 'example' && name !== 'examples'));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutExamples(value, name === 'properties')]));
}

const document = withoutExamples(JSON.parse(readFileSync(from, 'utf8')));
writeFileSync(to, `// Made by openapi-typescript of the service's own document; see README.md for how to make it anew.\n${astToString(await openapiTS(document))}`);
