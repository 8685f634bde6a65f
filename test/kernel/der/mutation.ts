// Breaks DER on purpose: bytes at random, and whole elements with the lengths around them put right again.
import fc from 'fast-check'
import {
  childrenOf,
  concatBytes,
  contentOf,
  type Element,
  readDer,
  readInside,
  Tag,
  tlv,
} from '../../../src/kernel/der/index.ts'

type Node = {
  tag: number
  content: Uint8Array
  /** The elements inside, also those inside an OCTET STRING that carries DER. */
  children: Node[] | undefined
}

function treeOf(element: Element): Node {
  const content = contentOf(element)
  if ((element.tag & 0x20) !== 0) return { tag: element.tag, content, children: childrenOf(element).map(treeOf) }
  return { tag: element.tag, content, children: element.tag === Tag.octetString ? wrappedIn(element) : undefined }
}

function wrappedIn(element: Element): Node[] | undefined {
  try {
    return [treeOf(readInside(element))]
  } catch {
    return undefined
  }
}

function encode(node: Node): Uint8Array {
  return node.children === undefined ? tlv(node.tag, node.content) : tlv(node.tag, ...node.children.map(encode))
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)]
}

export type Mutation =
  | { readonly kind: 'flip' | 'delete' | 'insert' | 'cut'; readonly at: number; readonly value: number }
  | {
      readonly kind: 'retag' | 'drop' | 'repeat' | 'swap' | 'replace' | 'empty' | 'grow' | 'nest'
      readonly at: number
      readonly value: number
    }

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(
    ...([
      'flip',
      'delete',
      'insert',
      'cut',
      'retag',
      'drop',
      'repeat',
      'swap',
      'replace',
      'empty',
      'grow',
      'nest',
    ] as const),
  ),
  at: fc.nat(0xffff),
  value: fc.nat(0xffff),
})

/** The bytes after one mutation; `at` and `value` are taken modulo what there is. */
export function mutate(bytes: Uint8Array, { kind, at, value }: Mutation): Uint8Array {
  const position = at % bytes.length
  switch (kind) {
    case 'flip':
      return bytes.map((octet, index) => (index === position ? octet ^ (1 + (value % 255)) : octet))
    case 'delete':
      return concatBytes([bytes.subarray(0, position), bytes.subarray(position + 1 + (value % 4))])
    case 'insert':
      return concatBytes([bytes.subarray(0, position), Uint8Array.of(value & 0xff), bytes.subarray(position)])
    case 'cut':
      return bytes.slice(0, position)
    default:
      return mutateTree(bytes, kind, at, value)
  }
}

function mutateTree(bytes: Uint8Array, kind: Mutation['kind'], at: number, value: number): Uint8Array {
  const root = treeOf(readDer(bytes))
  const nodes = nodesOf(root)
  const node = nodes[at % nodes.length] ?? root
  const other = nodes[value % nodes.length] ?? root
  const inside = node.children ?? []
  const index = inside.length === 0 ? 0 : value % inside.length
  const child = inside[index]
  switch (kind) {
    case 'retag':
      node.tag = value & 0xff
      break
    case 'drop':
      inside.splice(index, 1)
      break
    case 'repeat':
      if (child !== undefined) inside.splice(index, 0, ...Array.from({ length: 1 + (value % 50) }, () => child))
      break
    case 'swap':
      inside.reverse()
      break
    case 'replace': {
      // A copy, so that no element comes to lie inside itself.
      const copy = encode(other)
      Object.assign(node, treeOf(readDer(copy)))
      break
    }
    case 'empty':
      node.content = new Uint8Array(0)
      if (node.children !== undefined) node.children = []
      break
    case 'grow':
      if (node.children === undefined) node.content = concatBytes([node.content, new Uint8Array(1 + (value % 300))])
      break
    default:
      for (let depth = 0; depth < 1 + (value % 70); depth++) {
        node.children = [{ ...node }]
        node.tag = Tag.sequence
      }
  }
  return encode(root)
}
