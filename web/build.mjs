// Builds the page: node build.mjs [FOLDER]. Without a folder into the service's own assets; the same sources give the same bytes.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, '..', 'src', 'OrderService', 'Web', 'Assets');

// What is bundled, whose licences go with it.
const bundled = ['lightweight-charts', 'fancy-canvas', '@noble/hashes', '@noble/secp256k1'];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: { page: join(here, 'src', 'main.ts'), operator: join(here, 'src', 'operator.ts'), swagger: join(here, 'src', 'swagger.ts') },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: here,
  alias: { '@orderservice/client': join(here, '..', 'clients', 'typescript', 'src', 'index.ts') },
  nodePaths: [join(here, 'node_modules')],
  plugins: [{
    // The client's own packages are the same versions as the page's; taking the page's makes one copy of each.
    name: 'one-copy',
    setup: (made) => made.onResolve({ filter: /^@noble\// }, ({ path, pluginData, ...rest }) =>
      pluginData === 'ours' ? undefined : made.resolve(path, { resolveDir: here, kind: rest.kind, pluginData: 'ours' })),
  }],
});
for (const name of ['index.html', 'operator.html', 'page.css', 'swagger.css', 'icon.svg']) copyFileSync(join(here, 'src', name), join(out, name));
writeFileSync(join(out, 'NOTICE.txt'), noticeOf(bundled));

function noticeOf(names) {
  const parts = names.map((name) => {
    const folder = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    // A package that names its licence and does not bring the text has it from here.
    const text = [join(folder, 'LICENSE'), join(here, 'licenses', `${name}.txt`)].find((file) => existsSync(file));
    return `${name} ${version} (${license})\n\n${readFileSync(text, 'utf8').trim()}\n`;
  });
  const line = '-'.repeat(100);
  return `The page of OrderService has these packages in it, under their own licences.\n\n`
    + `TradingView Lightweight Charts™: Copyright (c) TradingView, Inc. https://www.tradingview.com/\n\n${line}\n${parts.join(`\n${line}\n`)}`;
}
