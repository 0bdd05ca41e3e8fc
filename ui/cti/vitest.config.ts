import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { SOURCE } from '../surface.vite.ts';

export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: [SOURCE, 'browser'] },
  // What admins import is in docs/crm.
  server: { fs: { allow: ['..', '../../docs'] } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
