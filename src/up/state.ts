// What a running stack leaves in the data folder, so that a second one finds it, or clears up after one that was killed.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { replacePrivateFile } from '../data-folder.ts'
import { lives, processIdentity, readIfThere } from '../postgres/processes.ts'
import { until } from './ports.ts'

export type StackState = {
  /** The supervisor, by processIdentity. */
  readonly supervisor: string
  /** The programs that it started, likewise. */
  readonly children: readonly string[]
  readonly seglUrl: string
  readonly bankidUrl: string
  /** Where the api answers on this machine. */
  readonly localUrl: string
}

const fileIn = (dataDir: string): string => join(dataDir, 'up.json')

export function readState(dataDir: string): StackState | undefined {
  const text = readIfThere(fileIn(dataDir))
  if (text === undefined) return undefined
  try {
    const state: StackState = JSON.parse(text)
    return typeof state.supervisor === 'string' && Array.isArray(state.children) ? state : undefined
  } catch {
    return undefined
  }
}

export function writeState(
  dataDir: string,
  state: Omit<StackState, 'supervisor' | 'children'>,
  children: readonly (number | undefined)[],
): void {
  const identities = children.flatMap((pid) => (pid === undefined ? [] : (processIdentity(pid) ?? [])))
  const whole: StackState = {
    supervisor: processIdentity(process.pid) ?? String(process.pid),
    children: identities,
    ...state,
  }
  replacePrivateFile(fileIn(dataDir), JSON.stringify(whole, null, 2))
}

export function removeState(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

/** Waits for the programs of a supervisor that was killed: they notice and end; who does not is made to. */
export async function bury(dataDir: string, state: StackState, limit = 13_000): Promise<void> {
  const gone = (): boolean => !state.children.some(lives)
  if (!(await until(gone, limit))) {
    for (const identity of state.children.filter(lives)) process.kill(Number.parseInt(identity, 10), 'SIGKILL')
    await until(gone, 2000)
  }
  removeState(dataDir)
}
