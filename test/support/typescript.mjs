// `node --import ./test/support/typescript.mjs FILE.ts`: runs TypeScript as it stands, with its types blanked out.
import { register } from 'node:module'

// Threads inherit `--import`, and so each registers for itself.
register('./typescript-hooks.mjs', import.meta.url)
