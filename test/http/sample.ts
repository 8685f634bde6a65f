// A small valid value for a JSON schema of openapi.yaml, so that a route that nobody thought of is called all the same.

export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly format?: string
  readonly pattern?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

/** `id` answers the real id that belongs under a member's name, `name` being the path of member names. */
export function sampleOf(
  schema: Schema,
  components: Readonly<Record<string, Schema>>,
  id: (names: readonly string[]) => string,
  names: readonly string[] = [],
): unknown {
  const within = (one: Schema, more: readonly string[] = names) => sampleOf(one, components, id, more)
  if (schema.$ref) return within(components[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (choice) return within(choice)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => within(one)))
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, within(schema.properties?.[name] ?? {}, [...names, name])]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => within(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      if (schema.format === 'uuid') return id(names)
      if (schema.format === 'date-time') return '2099-12-31T12:00:00Z'
      if (schema.format === 'date') return '2099-12-31'
      if (schema.format === 'uri') return 'http://127.0.0.1:9/x'
      return schema.examples?.[0] ?? 'x'.repeat(Math.max(3, schema.minLength ?? 0))
    default:
      return {}
  }
}
