// Who may import whom: the rooms of src/, as src/README.md draws them. `npm run check` enforces it by test/rules.ts.

/** Everybody but the kernel and the BankID island may use the words and the errors. */
const common = ['text', 'errors']

/**
 * A room, the rooms of ours it may import, and where it is not free: the Node modules (`core`) and packages (`npm`) it may use.
 * A room always may import itself.
 */
const rooms = [
  { room: 'errors', may: [], core: [], npm: [] },
  { room: 'text', may: ['errors'], core: [], npm: [] },
  { room: 'config', may: ['data-folder', ...common] },

  // The kernel: each room only those below it; cryptography and inflating is all it takes from Node.
  { room: 'kernel/der', may: ['errors'], core: ['crypto', 'zlib'], npm: [] },
  { room: 'kernel/x509', may: ['kernel/der', 'errors'], core: ['crypto', 'zlib'], npm: [] },
  { room: 'kernel/cms', may: ['kernel/x509', 'kernel/der', 'errors'], core: ['crypto', 'zlib'], npm: [] },
  { room: 'kernel/pdf', may: ['errors'], core: ['crypto', 'zlib'], npm: [] },
  { room: 'kernel/evidence', may: ['errors'], core: ['crypto', 'zlib'], npm: [] },
  {
    room: 'kernel/pades',
    may: ['kernel/cms', 'kernel/pdf', 'kernel/x509', 'kernel/der', 'errors'],
    core: ['crypto', 'zlib'],
    npm: [],
  },
  { room: 'kernel/checks', may: ['kernel', 'errors'], core: ['crypto', 'zlib'], npm: [] },

  { room: 'accounting', may: common, core: [], npm: [] },
  // The sheet speaks of what it drew in the objects that the kernel appends.
  {
    room: 'sheet',
    may: ['kernel/pdf', ...common],
    core: ['crypto', 'zlib', 'fs', 'module'],
    npm: ['pdf-lib', '@cantoo/pdf-lib', '@cantoo/fontkit'],
  },
  // Reads by the kernel, draws field values with the sheet's typeface, writes a new file.
  { room: 'normalise', may: ['sheet', 'kernel/pdf', ...common], core: ['crypto', 'zlib'], npm: [] },
  // `stream` is here for its types: a blob comes as one. What flow may do with a clock or a socket is in test/rules/sources.ts.
  { room: 'flow', may: ['accounting', 'normalise', 'sheet', 'kernel', ...common], core: ['crypto', 'stream'], npm: [] },

  // Layers: these stand on flow and on what flow stands on, never on each other.
  { room: 'http', may: ['flow', 'accounting', 'kernel', ...common] },
  { room: 'pages', may: ['flow', 'accounting', 'kernel', ...common] },
  ...['store', 'blobs', 'queue', 'trust-services', 'notify', 'seal-key', 'vault', 'telemetry'].map((name) => ({
    room: `adapters/${name}`,
    may: ['flow', 'kernel', ...common],
  })),
  // It answers in the words of accounting.
  { room: 'adapters/company-register', may: ['flow', 'accounting', ...common] },
  // It also runs the sheet's work off the event loop.
  { room: 'adapters/threads', may: ['flow', 'sheet', 'kernel', ...common] },

  { room: 'compose', may: ['http', 'pages', 'adapters', 'visitor', 'flow', 'accounting', 'sheet', 'kernel', 'config', 'data-folder', ...common] },
  // Runs in browsers too.
  { room: 'client', may: [], core: [], npm: [] },
  { room: 'data-folder', may: common },
  { room: 'postgres', may: ['data-folder', ...common] },
  { room: 'up', may: ['postgres', 'data-folder', ...common] },
  // A person before a browser, for whoever plays one: the demo, and the test door of the API.
  { room: 'visitor', may: [] },
  { room: 'demo', may: ['client', 'visitor', 'data-folder', ...common] },
  { room: 'bankid', may: [] },
  { room: 'bin/verify', may: ['bin/verification-lines', 'kernel', ...common] },
  { room: 'bin/checks-table', may: ['kernel', ...common] },
  { room: 'bin/rules-table', may: ['accounting', ...common] },
  { room: 'bin/verification-lines', may: ['kernel', ...common] },
  { room: 'bin/bankid', may: ['bankid'] },
  { room: 'bin/openapi', may: ['http', ...common] },
  // A thread is a process of its own: it joins the parts it needs, as compose.ts does for the others.
  { room: 'bin/pdf-thread', may: ['adapters', 'flow', 'sheet', 'kernel', ...common] },
  { room: 'bin', may: ['compose', 'config', 'postgres', 'up', 'demo', 'data-folder', 'flow', ...common], except: ['bin/verify', 'bin/verification-lines', 'bin/bankid', 'bin/openapi', 'bin/checks-table', 'bin/rules-table', 'bin/pdf-thread'] },
]

/** A room is a folder or a single file of src/. */
const within = (room) => `^src/${room}(/|[.]ts$)`
const anyOf = (names) => names.map(within)
const packages = (names) => names.map((name) => `node_modules/${name}/`)
const error = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

const forbidden = rooms.flatMap(({ room, may, core, npm, except = [] }) => {
  const from = { path: within(room), pathNot: ['/generated/', ...anyOf(except)] }
  const rules = [
    error(`${room}-imports`, from, { path: '^src/', pathNot: anyOf([room, ...may]) }, `may import ${may.join(', ') || 'nothing of ours'}`),
  ]
  if (core) {
    const pathNot = core.length > 0 ? [`^(node:)?(${core.join('|')})$`] : []
    rules.push(error(`${room}-core`, from, { dependencyTypes: ['core'], pathNot }, `may use ${core.join(', ') || 'no Node module'}`))
  }
  if (npm) {
    rules.push(error(`${room}-packages`, from, { path: 'node_modules/', pathNot: packages(npm) }, `may use ${npm.join(', ') || 'no package'}`))
  }
  return rules
})

forbidden.push(
  error('in-a-room', { path: '^src/', pathNot: [...anyOf(rooms.map(({ room }) => room)), '[.]d[.]ts$'] }, {}, 'every file belongs to a room of this table'),
  error('no-cycles', { pathNot: '/generated/' }, { circular: true }, 'what needs each other is one thing or lacks a third'),
  error('no-orphans', { path: '^src/.*[.]ts$', orphan: true, pathNot: ['^src/client/index[.]ts$', '^src/bin/', '^src/up/end-with-parent[.]ts$', '/generated/', '[.]d[.]ts$'] }, {}, 'nobody imports it, it imports nobody'),
  error('resolvable', {}, { couldNotResolve: true, pathNot: '^(node:)?test' }, 'what cannot be found cannot be judged'),
  error('no-tests', { path: '^src/' }, { path: '^(test|bench)/|[.]test[.]ts$' }, 'src knows no tests'),
  error('no-loaders', { path: '^src/', pathNot: '/generated/' }, { dependencyTypes: ['core'], path: '^(node:)?vm$' }, 'vm hides what is imported; createRequire is looked at in test/rules/sources.ts'),
  error('shipped-packages', { path: '^src/', pathNot: '/generated/' }, { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] }, 'what runs stands in dependencies'),
  error('island', { path: '^src/', pathNot: ['^src/bankid/', '^src/bin/bankid[.]ts$'] }, { path: '^src/bankid/' }, 'only bin/bankid.ts starts the simulated BankID'),
)

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    // Sees `import type` and re-exported types too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    exoticRequireStrings: ['require'],
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.d.ts', '.json'],
    },
  },
}
