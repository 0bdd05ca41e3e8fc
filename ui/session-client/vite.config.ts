// Two entries, readable by any bundler and by a browser as they are; their size has a budget.

import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** What both entries may weigh together, gzipped. */
const BUDGET = 6 * 1024;

export default defineConfig({
  build: {
    target: 'es2022',
    sourcemap: true,
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: {
      input: { index: 'src/index.ts', embed: 'src/embed.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true },
    },
  },
  plugins: [
    {
      name: 'budget',
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          const sum = Object.values(bundle)
            .map((file) => (file.type === 'chunk' ? gzipSync(file.code, { level: 9 }).length : 0))
            .reduce((one, other) => one + other, 0);
          const said = `session-client ${sum} bytes gzipped of ${BUDGET}`;
          if (sum > BUDGET) {
            this.error(said);
          }
          console.log(said);
        },
      },
    },
  ],
});
