// Adds to package-lock.json the optional packages of other platforms that a registry without them makes npm leave out.
// npm ci refuses a lock that lacks one of them. With --check only tells what is missing. Run it after `npm i --save …`.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = []

for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isThere(place, name)) continue
    const version = /^[\^~=]?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(range)?.[1]
    if (version === undefined) throw new Error(`${place} wants ${name}@${range}: no single version to write down`)
    // Where its version of the package stands alone, it goes to the top; else beside the one who wants it.
    const other = lock.packages[`node_modules/${name}`]
    const to = other === undefined ? `node_modules/${name}` : `${place}/node_modules/${name}`
    lock.packages[to] = { version, ...platform(name), ...(dev && { dev }), optional: true }
    added.push(`${name}@${version}`)
  }
}

/** Whether Node's resolution from `place` finds an entry that satisfies the exact or caret range well enough for npm. */
function isThere(place, name) {
  const parts = place === '' ? [] : place.split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const prefix = parts.slice(0, depth).join('/node_modules/')
    if (lock.packages[`${prefix === '' ? '' : `${prefix}/`}node_modules/${name}`] !== undefined) return true
  }
  return false
}

/** What the package runs on, as its name says: npm then passes it by on every other platform. */
function platform(name) {
  const words = name.replace(/^@[^/]+\//, '').split(/[-_/]/)
  const systems = { windows: 'win32', win32: 'win32', darwin: 'darwin', linux: 'linux', android: 'android', freebsd: 'freebsd', openbsd: 'openbsd', netbsd: 'netbsd', sunos: 'sunos', aix: 'aix', openharmony: 'openharmony' }
  const processors = { arm64: 'arm64', x64: 'x64', arm: 'arm', ia32: 'ia32', ppc64: 'ppc64', s390x: 's390x', riscv64: 'riscv64', loong64: 'loong64', mips64el: 'mips64el', wasm32: 'wasm32' }
  const os = words.map((word) => systems[word]).find(Boolean)
  const cpu = words.map((word) => processors[word]).find(Boolean)
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) }
}

if (process.argv.includes('--check')) {
  for (const name of added) console.log(`missing from package-lock.json: ${name}`)
  process.exitCode = added.length === 0 ? 0 : 1
} else if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`added ${added.join(', ')}`)
}
