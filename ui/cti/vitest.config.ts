import { defineConfig } from 'vitest/config';
import { SOURCE } from '../surface.vite.ts';

export default defineConfig({
  resolve: { conditions: [SOURCE] },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
