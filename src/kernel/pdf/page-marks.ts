// Whether content leaves a mark that can be seen within a box (ISO 32000-2, 8 and 9). It errs towards "seen": only what certainly
// shows nothing is told as blank, and whatever is not understood counts as a mark.

import { type Operand, type Operation, operationsIn } from './content-tokens.ts'
import type { PdfFile } from './file.ts'
import {
  alphaOf,
  boundsOf,
  type GraphicsState,
  identity,
  initialState,
  intersection,
  isMatrix,
  isWhite,
  type Matrix,
  meets,
  stateInForm,
  times,
  union,
} from './graphics-state.ts'
import { isArray, isDict, isRef, isStream, nameOf, type PdfDict, type PdfObject, type PdfStream } from './object.ts'
import type { Rectangle } from './sheet-objects.ts'

export type Drawing = {
  readonly file: PdfFile
  /** Operations that may still be looked at; once they are used up, whatever is asked counts as seen. */
  readonly budget: { operations: number }
  /** Optional content groups that are off. */
  readonly groupsOff: ReadonlySet<number>
  /** The content of a form XObject; undefined when it cannot be told. */
  readonly contentOf: (form: PdfStream) => string | undefined
}

type Run = {
  readonly drawing: Drawing
  readonly resources: PdfObject
  readonly depth: number
  state: GraphicsState
  readonly stack: GraphicsState[]
  path: Rectangle | undefined
  clips: boolean
  /** Text line matrix, and how many letters were set since it was last moved. */
  line: Matrix
  letters: number
  /** Marked-content sequences that are open, and the one in which an optional group that is off begins. */
  open: number
  hiddenFrom: number
}

const deepestForm = 12
/** A line has a width beside its path. */
const lineWidth = 2

/** Whether content (decoded) marks anything that is seen in `box`. */
export function leavesMark(drawing: Drawing, content: string, resources: PdfObject, box: Rectangle): boolean {
  return marks(drawing, content, resources, initialState(box), 0)
}

function marks(drawing: Drawing, content: string, resources: PdfObject, state: GraphicsState, depth: number): boolean {
  const run: Run = {
    ...{ drawing, resources, depth, stack: [], path: undefined, clips: false, line: identity, letters: 0, open: 0 },
    state: { ...state },
    hiddenFrom: Number.POSITIVE_INFINITY,
  }
  for (const operation of operationsIn(content)) {
    drawing.budget.operations -= 1
    if (drawing.budget.operations < 0) return true
    const numbers = numbersIn(operation.operands)
    if (painters.get(operation.operator)?.(run, operation, numbers)) return true
    setters.get(operation.operator)?.(run, operation, numbers)
  }
  return false
}

function numbersIn(operands: readonly Operand[]): number[] {
  const numbers: number[] = []
  for (const { number } of operands) if (number !== undefined) numbers.push(number)
  return numbers
}

const isSeen = ({ state, open, hiddenFrom }: Run, area: Rectangle): boolean =>
  open < hiddenFrom && meets(area, state.clip)
const fillShows = ({ state }: Run): boolean => !state.fillWhite && state.fillAlpha !== 0
const strokeShows = ({ state }: Run): boolean => !state.strokeWhite && state.strokeAlpha !== 0

function paint(run: Run, fills: boolean, strokes: boolean): boolean {
  const area = run.path
  run.path = undefined
  if (area === undefined) return false
  const [x1, y1, x2, y2] = area
  const wide: Rectangle = [x1 - lineWidth, y1 - lineWidth, x2 + lineWidth, y2 + lineWidth]
  const seen = (fills && fillShows(run) && isSeen(run, area)) || (strokes && strokeShows(run) && isSeen(run, wide))
  if (run.clips) run.state.clip = intersection(run.state.clip, area)
  run.clips = false
  return seen
}

function text(run: Run, operands: readonly Operand[]): boolean {
  const bytes = operands.at(-1)?.bytes ?? ''
  const { file } = run.drawing
  const font = file.resolve(run.state.font)
  const composite = isDict(font) && nameOf(file.resolve(font.get('Subtype'))) === 'Type0'
  const before = run.letters
  run.letters += bytes.length
  // In a composite font any code may be any letter.
  if (bytes === '' || (!composite && /^ *$/.test(bytes))) return false
  // Twice as wide as high: wider than any typeface sets its letters.
  const size = 2 * (Math.abs(run.state.fontSize) || 1)
  const area = boundsOf(times(run.line, run.state.matrix), [-size * (before + 1), -size, size * run.letters, size])
  if (!isSeen(run, area)) return false
  const { rendering } = run.state
  return ([0, 2, 4, 6].includes(rendering) && fillShows(run)) || ([1, 2, 5, 6].includes(rendering) && strokeShows(run))
}

function nextLine(run: Run, x: number, y: number): void {
  run.line = times([1, 0, 0, 1, x, y], run.line)
  run.letters = 0
}

function drawObject(run: Run, key: string | undefined): boolean {
  const { drawing, state, depth } = run
  const { file } = drawing
  const object = file.resolve(resource(run, 'XObject', key))
  if (!isStream(object) || isOff(drawing, object.dict.get('OC'))) return false
  if (nameOf(file.resolve(object.dict.get('Subtype'))) !== 'Form') return image(run)
  if (run.open >= run.hiddenFrom) return false
  const content = depth < deepestForm ? drawing.contentOf(object) : undefined
  if (content === undefined) return true
  const resources = object.dict.get('Resources') ?? run.resources
  return marks(drawing, content, resources, stateInForm(file, object.dict, state), depth + 1)
}

const image = (run: Run): boolean => run.state.fillAlpha !== 0 && isSeen(run, boundsOf(run.state.matrix, [0, 0, 1, 1]))

const isOff = ({ groupsOff }: Drawing, group: PdfObject | undefined): boolean =>
  isRef(group) && groupsOff.has(group.number)

function resource({ drawing: { file }, resources }: Run, kind: string, key: string | undefined): PdfObject {
  const all = file.resolve(resources)
  const category = isDict(all) ? file.resolve(all.get(kind)) : null
  return isDict(category) && key !== undefined ? (category.get(key) ?? null) : null
}

type Apply<T> = (run: Run, operation: Operation, numbers: readonly number[]) => T

/** Operators that may leave a mark. */
const painters: ReadonlyMap<string, Apply<boolean>> = new Map(
  Object.entries<Apply<boolean>>({
    f: (run) => paint(run, true, false),
    F: (run) => paint(run, true, false),
    'f*': (run) => paint(run, true, false),
    S: (run) => paint(run, false, true),
    s: (run) => paint(run, false, true),
    B: (run) => paint(run, true, true),
    'B*': (run) => paint(run, true, true),
    b: (run) => paint(run, true, true),
    'b*': (run) => paint(run, true, true),
    n: (run) => paint(run, false, false),
    sh: (run) => run.state.fillAlpha !== 0 && isSeen(run, run.state.clip),
    BI: (run) => image(run),
    Do: (run, { operands }) => drawObject(run, operands.at(-1)?.name),
    Tj: (run, { operands }) => text(run, operands),
    TJ: (run, { operands }) => text(run, operands),
    "'": (run, { operands }) => {
      nextLine(run, 0, -run.state.leading)
      return text(run, operands)
    },
    '"': (run, { operands }) => {
      nextLine(run, 0, -run.state.leading)
      return text(run, operands)
    },
  }),
)

const extend: Apply<void> = (run, _operation, numbers) => {
  const [a, b, c, d, e, f] = run.state.matrix
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const x = numbers[index] ?? 0
    const y = numbers[index + 1] ?? 0
    const [across, up] = [a * x + c * y + e, b * x + d * y + f]
    run.path = union(run.path, [across, up, across, up])
  }
}
const clip: Apply<void> = (run) => {
  run.clips = true
}
const fillColour: Apply<void> = (run, { operator, operands }) => {
  run.state.fillWhite = isWhite(operator, operands)
}
const strokeColour: Apply<void> = (run, { operator, operands }) => {
  run.state.strokeWhite = isWhite(operator, operands)
}

/** Operators that change what the ones above do. */
const setters: ReadonlyMap<string, Apply<void>> = new Map(
  Object.entries<Apply<void>>({
    q: (run) => void run.stack.push({ ...run.state }),
    Q: (run) => {
      run.state = run.stack.pop() ?? run.state
    },
    cm: (run, _operation, numbers) => {
      if (isMatrix(numbers)) run.state.matrix = times(numbers, run.state.matrix)
    },
    gs: (run, { operands }) => {
      const { file } = run.drawing
      const settings = file.resolve(resource(run, 'ExtGState', operands.at(-1)?.name))
      if (!isDict(settings)) return
      run.state.fillAlpha = alphaOf(file, settings, 'ca', run.state.fillAlpha)
      run.state.strokeAlpha = alphaOf(file, settings, 'CA', run.state.strokeAlpha)
    },
    re: (run, operation, [x = 0, y = 0, width = 0, height = 0]) =>
      extend(run, operation, [x, y, x + width, y, x, y + height, x + width, y + height]),
    m: extend,
    l: extend,
    c: extend,
    v: extend,
    y: extend,
    W: clip,
    'W*': clip,
    g: fillColour,
    rg: fillColour,
    k: fillColour,
    sc: fillColour,
    scn: fillColour,
    cs: fillColour,
    G: strokeColour,
    RG: strokeColour,
    K: strokeColour,
    SC: strokeColour,
    SCN: strokeColour,
    CS: strokeColour,
    BT: (run) => {
      run.line = identity
      run.letters = 0
    },
    Tf: (run, { operands }, numbers) => {
      run.state.font = resource(run, 'Font', operands[0]?.name)
      run.state.fontSize = numbers.at(-1) ?? 0
    },
    TL: (run, _operation, [leading = 0]) => {
      run.state.leading = leading
    },
    Tr: (run, _operation, [rendering = 0]) => {
      run.state.rendering = rendering
    },
    Tm: (run, _operation, numbers) => {
      if (isMatrix(numbers)) run.line = numbers
      run.letters = 0
    },
    Td: (run, _operation, [x = 0, y = 0]) => nextLine(run, x, y),
    TD: (run, _operation, [x = 0, y = 0]) => {
      run.state.leading = -y
      nextLine(run, x, y)
    },
    'T*': (run) => nextLine(run, 0, -run.state.leading),
    BMC: (run) => {
      run.open += 1
    },
    BDC: (run, { operands }) => {
      run.open += 1
      const [tag, properties] = operands
      const off = tag?.name === 'OC' && isOff(run.drawing, resource(run, 'Properties', properties?.name))
      if (off && run.hiddenFrom > run.open) run.hiddenFrom = run.open
    },
    EMC: (run) => {
      run.open = Math.max(0, run.open - 1)
      if (run.open < run.hiddenFrom) run.hiddenFrom = Number.POSITIVE_INFINITY
    },
  }),
)

/** Optional content groups that are shown to nobody until somebody switches them on (ISO 32000-2, 8.11.4.3). */
export function groupsThatAreOff(file: PdfFile, catalog: PdfDict): ReadonlySet<number> {
  const properties = file.resolve(catalog.get('OCProperties'))
  const configuration = isDict(properties) ? file.resolve(properties.get('D')) : null
  if (!isDict(properties) || !isDict(configuration)) return new Set()
  const numbers = (value: PdfObject | undefined): number[] => {
    const list = file.resolve(value)
    return (isArray(list) ? list : []).filter(isRef).map(({ number }) => number)
  }
  const off = new Set(numbers(configuration.get('OFF')))
  if (nameOf(file.resolve(configuration.get('BaseState'))) !== 'OFF') return off
  const on = new Set(numbers(configuration.get('ON')))
  for (const group of numbers(properties.get('OCGs'))) if (!on.has(group)) off.add(group)
  return off
}
