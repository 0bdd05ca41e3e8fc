// How the browser surfaces are built. Their Content-Security-Policy allows nothing inline, their
// first load has a budget, and the service sends what is compressed here.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** What a surface may weigh before a person sees it: document, styles and first scripts, gzipped. */
const FIRST_LOAD = 80 * 1024;

/** Smaller files gain nothing. */
const WORTH_COMPRESSING = 512;

/** The packages here are read as sources, so that nothing must be built before they are used. */
export const SOURCE = 'unified-login-source';

/** The settings of a surface. `--mode stories` builds its stories instead. */
export function surface() {
  return defineConfig(({ mode }) => {
    const stories = mode === 'stories';
    return {
      plugins: [svelte(), nothingInline(), ...(stories ? [] : [firstLoad(), compressed()])],
      clearScreen: false,
      resolve: { conditions: [SOURCE, ...defaultClientConditions] },
      build: {
        target: 'es2022',
        outDir: stories ? 'dist-stories' : 'dist',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        rolldownOptions: { input: stories ? 'stories.html' : 'index.html' },
      },
    };
  });
}

/** Refuses a document that the policy would cut: scripts, styles and handlers in the markup. */
function nothingInline(): Plugin {
  const inline = /<style\b|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=/i;
  return {
    name: 'nothing-inline',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.fileName.endsWith('.html') && file.type === 'asset') {
          const found = inline.exec(String(file.source));
          if (found) {
            this.error(`${file.fileName} has ${found[0]}, which the browser would refuse`);
          }
        }
      }
    },
  };
}

/** Says what the first load weighs, and refuses more than the budget. */
function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const wanted = new Set<string>();
        const want = (name: string): void => {
          const file = bundle[name];
          if (!file || wanted.has(name)) {
            return;
          }
          wanted.add(name);
          if (file.type === 'chunk') {
            file.imports.forEach(want);
            file.viteMetadata?.importedCss.forEach(want);
          }
        };
        for (const file of Object.values(bundle)) {
          if (file.fileName.endsWith('.html') || (file.type === 'chunk' && file.isEntry)) {
            want(file.fileName);
          }
        }
        let sum = 0;
        for (const name of wanted) {
          const file = bundle[name];
          if (file) {
            sum += gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
          }
        }
        const said = `first load ${kib(sum)} KiB gzipped of ${kib(FIRST_LOAD)} KiB, ${wanted.size} files`;
        if (sum > FIRST_LOAD) {
          this.error(said);
        }
        console.log(said);
      },
    },
  };
}

/** Puts a `.br` and a `.gz` beside each text file. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (!/\.(js|css|svg|json)$/.test(file.fileName) || content.length < WORTH_COMPRESSING) {
            continue;
          }
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.br`,
            source: brotliCompressSync(content, {
              params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
            }),
          });
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: gzipSync(content, { level: 9 }),
          });
        }
      },
    },
  };
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
