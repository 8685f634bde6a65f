// A seal that tells another story than the file shows.
import { type ChainedEvent, canonicalJson, chainHash, genesis } from '../../../src/kernel/evidence/index.ts'
import type { Plant } from './plant.ts'
import { upload } from './raw-pdf.ts'
import { prepare, signedFile, trailOf } from './signed-file.ts'
import { sha256 } from './world.ts'

const told = (trail: (text: string) => string | undefined) => () => signedFile({ trail })
const other = upload({ 8: '<</Title (Another)>>' })

/** The trail that belongs to the file, with its hashes computed anew after a change. */
const retold = (change: (events: { type: string; data: unknown }[]) => void) =>
  told((text) => {
    const { order, events } = JSON.parse(text)
    change(events)
    return rechained(order, events)
  })

function rechained(order: string, events: ChainedEvent[]): string {
  let previous = genesis
  const again = events.map((event, index) => {
    const { type, actor, time, data } = event
    const linked = { order, sequence: index + 1, time, type, actor, data, previous }
    previous = chainHash(linked)
    const { order: _, ...rest } = linked
    return { ...rest, hash: previous }
  })
  return canonicalJson({ order, events: again })
}

export const trailPlants: readonly Plant[] = [
  {
    name: 'a trail whose chain is broken',
    file: told((text) => text.replace('"actor":"system"', '"actor":"signer"')),
    caughtBy: ['AUDIT_TRAIL'],
  },
  {
    name: 'a trail about another upload',
    file: told(() => trailOf(other, sha256(prepare(other).bytes), [])),
    caughtBy: ['AUDIT_TRAIL', 'TRAIL_TOLD'],
  },
  { name: 'no trail at all', file: told(() => undefined), caughtBy: ['AUDIT_TRAIL', 'TRAIL_TOLD'] },
  { name: 'a trail that is no JSON', file: told(() => '{"order":'), caughtBy: ['AUDIT_TRAIL'] },
  {
    name: 'a trail of something else than events',
    file: told(() => '{"order":"x","events":[null,7,"a"]}'),
    caughtBy: ['AUDIT_TRAIL'],
  },
  {
    name: 'a trail with half a surrogate pair',
    file: told((text) => text.replace('"actor":"system"', '"actor":"\\ud800"')),
    caughtBy: ['AUDIT_TRAIL'],
  },
  {
    name: 'a trail that knows of one signature less',
    file: retold((events) => events.splice(3, 1)),
    caughtBy: ['TRAIL_TOLD'],
  },
  {
    name: 'a trail that tells of another signature',
    file: retold((events) => {
      const [, , signed] = events
      if (signed) signed.data = JSON.parse(JSON.stringify(signed.data).replace(/"cmsSha256":"./, '"cmsSha256":"x'))
    }),
    caughtBy: ['TRAIL_TOLD'],
  },
  {
    name: 'a trail that tells of another prepared revision',
    file: retold((events) => {
      const [, prepared] = events
      if (prepared)
        prepared.data = JSON.parse(JSON.stringify(prepared.data).replace(/"preparedSha256":"./, '"preparedSha256":"x'))
    }),
    caughtBy: ['TRAIL_TOLD'],
  },
]
