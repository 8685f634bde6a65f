// Joins a state and new objects to an increment and the state after it.

import { hash } from 'node:crypto'
import { type AppendPoint, type Increment, type NewObject, writeIncrement } from '../pdf/index.ts'
import type { AppendState } from './state.ts'

/** The second part of /ID changes with every revision (ISO 32000-2, 14.4); derived, so that repeating gives the same bytes. */
function nextId(state: AppendState): readonly [string, string] {
  return [state.id[0], hash('sha256', `${state.id[1]} ${state.size}`, 'hex').slice(0, 32)]
}

function pointOf(state: AppendState, nextObject: number): AppendPoint {
  const [root, rootGeneration] = state.root
  const info = state.info === null ? '' : ` /Info ${state.info[0]} ${state.info[1]} R`
  const [first, second] = state.id
  return {
    size: state.size,
    lineEnd: state.lineEnd,
    offsetBase: state.offsetBase,
    startxref: state.startxref,
    xrefKind: state.xrefKind,
    nextObject,
    trailer: `/Root ${root} ${rootGeneration} R${info} /ID [<${first}> <${second}>]${state.trailer === '' ? '' : ` ${state.trailer}`}`,
  }
}

const holeOf = (body: NewObject['body']): number =>
  typeof body === 'object' && body !== null && 'hole' in body ? (body.hole ?? 0) : 0

/** `objects` as one revision; `nextObject` is the first number that none of them uses. */
export function appendObjects(
  before: AppendState,
  objects: readonly NewObject[],
  nextObject: number,
  numberOf?: (local: number) => number,
): { readonly increment: Increment; readonly state: AppendState } {
  const state = { ...before, id: nextId(before) }
  const increment = writeIncrement(pointOf(state, nextObject), objects, numberOf)
  const hole = objects.reduce((sum, { body }) => sum + holeOf(body), 0)
  return {
    increment,
    state: {
      ...state,
      size: before.size + increment.bytes.length + hole,
      lineEnd: true,
      startxref: increment.startxref,
      nextObject: increment.nextObject,
    },
  }
}
