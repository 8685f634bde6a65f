// /v1/rules and what goes with them: asking about an order without opening it, and who should sign for a company.
import { Type } from 'typebox'
import { suggestedSigners } from '../../accounting/company.ts'
import { retentionReason } from '../../accounting/retention.ts'
import { documentRules, orderRules } from '../../accounting/rules.ts'
import { SeglError } from '../../errors.ts'
import { checkOrder } from '../../flow/check-order.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { orderOf } from '../order-body.ts'
import { problems } from '../schemas/common.ts'
import { OrderRequest } from '../schemas/orders.ts'
import { CheckedView, RuleView, SignatoriesView } from '../schemas/rules.ts'
import { overriddenView } from '../views.ts'

const tags = ['Rules']

const rules = [...documentRules, ...orderRules].map(({ id, kinds, stage, severity, overridable, title, law }) => ({
  id,
  kinds: [...kinds],
  stage,
  severity,
  overridable,
  title,
  law,
}))

export function ruleRoutes(api: Api, deps: HttpDeps): void {
  const { companyRegister } = deps.ports

  api.get(
    '/rules',
    {
      schema: {
        operationId: 'listRules',
        summary: 'Every accounting rule, with its law',
        tags,
        response: { 200: Type.Object({ rules: Type.Array(RuleView) }), ...problems(401, 403, 500) },
      },
    },
    async () => ({ rules }),
  )

  api.post(
    '/orders/check',
    {
      schema: {
        operationId: 'checkOrder',
        summary: 'Ask what an order would be refused for or warned about; nothing is stored',
        tags,
        body: OrderRequest,
        response: { 200: CheckedView, ...problems(400, 401, 403, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const order = orderOf(callerOf(request).tenantId, request.body)
      const checked = await checkOrder({ ...deps, companyRegister }, order, await deps.clock.now())
      const { errors, warnings, overridden, retention } = checked
      return {
        accepted: errors.length === 0,
        errors: errors.map((error) => ({ ...error })),
        warnings: warnings.map((warning) => ({ ...warning })),
        overrides: overridden.map(overriddenView),
        retention: retention ? { until: retention.until, reason: retentionReason(retention, order.language) } : null,
      }
    },
  )

  api.get(
    '/companies/:organisationNumber/signatories',
    {
      schema: {
        operationId: 'suggestSigners',
        summary: 'Who should sign the annual accounts of a company, as the company register has it',
        tags,
        params: Type.Object({ organisationNumber: Type.String({ format: 'organisation-number' }) }),
        response: { 200: SignatoriesView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request) => {
      const company = await companyRegister.company(request.params.organisationNumber)
      if (!company) throw new SeglError('NOT_FOUND', 'The company register here does not know this organisation.')
      const { organisationNumber, name, asOf } = company
      const signers = suggestedSigners(company).map(({ birthDate, ...signer }) => ({
        ...signer,
        person: birthDate === undefined ? {} : { birthDate },
      }))
      return { organisationNumber, name, asOf, signers }
    },
  )
}
