// The API's own description, made without anything that the routes would need to run.
import type { HttpDeps } from './deps.ts'
import { openapiYaml } from './openapi.ts'
import { buildServer } from './server.ts'

/** openapi.yaml as the routes have it now. */
export async function describeApi(): Promise<string> {
  // Routes are described, none of them runs: what they would need stays empty.
  const empty = { ports: {}, maxUploadBytes: 0, trustProxy: false } as HttpDeps
  const api = buildServer(empty)
  await api.ready()
  const yaml = openapiYaml(api)
  await api.close()
  return yaml
}
