// Which process is meant by a number, and a lock between processes: enough to let several share one database server.
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { SeglError } from '../errors.ts'

/**
 * Names a living process by its number and, where /proc tells it, when it was started: after a restart of a container
 * the same number is somebody else. Undefined when no such process lives.
 */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined
  }
  const stat = readIfThere(`/proc/${pid}/stat`)
  // The name in parentheses may hold spaces; the state is the third field, the start time the twenty-second (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields?.[0] === 'Z') return undefined
  return `${pid} ${fields?.[19] ?? ''}`.trim()
}

/** True when the process that wrote `identity` (by processIdentity) still lives. */
export function lives(identity: string): boolean {
  const pid = Number.parseInt(identity, 10)
  return processIdentity(pid) === identity.trim()
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return undefined
    throw error
  }
}

/**
 * Runs `work` while no other process holds the lock file; a holder who died without letting go is passed over.
 * @throws SeglError START_FAILED when somebody else holds it for longer than `limit` milliseconds
 */
export async function withLock<T>(path: string, work: () => Promise<T>, limit = 90_000): Promise<T> {
  const mine = processIdentity(process.pid) ?? String(process.pid)
  const end = Date.now() + limit
  while (!take(path, mine)) {
    const holder = readIfThere(path)
    if (holder !== undefined && !lives(holder)) passOver(path, holder)
    else if (Date.now() > end) {
      throw new SeglError('START_FAILED', `Process ${holder} holds ${path} for too long. End it and try again.`)
    } else await sleep(25)
  }
  try {
    return await work()
  } finally {
    unlinkSync(path)
  }
}

function take(path: string, mine: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    // Linked, not created: nobody ever sees a lock without its holder.
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

/** Two may find the same dead holder; whoever moved away a lock that is alive again puts it back. */
function passOver(path: string, holder: string): void {
  const aside = `${path}.${process.pid}.dead`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (readIfThere(aside) === holder) unlinkSync(aside)
  else {
    try {
      linkSync(aside, path)
    } catch {
      // a third one took it in the meantime
    }
    unlinkSync(aside)
  }
}
