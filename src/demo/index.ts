// The demo: three accounting documents signed by everybody who has to, over the API and through the real pages.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hasStopped, type Order, type Problem, type Segl, SeglProblem } from '../client/index.ts'
import { type Person, people, signAs } from '../visitor/visitor.ts'
import { type DemoCase, givenCase, standardCases } from './cases.ts'
import { connectTo } from './connection.ts'
import { type Begun, type Journal, openJournal } from './journal.ts'
import { placeOrder } from './place-order.ts'
import { table } from './table.ts'

export type DemoInput = {
  readonly seglUrl: string
  readonly apiKey: string
  readonly bankidUrl: string
  /** Where the documents go. */
  readonly output: string
  /** Where the demo keeps what it has begun. */
  readonly journal: string
  /** Folder with the demo's own documents. */
  readonly fixtures: string
  /** Files to sign instead. */
  readonly files: readonly string[]
  /** Finish what an interrupted demo has begun, and begin nothing. */
  readonly resume: boolean
  readonly print: (line: string) => void
}

type Signed = {
  readonly outcome: 'signed'
  readonly demo: DemoCase
  readonly order: Order
  readonly seconds: number
  readonly path: string
}
type NotSigned = {
  readonly outcome: 'refused'
  readonly demo: DemoCase
  readonly problem: Problem
  readonly path: string
}

const waitMs = 180_000

/** Answers the exit code: 0 when every file ended signed or refused by a code. */
export async function runDemo(input: DemoInput): Promise<number> {
  const segl = connectTo(input)
  const journal = await openJournal(input.journal)
  const everybody = await people(input.bankidUrl)
  const demos = input.files.length > 0 ? input.files.map(givenCase) : standardCases(input.fixtures)
  const begun: readonly Begun[] = input.resume
    ? await journal.unfinished()
    : demos.map((demo) => ({ key: randomUUID(), demo }))
  if (begun.length === 0) input.print('Nothing is unfinished.')

  await writeTrustRoot(input)
  const results: (Signed | NotSigned)[] = []
  let failed = 0
  for (const one of begun) {
    try {
      results.push(await carryOut(input, segl, journal, everybody, one))
    } catch (error) {
      failed += 1
      input.print(`  ${one.demo.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  summarise(input, results)
  return failed === 0 ? 0 : 1
}

async function carryOut(
  input: DemoInput,
  segl: Segl,
  journal: Journal,
  everybody: readonly Person[],
  begun: Begun,
): Promise<Signed | NotSigned> {
  const { demo, key } = begun
  const start = Date.now()
  input.print(`${demo.title} (${basename(demo.file)})`)
  // On record before the first call: whatever dies from here on, --resume repeats the same keys.
  await journal.write(begun)
  try {
    const created = await placeOrder(segl, everybody, begun, key)
    await journal.write({ ...begun, orderId: created.id })
    input.print(`  order ${created.id} with ${created.signers.length} signers`)
    const order = await everybodySigns(input, segl, demo, created)
    const path = await save(input, segl, demo, order)
    await journal.write({ ...begun, orderId: created.id, finished: true })
    return { outcome: 'signed', demo, order, seconds: (Date.now() - start) / 1000, path }
  } catch (error) {
    if (!(error instanceof SeglProblem) || error.problem.status >= 500) throw error
    input.print(`  refused: ${error.problem.code}`)
    const path = join(input.output, `${demo.name}.refused.json`)
    await writeWhole(path, `${JSON.stringify(error.problem, null, 2)}\n`)
    await journal.write({ ...begun, finished: true })
    return { outcome: 'refused', demo, problem: error.problem, path }
  }
}

/** Group after group; the members of a group at the same time, each in a browser of his own. */
async function everybodySigns(input: DemoInput, segl: Segl, demo: DemoCase, created: Order): Promise<Order> {
  const groups = [...new Set(demo.signers.map(({ group }) => group))].sort((a, b) => a - b)
  for (const group of groups) {
    const members = demo.signers.flatMap((signer, index) => (signer.group === group ? [{ signer, index }] : []))
    const invited = (order: Order, index: number) => (order.signers[index]?.state ?? 'waiting') !== 'waiting'
    const ready = await segl.orders.waitFor(
      created.id,
      (order) => hasStopped(order) || members.every(({ index }) => invited(order, index)),
      { timeoutMs: waitMs, everyMs: 150 },
    )
    await Promise.all(
      members.map(async ({ signer, index }) => {
        const { state, url, name } = ready.signers[index] ?? {}
        if (state === 'signed' || !url) return
        await signAs(input.bankidUrl, signer.bankid, url)
        input.print(`  signed by ${name} (${signer.role})`)
      }),
    )
  }
  const order = await segl.orders.waitFor(created.id, undefined, { timeoutMs: waitMs, everyMs: 150 })
  if (order.state !== 'completed') throw new Error(`Order ${order.id} is ${order.state}, not completed.`)
  input.print('  sealed, time-stamped: PAdES B-LTA')
  return order
}

async function save(input: DemoInput, segl: Segl, demo: DemoCase, order: Order): Promise<string> {
  const folder = input.resume ? join(input.output, 'resumed', order.id) : input.output
  const [document] = order.documents
  if (!document) throw new Error('The order has no document.')
  await writeWhole(join(folder, `${demo.name}.original.pdf`), await segl.documents.original(document.id))
  await writeWhole(join(folder, `${demo.name}.audit.json`), await segl.orders.auditBytes(order.id))
  const path = join(folder, `${demo.name}.signed.pdf`)
  await writeWhole(path, await segl.documents.signed(document.id))
  return path
}

async function writeTrustRoot({ bankidUrl, output }: DemoInput): Promise<void> {
  const response = await fetch(`${bankidUrl}/certs/root.pem`, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new Error(`The simulated BankID does not give its root (${response.status}).`)
  await writeWhole(join(output, 'trust', 'root.pem'), await response.text())
}

/** A reader never finds half a file. */
async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.tmp`, data)
  await rename(`${path}.tmp`, path)
}

function summarise(input: DemoInput, results: readonly (Signed | NotSigned)[]): void {
  const rows = results.flatMap((result): string[][] =>
    result.outcome === 'refused'
      ? [[result.demo.name, 'refused', result.problem.code, '', '']]
      : result.order.signers.map((signer, index) => [
          index === 0 ? result.demo.name : '',
          signer.signedName ?? signer.name,
          signer.role,
          signer.level,
          index === 0 ? `${result.seconds.toFixed(1)} s` : '',
        ]),
  )
  if (rows.length === 0) return
  input.print('')
  for (const line of table(['document', 'signed by', 'role', 'level', 'took'], rows)) input.print(line)
  const [signed] = results.filter((result) => result.outcome === 'signed')
  input.print('')
  input.print('SIMULATED BankID: these signatures are legally neither qualified nor advanced.')
  input.print(`Files: ${input.output}`)
  if (!signed) return
  input.print('Look at one in a PDF viewer, then check it without us:')
  input.print(`  npx segl verify ${signed.path} --trust ${join(input.output, 'trust', 'root.pem')}`)
}
