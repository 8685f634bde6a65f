// The island's memory: JSON files written atomically, so that a kill -9 leaves either the old or the new state.
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clock } from './clock.ts'

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Temporary name, fsync, rename, fsync of the folder. `durable: false` skips the fsyncs: safe against kill -9, not against a power cut. */
export const writeAtomic = (path: string, data: string | Uint8Array, { durable = true } = {}): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const file = openSync(temporary, 'wx', 0o600)
  try {
    const bytes = Buffer.from(data)
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    if (durable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  if (!durable) return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** The file's text, or undefined when it does not exist. */
export const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const removeIfThere = (path: string): boolean => {
  try {
    unlinkSync(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

const listIfThere = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

type Kept = { id: string; expires: number; value: unknown }

/** A folder of short-lived values by id. Nothing is held in memory, so nothing can leak there. */
export type Shelf<T> = {
  put(id: string, value: T, expires: Date): void
  /** Puts another value in the place of one that is still there, for as long as that one would have stayed. */
  replace(id: string, value: T): void
  /** The value, or undefined when it is missing or has expired. */
  get(id: string): T | undefined
  /** Removes and returns at once: of two callers only one gets the value. */
  take(id: string): T | undefined
  remove(id: string): void
  /** Everything that has not expired. */
  all(): { id: string; value: T; expires: Date }[]
  /** Removes what has expired and what a killed writer left behind; returns how many live values are left. */
  sweep(): number
}

/** @param parse checks what comes from disk; it throws when the value is not a T */
export const createShelf = <T>(folder: string, clock: Clock, parse: (value: unknown) => T): Shelf<T> => {
  const pathOf = (id: string): string => join(folder, `${createHash('sha256').update(id).digest('hex')}.json`)
  const read = (path: string): Kept | undefined => {
    const text = readIfThere(path)
    if (text === undefined) return undefined
    const kept: unknown = JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('id' in kept) || !('expires' in kept) || !('value' in kept)) {
      throw new Error(`${path} is not a state file`)
    }
    return { id: String(kept.id), expires: Number(kept.expires), value: kept.value }
  }
  const live = (kept: Kept | undefined): Kept | undefined =>
    kept && kept.expires > clock().getTime() ? kept : undefined

  return {
    put(id, value, expires) {
      writeAtomic(pathOf(id), JSON.stringify({ id, expires: expires.getTime(), value }), { durable: false })
    },
    replace(id, value) {
      const kept = live(read(pathOf(id)))
      if (kept) writeAtomic(pathOf(id), JSON.stringify({ ...kept, value }), { durable: false })
    },
    get(id) {
      const kept = live(read(pathOf(id)))
      return kept && parse(kept.value)
    },
    take(id) {
      const kept = live(read(pathOf(id)))
      return removeIfThere(pathOf(id)) && kept ? parse(kept.value) : undefined
    },
    remove(id) {
      removeIfThere(pathOf(id))
    },
    all() {
      const found: { id: string; value: T; expires: Date }[] = []
      for (const name of listIfThere(folder)) {
        if (!name.endsWith('.json')) continue
        const kept = live(read(join(folder, name)))
        if (kept) found.push({ id: kept.id, value: parse(kept.value), expires: new Date(kept.expires) })
      }
      return found
    },
    sweep() {
      let left = 0
      for (const name of listIfThere(folder)) {
        const path = join(folder, name)
        // The island is one process and writes synchronously: a .tmp seen here belongs to a writer that was killed.
        if (name.endsWith('.tmp') || !live(read(path))) removeIfThere(path)
        else left += 1
      }
      return left
    },
  }
}
