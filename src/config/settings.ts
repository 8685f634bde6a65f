// One value of the environment at a time: read it, or say what is wrong with it and what to write instead.
import { readFileSync } from 'node:fs'
import { SeglError } from '../errors.ts'
import { type Key, type KeyName, keys } from './keys.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** `text(NAME)`: the value of NAME, or of the file named in NAME_FILE; undefined when neither is set. Empty is not set. */
export type Settings = {
  text(name: KeyName): string | undefined
  listen(name: KeyName, fallback: string): { readonly host: string; readonly port: number }
  origin(name: KeyName, fallback: string): string
  /** An http or https URL, with a path if it has one, without a slash at the end. */
  url(name: KeyName): string | undefined
  urls(name: KeyName): readonly string[] | undefined
  /** One of `choices`; the first is the default. */
  oneOf<const T extends string>(name: KeyName, choices: readonly [T, ...T[]]): T
  flag(name: KeyName, fallback: boolean): boolean
  integer(name: KeyName, fallback: number, least: number, most: number): number
  list(name: KeyName): readonly string[] | undefined
}

export function refuse(name: string, what: string): never {
  throw new SeglError('CONFIG_INVALID', `${name} ${what}`)
}

export function settingsOf(env: Environment): Settings {
  const text = (name: KeyName): string | undefined => {
    const key: Key | undefined = keys.find((one) => one.name === name)
    const value = env[name]?.trim() || undefined
    const file = key?.secret === undefined ? undefined : env[`${name}_FILE`]?.trim() || undefined
    if (value !== undefined && file !== undefined) refuse(name, `and ${name}_FILE are both set. Keep one of them.`)
    if (file === undefined) return value
    let content: string
    try {
      content = readFileSync(file, 'utf8').trim()
    } catch (cause) {
      throw new SeglError('SECRET_MISSING', `${name}_FILE names ${file}, which cannot be read. Put the secret there.`, {
        cause,
      })
    }
    if (content === '') throw new SeglError('SECRET_MISSING', `${name}_FILE names ${file}, which is empty.`)
    return content
  }
  const list = (name: KeyName): readonly string[] | undefined =>
    text(name)
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const urlOf = (name: KeyName, value: string): string => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    const plain = url !== undefined && url.search === '' && url.hash === '' && url.username === ''
    if (!plain || !['http:', 'https:'].includes(url.protocol)) {
      return refuse(name, 'must be an http or https URL without user, query or fragment.')
    }
    return url.href.replace(/\/$/, '')
  }
  return {
    text,
    url(name) {
      const value = text(name)
      return value === undefined ? undefined : urlOf(name, value)
    },
    urls: (name) => list(name)?.map((value) => urlOf(name, value)),
    oneOf(name, choices) {
      const value = text(name) ?? choices[0]
      return choices.find((choice) => choice === value) ?? refuse(name, `must be one of ${choices.join(', ')}.`)
    },
    listen(name, fallback) {
      const value = text(name) ?? fallback
      const found = /^(?:(?<host>\[[0-9a-fA-F:.]+\]|[^:\s/]+):)?(?<port>\d{1,5})$/.exec(value)?.groups
      const port = Number(found?.['port'])
      if (found === undefined || port > 65_535) return refuse(name, `must be address:port, such as 127.0.0.1:8080.`)
      return { host: (found['host'] ?? '127.0.0.1').replace(/[[\]]/g, ''), port }
    },
    origin(name, fallback) {
      const value = text(name) ?? fallback
      const url = URL.canParse(value) ? new URL(value) : undefined
      const plain =
        url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
      if (!plain || !['http:', 'https:'].includes(url.protocol)) {
        return refuse(name, 'must be an http or https URL without a path, such as https://segl.example.no.')
      }
      return url.origin
    },
    flag(name, fallback) {
      const value = text(name) ?? String(fallback)
      return value === 'true' ? true : value === 'false' ? false : refuse(name, 'must be true or false.')
    },
    integer(name, fallback, least, most) {
      const value = Number(text(name) ?? fallback)
      if (!Number.isSafeInteger(value) || value < least || value > most) {
        return refuse(name, `must be a whole number from ${least} to ${most}.`)
      }
      return value
    },
    list,
  }
}

/** A URL of one of `protocols` with a host; `name` is only for the sentence. */
export function connectionUrl(name: string, value: string | undefined, protocols: readonly string[]): string | null {
  if (value === undefined) return null
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !protocols.includes(url.protocol.slice(0, -1)) || url.hostname === '') {
    // The value itself may hold a password and is never repeated.
    return refuse(name, `must be a URL that begins with ${protocols.map((one) => `${one}://`).join(' or ')}.`)
  }
  return value
}
