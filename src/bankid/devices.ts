// The code device: one-time codes by counter (HOTP, RFC 4226) or by time (TOTP, RFC 6238), and the lock behind it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import type { Person } from './people.ts'
import { readIfThere, writeAtomic } from './state-files.ts'

/** Wrong codes and passwords together; the next one finds the BankID locked. */
const attemptsAllowed = 5

/** HOTP: how far the device may have run ahead (RFC 4226 §7.4), and how far back a code is recognised as used. */
const lookAhead = 10
const lookBack = 20

/** TOTP: 30 second steps, one step of clock difference each way (RFC 6238 §5.2). */
const stepSeconds = 30

/** RFC 4226 §5.3: dynamic truncation to six digits. */
export const hotp = (secret: Uint8Array, counter: number): string => {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac('sha1', secret).update(moving).digest()
  const offset = (digest[19] ?? 0) & 0x0f
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

type State = {
  /** HOTP: the next counter that counts. TOTP: the first step not used yet. */
  next: number
  failures: number
}

export type Devices = {
  /** What the display shows now. */
  codeOf(person: Person): string
  /** `used` is a code that was right once: not counted as an attempt, since nothing was guessed. */
  check(person: Person, code: string): 'right' | 'wrong' | 'used'
  isLocked(person: Person): boolean
  /** @returns how many attempts are left */
  countFailure(person: Person): number
  clearFailures(person: Person): void
}

export const createDevices = (folder: string, secret: Uint8Array, clock: Clock): Devices => {
  const path = (person: Person): string => join(folder, `${person.id}.json`)
  const stateOf = (person: Person): State => {
    const text = readIfThere(path(person))
    return text ? JSON.parse(text) : { next: 0, failures: 0 }
  }
  const keep = (person: Person, state: State): void => writeAtomic(path(person), JSON.stringify(state))
  const seedOf = (person: Person): Buffer => createHmac('sha256', secret).update(`device ${person.id}`).digest()
  const currentStep = (): number => Math.floor(clock().getTime() / 1000 / stepSeconds)

  /** TOTP shows the time's code even when it has been used: the person waits for the next one. */
  const positionOf = (person: Person): number => (person.device === 'hotp' ? stateOf(person).next : currentStep())

  /** First and last counter whose code is recognised. */
  const windowOf = (person: Person, state: State): [number, number] =>
    person.device === 'hotp'
      ? [Math.max(0, state.next - lookBack), state.next + lookAhead]
      : [currentStep() - 1, currentStep() + 1]

  return {
    codeOf: (person) => hotp(seedOf(person), positionOf(person)),
    check(person, code) {
      if (!/^\d{6}$/.test(code)) return 'wrong'
      const state = stateOf(person)
      const [first, last] = windowOf(person, state)
      for (let counter = first; counter <= last; counter++) {
        if (!timingSafeEqual(Buffer.from(hotp(seedOf(person), counter)), Buffer.from(code))) continue
        if (counter < state.next) return 'used'
        keep(person, { ...state, next: counter + 1 })
        return 'right'
      }
      return 'wrong'
    },
    isLocked: (person) => stateOf(person).failures >= attemptsAllowed,
    countFailure(person) {
      const state = stateOf(person)
      const failures = state.failures + 1
      keep(person, { ...state, failures })
      return Math.max(0, attemptsAllowed - failures)
    },
    clearFailures(person) {
      const state = stateOf(person)
      if (state.failures > 0) keep(person, { ...state, failures: 0 })
    },
  }
}
