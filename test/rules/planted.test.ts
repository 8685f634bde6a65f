// The rules are worth what they catch: violations are planted in a copy of the sources, and every one must be reported.
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { importViolations, type Violation } from './imports.ts'
import { sourceViolations } from './sources.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** What is planted: the file, its text, and the rule that must name it. */
const plants: readonly [what: string, file: string, text: string, rule: string][] = [
  [
    'a type of the API in the kernel',
    'kernel/der/a.ts',
    "import type { X } from '../../http/x.ts'\nexport type Y = X",
    'kernel/der-imports',
  ],
  ['a re-export of flow from accounting', 'accounting/b.ts', "export { x } from '../flow/x.ts'", 'accounting-imports'],
  [
    'a re-exported type of the store from pages',
    'pages/c.ts',
    "export type { X } from '../adapters/store/x.ts'",
    'pages-imports',
  ],
  [
    'import() of an adapter from flow',
    'flow/d.ts',
    "export const x = () => import('../adapters/vault/x.ts')",
    'flow-imports',
  ],
  [
    'one adapter in another',
    'adapters/queue/e.ts',
    "import { x } from '../vault/x.ts'\nexport const y = x",
    'adapters/queue-imports',
  ],
  [
    'a higher room of the kernel in a lower one',
    'kernel/pdf/f.ts',
    "import { x } from '../cms/x.ts'\nexport const y = x",
    'kernel/pdf-imports',
  ],
  ['the configuration in a room', 'http/g.ts', "import { x } from '../config.ts'\nexport const y = x", 'http-imports'],
  [
    'the kernel in the BankID island',
    'bankid/h.ts',
    "import { x } from '../kernel/der/x.ts'\nexport const y = x",
    'bankid-imports',
  ],
  ['the BankID island in compose', 'compose.ts', "import { x } from './bankid/x.ts'\nexport const y = x", 'island'],
  [
    'flow in the verifier',
    'bin/verify.ts',
    "import { x } from '../flow/x.ts'\nexport const y = x",
    'bin/verify-imports',
  ],
  [
    'fs in the kernel',
    'kernel/pdf/i.ts',
    "import { readFileSync } from 'node:fs'\nexport const y = readFileSync",
    'kernel/pdf-core',
  ],
  [
    'fs without its prefix in flow',
    'flow/j.ts',
    "import { readFileSync } from 'fs'\nexport const y = readFileSync",
    'flow-core',
  ],
  [
    'http as a type in flow',
    'flow/k.ts',
    "import type { Server } from 'node:http'\nexport type Y = Server",
    'flow-core',
  ],
  [
    'a package in the kernel',
    'kernel/cms/l.ts',
    "import { x } from 'asn1js'\nexport const y = x",
    'kernel/cms-packages',
  ],
  ['a package in flow', 'flow/m.ts', "import pino from 'pino'\nexport const y = pino", 'flow-packages'],
  [
    'a package meant for development',
    'http/n.ts',
    "import fc from 'fast-check'\nexport const y = fc",
    'shipped-packages',
  ],
  [
    'createRequire',
    'http/o.ts',
    "import { createRequire } from 'node:module'\nexport const y = createRequire(import.meta.url)('x')",
    'hidden-import',
  ],
  [
    'createRequire kept for later',
    'http/al.ts',
    "import { createRequire } from 'node:module'\nexport const y = createRequire(import.meta.url)",
    'hidden-import',
  ],
  [
    'createRequire under another name',
    'http/am.ts',
    "import { createRequire as x } from 'node:module'\nexport const y = x(import.meta.url)",
    'hidden-import',
  ],
  ['the whole of node:module', 'http/an.ts', "import * as x from 'node:module'\nexport const y = x", 'hidden-import'],
  ['vm', 'http/ao.ts', "import { runInNewContext } from 'node:vm'\nexport const y = runInNewContext", 'no-loaders'],
  ['a test in src', 'http/p.ts', "import { x } from '../../test/x.ts'\nexport const y = x", 'no-tests'],
  ['a room nobody drew', 'helpers/q.ts', "import { x } from '../flow/x.ts'\nexport const y = x", 'in-a-room'],
  ['an orphan', 'http/r.ts', 'export const y = 1', 'no-orphans'],
  ['an import that leads nowhere', 'http/s.ts', "import { x } from './nowhere.ts'\nexport const y = x", 'resolvable'],
  ['a cycle', 'http/t.ts', "import { y } from './u.ts'\nexport const x = y", 'no-cycles'],
  ['process.env in a room', 'http/v.ts', "export const y = process.env['HOME']", 'environment'],
  ['process["env"] in a room', 'http/w.ts', "export const y = process['env']", 'environment'],
  ['env taken out of process', 'http/aa.ts', 'export const { env } = process', 'environment'],
  ['env imported', 'http/ab.ts', "import { env } from 'node:process'\nexport const y = env", 'environment'],
  ['globalThis.process.env', 'http/ac.ts', 'export const y = globalThis.process.env', 'environment'],
  ['import() of a computed name', 'http/ad.ts', 'export const y = (name: string) => import(name)', 'hidden-import'],
  ['getBuiltinModule', 'kernel/der/ae.ts', "export const y = process.getBuiltinModule('fs')", 'hidden-import'],
  ['Date.now in the kernel', 'kernel/cms/af.ts', 'export const y = () => Date.now()', 'clock-or-world'],
  ['new Date() in flow', 'flow/ag.ts', 'export const y = () => new Date()', 'clock-or-world'],
  ['fetch in accounting', 'accounting/ah.ts', "export const y = () => fetch('x')", 'clock-or-world'],
  ['a timer in flow', 'flow/ai.ts', 'export const y = () => setTimeout(() => {}, 1)', 'clock-or-world'],
  ['a file of 401 lines', 'http/aj.ts', 'export {}\n'.repeat(401), 'length'],
]

/** What the plants lean on, and what looks alike but is allowed. */
const ground: readonly [file: string, text: string][] = [
  ['http/x.ts', 'export type X = 1'],
  ['flow/x.ts', 'export const x = 1'],
  ['config.ts', "export const x = process.env['HOME']"],
  ['adapters/store/x.ts', 'export type X = 1'],
  ['adapters/vault/x.ts', 'export const x = 1'],
  ['kernel/cms/x.ts', 'export const x = 1'],
  ['kernel/der/x.ts', 'export const x = 1'],
  ['bankid/x.ts', 'export const x = 1'],
  ['http/u.ts', "import { x } from './t.ts'\nexport const y = x"],
  ['flow/y.ts', "import { x } from './x.ts'\nexport const y = new Date(x)"],
  [
    'pages/z.ts',
    "import { createRequire } from 'node:module'\nexport const y = createRequire(import.meta.url).resolve('x')",
  ],
  ['adapters/vault/y.ts', "import { x } from './x.ts'\nexport const y = [x, Date.now()]"],
]

let root = ''
let violations: Violation[] = []
let modules = 0

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'segl-rules-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    await cp(join(repository, name), join(root, name))
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  const files = [
    ...plants.map(([, file, text]) => [join('src', file), text] as const),
    ...ground.map(([file, text]) => [join('src', file), text] as const),
  ]
  for (const [file, text] of [...files, ['test/x.ts', 'export const x = 1'] as const]) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  const imports = await importViolations(root)
  modules = imports.modules
  violations = [...imports.violations, ...(await sourceViolations(root))]
})

after(() => rm(root, { recursive: true }))

describe('the import rules', () => {
  it('look at every file', () => {
    assert.equal(modules, plants.length + ground.length)
  })
  for (const [what, file, , rule] of plants) {
    it(`catch ${what}`, () => {
      const caught = violations.filter((one) => one.from === `src/${file}`).map((one) => one.rule)
      assert.ok(caught.includes(rule), `${file} is caught by [${caught}], not by ${rule}`)
    })
  }
  it('let through what is allowed', () => {
    const innocent = ground.map(([file]) => `src/${file}`).filter((file) => !file.endsWith('u.ts'))
    const blamed = violations.filter((one) => innocent.includes(one.from) && one.rule !== 'no-orphans')
    assert.deepEqual(blamed, [])
  })
})
