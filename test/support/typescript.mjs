// `node --import ./test/support/typescript.mjs FILE.ts`: runs TypeScript as it stands, with its types blanked out.
import { register } from 'node:module'

// Threads inherit `--import`, and so each registers for itself.
register('./typescript-hooks.mjs', import.meta.url)
// Only that. node:test's promise hooks cost a third of the time, and without them every suite of a file but the first is left
// out without a word (support.test.ts): never switch them off.
