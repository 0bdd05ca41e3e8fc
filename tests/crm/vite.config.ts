import { defineConfig } from 'vite';

// One document for each host; tests/stage/crm.rs chooses among them by the Host header.
export default defineConfig({
  appType: 'mpa',
  build: {
    target: 'es2022',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        'hubspot.html',
        'hubspot-window.html',
        'zendesk.html',
        'salesforce.html',
        'evil.html',
      ],
    },
  },
});
