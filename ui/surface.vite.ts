// How the browser surfaces are built. Their Content-Security-Policy allows nothing inline, their
// first load has a budget, and the service sends what is compressed here.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** What a surface may weigh before a person sees it: document, styles and first scripts, gzipped. */
const FIRST_LOAD = 80 * 1024;

const WORDS = new URL('./design/messages/en/surfaces.ftl', import.meta.url);

/** Smaller files gain nothing. */
const WORTH_COMPRESSING = 512;

/** The packages here are read as sources, so that nothing must be built before they are used. */
export const SOURCE = 'unified-login-source';

interface Look {
  /** Whether its pages begin with the bar of the design system. */
  bar?: boolean;
}

/** The settings of a surface. `--mode stories` builds its stories instead. */
export function surface({ bar = false }: Look = {}) {
  return defineConfig(({ mode }) => {
    const stories = mode === 'stories';
    return {
      plugins: [
        svelte(),
        nothingInline(),
        ...(stories ? [] : [beforeTheScript(bar), firstLoad(), compressed()]),
      ],
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

/** Without scripts the page says so; and the bar is painted before they have run. */
function beforeTheScript(bar: boolean): Plugin {
  const words = new FluentBundle('en');
  words.addResource(new FluentResource(readFileSync(WORDS, 'utf8')));
  const said = words.getMessage('no-script')?.value;
  const noScript = `<noscript><p>${said ? words.formatPattern(said) : ''}</p></noscript>`;
  const mark =
    '<svg width="26" height="26" viewBox="64 64 896 896">' +
    '<rect x="64" y="64" width="896" height="896" rx="208" fill="#0e6a5e" />' +
    '<g fill="none" stroke-width="104" stroke-linecap="round" stroke-linejoin="round">' +
    '<path d="M512 452 L628 660 L772 364" stroke="#8fe0cf" />' +
    '<path d="M252 364 L396 660 L540 364" stroke="#fff" /></g></svg>';
  const painted = `<div class="first-paint-bar" aria-hidden="true"><div>${mark}</div></div>`;
  return {
    name: 'before-the-script',
    transformIndexHtml: (html) =>
      html.replace('</body>', `${bar ? painted : ''}${noScript}</body>`),
  };
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
