// Where Segl keeps what it must not lose, and who may go in there.
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { SeglError } from './errors.ts'

/** PostgreSQL refuses to run as root; this is who runs it instead. */
export type Account = { readonly uid: number; readonly gid: number }

export const isRoot = (): boolean => process.getuid?.() === 0

/** The account `nobody` when we are root, else undefined: everything runs as ourselves. */
export function databaseAccount(): Account | undefined {
  if (!isRoot()) return undefined
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody')
  return { uid: Number(entry?.[2] ?? 65_534), gid: Number(entry?.[3] ?? 65_534) }
}

/** The nearest folder above `path` (or `path`) that exists and that others may not enter; undefined when all may be. */
export function closedFolder(path: string): string | undefined {
  let folder = existingPart(resolve(path))
  for (;;) {
    if ((statSync(folder).mode & 0o001) === 0) return folder
    const above = dirname(folder)
    if (above === folder) return undefined
    folder = above
  }
}

function existingPart(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return existingPart(dirname(path))
  }
}

/**
 * Default of DATA_DIR: `.segl` in the working directory. As root, when `nobody` may not go there (a clone under /root,
 * say), `/var/lib/segl/<hash of the working directory>`, or the same under the temporary folder where /var/lib is
 * read-only: every clone has a folder of its own, and finds it again.
 */
export function defaultDataFolder(workingDirectory: string = process.cwd()): string {
  const here = join(workingDirectory, '.segl')
  if (!isRoot() || closedFolder(workingDirectory) === undefined) return here
  const name = createHash('sha256').update(realpathSync(workingDirectory)).digest('hex').slice(0, 12)
  for (const parent of ['/var/lib/segl', join(tmpdir(), 'segl')]) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 })
      if (closedFolder(parent) === undefined) return join(parent, name)
    } catch {
      // read-only or forbidden: the next one
    }
  }
  return here
}

/**
 * Makes the data folder (and what is above it). As root others may pass through it (0711), since the database runs as
 * `nobody`; what is secret in it has 0600.
 * @param options.database whether the database is to be kept in it
 * @throws SeglError CONFIG_INVALID when the folder cannot be made or `nobody` cannot reach it
 */
export function openDataFolder(path: string, { database = true } = {}): string {
  const folder = resolve(path)
  try {
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
    if (isRoot()) chmodSync(folder, statSync(folder).mode | 0o011)
  } catch (cause) {
    throw new SeglError(
      'CONFIG_INVALID',
      `The folder ${folder} cannot be made or opened. Name another one in DATA_DIR.`,
      {
        cause,
      },
    )
  }
  const closed = isRoot() && database ? closedFolder(folder) : undefined
  if (closed !== undefined) {
    throw new SeglError(
      'CONFIG_INVALID',
      `PostgreSQL does not run as root but as the user nobody, who may not enter ${closed}. ` +
        'Name a folder in DATA_DIR that everybody may pass through, such as /var/lib/segl, or start as an ordinary user.',
    )
  }
  return realpathSync(folder)
}

/**
 * Writes a file that only we may read, whole or not at all, and never over one that is there.
 * @returns the text that is in the file now: ours, or that of whoever was faster
 */
export function createPrivateFile(path: string, text: string): string {
  const temporary = writeTemporary(path, text)
  try {
    linkSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(temporary)
  }
  return readFileSync(path, 'utf8')
}

/** Writes a file that only we may read, whole or not at all, in place of one that may be there. */
export function replacePrivateFile(path: string, text: string): void {
  renameSync(writeTemporary(path, text), path)
  syncFolder(dirname(path))
}

function writeTemporary(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const file = openSync(temporary, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return temporary
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
