import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The stories render every state of the window for looking at it and for the accessibility
// tests; they are built apart and never shipped.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5199, strictPort: true },
  build: {
    target: 'es2022',
    outDir: mode === 'stories' ? 'dist-stories' : 'dist',
    emptyOutDir: true,
    // Everything is a file of its own: the Content-Security-Policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: mode === 'stories' ? 'stories.html' : 'index.html' },
  },
}));
