// What `npm run demo` leaves behind, read as cases for the judges: NAME.original.pdf, NAME.signed.pdf, NAME.audit.json, trust/root.pem.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Case, isHybrid, type Verdict } from './judges.ts'

/** Who signs what the demo shows (issue 2): chairman, member and general manager; two parties; attestant and approver. */
const demoSigners: Readonly<Record<string, number>> = { 'annual-accounts': 3, contract: 2, voucher: 2 }

/**
 * Cases for every signed file in the folder, and a verdict against each that is missing, unexpected or contradicts its
 * audit trail. With `signers` every file has that many (what `npm run demo -- FILE…` writes); without, the demo's three
 * documents must be there, no fewer and no others.
 */
export async function readDemoOutput(
  folder: string,
  at: readonly string[],
  signers?: number,
): Promise<{ cases: Case[]; against: Verdict[] }> {
  const entries = new Set(await readdir(folder))
  const named = (ending: string) =>
    [...entries].filter((entry) => entry.endsWith(ending)).map((entry) => entry.slice(0, -ending.length))
  const names = new Set([...named('.original.pdf'), ...named('.signed.pdf')])
  if (signers === undefined) for (const name of Object.keys(demoSigners)) names.add(name)
  const cases: Case[] = []
  const against: Verdict[] = []
  for (const name of [...names].sort()) {
    const file = join(folder, `${name}.signed.pdf`)
    const original = join(folder, `${name}.original.pdf`)
    const expected = signers ?? demoSigners[name]
    const reasons: string[] = []
    if (!entries.has(`${name}.original.pdf`)) reasons.push('the original is missing')
    else if (!entries.has(`${name}.signed.pdf`)) {
      if (signers !== undefined && entries.has(`${name}.refused.json`)) continue
      reasons.push('neither signed nor refused')
    } else if (expected === undefined) {
      reasons.push('not one of the demo’s documents: say --signers N')
    } else {
      const audit = join(folder, `${name}.audit.json`)
      reasons.push(
        ...(entries.has(`${name}.audit.json`)
          ? await contradictions(audit, file, original, expected)
          : ['no audit trail']),
      )
      const strict = !(await isHybrid(original))
      cases.push({ file, original, trust: join(folder, 'trust/root.pem'), signers: expected, at, strict })
    }
    against.push({ judge: 'trail', file, at: at[0] ?? '', passed: reasons.length === 0, reasons })
  }
  return { cases, against }
}

interface Audit {
  readonly order?: { readonly state?: string }
  readonly documents?: readonly {
    readonly role: string
    readonly sha256: string
    readonly revisions: readonly { readonly fileSha256: string }[]
  }[]
  readonly events?: readonly { readonly type: string }[]
}

/** Where the audit trail, as the API returned it, does not fit the files beside it. */
async function contradictions(audit: string, file: string, original: string, signers: number): Promise<string[]> {
  const { order, documents = [], events = [] } = JSON.parse(await readFile(audit, 'utf8')) as Audit
  const signed = events.filter(({ type }) => type === 'signer.signed').length
  const document = documents.find(({ role }) => role === 'sign')
  const reasons: string[] = []
  if (signed !== signers) reasons.push(`the trail tells of ${signed} signatures, expected ${signers}`)
  if (order?.state !== 'completed') reasons.push(`the trail says the order is ${order?.state}`)
  if (document?.sha256 !== (await sha256(original))) reasons.push('the trail has another SHA-256 of the original')
  if (document?.revisions.at(-1)?.fileSha256 !== (await sha256(file)))
    reasons.push('the trail has another SHA-256 of the signed file')
  return reasons
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}
