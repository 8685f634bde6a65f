// Who imports whom: dependency-cruiser asked about the sources under one folder.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/** A broken rule: its name, the file that breaks it, and what that file imports (its own path for an orphan). */
export interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

/** Judges `src/` under `root` by the rules of `.dependency-cruiser.cjs` there; `modules` counts the files of ours it looked at. */
export async function importViolations(root: string): Promise<{ modules: number; violations: Violation[] }> {
  const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
    forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden']
    options: ICruiseOptions
  }
  const { enhancedResolveOptions, ...rest } = options
  const cruiseOptions = { ...rest, ruleSet: { forbidden }, validate: true, baseDir: root } as ICruiseOptions
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'))
  const outcome = await cruise(['src'], cruiseOptions, enhancedResolveOptions, { tsConfig })
  const { modules, summary } = outcome.output as ICruiseResult
  return {
    modules: modules.filter((module) => module.source.startsWith('src/')).length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}
