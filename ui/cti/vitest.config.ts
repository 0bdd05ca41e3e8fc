import { defineConfig } from 'vitest/config';
import { SOURCE } from '../surface.vite.ts';

export default defineConfig({
  resolve: { conditions: [SOURCE] },
  // What admins import is in docs/crm.
  server: { fs: { allow: ['..', '../../docs'] } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
