import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // `light-dark()` is used as it is, so the browsers that know it are the ones we serve.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // An inlined asset would be a data: URL, which the policy allows for pictures alone.
    assetsInlineLimit: 0,
    // The policy allows no inline script, and every browser that we serve knows preloading.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4142' } },
})
