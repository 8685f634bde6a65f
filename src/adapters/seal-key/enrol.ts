// Gets the organisation its e-seal: makes the key, asks the CA for a certificate, keeps both as PKCS#12; once, however many ask.
import { generateKeyPair, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SeglError } from '../../errors.ts'
import { buildCertificationRequest } from '../../kernel/cms/index.ts'
import { writePkcs12 } from './pkcs12.ts'
import { type LoadedSealKey, loadSealKey, type SealKeyFile, sealKeyOf } from './seal-key.ts'

export type SealSubject = {
  readonly organisation: string
  /** Organisasjonsnummer, nine digits. */
  readonly organisationNumber: string
  /** Common name; says TEST where the seal is one of a simulation. */
  readonly commonName: string
}

export type SealEnrolment = SealKeyFile & {
  readonly subject: SealSubject
  /** Sends a PKCS#10 request to the CA; the certificate and its chain come back, DER (the EST client in compose). */
  readonly enrol: (request: Uint8Array) => Promise<readonly Uint8Array[]>
  /** Further certificates of the chain (the root), DER. */
  readonly chain: readonly Uint8Array[]
  readonly at: Date
}

const modulusLength = 3072
const waitStep = 100
const waitSteps = 600

/** Loads the seal key; when its file is missing, enrols first. Of several processes at once one enrols, the others wait. */
export async function enrolSealKey(enrolment: SealEnrolment): Promise<LoadedSealKey> {
  await mkdir(dirname(enrolment.file), { recursive: true, mode: 0o700 })
  await whileLocked(`${enrolment.file}.lock`, async () => {
    if (!(await exists(enrolment.file))) await enrol(enrolment)
  })
  return loadSealKey(enrolment)
}

async function enrol({ file, passphrase, subject, enrol, chain, at }: SealEnrolment): Promise<void> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength })
  const request = buildCertificationRequest({
    // EN 319 412-3 §4.2.1: country, organisation, its identifier (EN 319 412-1 §5.1.4), common name.
    subject: [
      { type: 'C', value: 'NO' },
      { type: 'O', value: subject.organisation },
      { type: 'organizationIdentifier', value: `NTRNO-${subject.organisationNumber}` },
      { type: 'CN', value: subject.commonName },
    ],
    publicKey,
    privateKey,
    algorithm: 'rsa-pss-sha256',
  })
  const certificates = [...(await enrol(request)), ...chain]
  // A certificate that does not fit the key, or may not seal, must not reach the disk.
  const key = sealKeyOf({ privateKey, certificates }, at)
  await writeOnce(file, writePkcs12({ privateKey, certificates: key.certificates }, passphrase))
}

/** Runs `work` while no other process does, by a lock file that names its holder; a dead holder's lock is taken over. */
async function whileLocked(lock: string, work: () => Promise<void>): Promise<void> {
  for (let step = 0; step < waitSteps; step++) {
    if (await takeLock(lock)) {
      try {
        return await work()
      } finally {
        await rm(lock, { force: true })
      }
    }
    await pause(waitStep)
  }
  throw new SeglError(
    'UNAVAILABLE',
    `Another process has been making the seal key for a minute. If none is, remove ${lock}.`,
  )
}

async function takeLock(lock: string): Promise<boolean> {
  const mine = `${lock}.${randomUUID()}`
  try {
    const file = await open(mine, 'w', 0o600)
    await file.writeFile(String(process.pid))
    await file.close()
    // Linked, not created: whoever sees the lock also sees whose it is.
    await link(mine, lock)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const holder = Number(await readFile(lock, 'utf8').catch(() => String(process.pid)))
    if (Number.isInteger(holder) && !isAlive(holder)) await rm(lock, { force: true })
    return false
  } finally {
    await rm(mine, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whole or not at all; and should two hold the lock after all, the first one's key stays and both use it. */
async function writeOnce(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
    await handle.close()
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await handle.close()
    await rm(temporary, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
