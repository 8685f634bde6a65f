// /docs: openapi.yaml as a page to read and to try, from this server alone.
import swaggerUi from '@fastify/swagger-ui'
import type { Api } from './api.ts'
import { openapiDocument } from './openapi.ts'

export function browsableDocs(api: Api): void {
  let made: Record<string, unknown> | undefined
  api.register(swaggerUi, {
    routePrefix: '/docs',
    // What is not from here is not loaded, and the document is not sent to anybody's validator. The page styles its parts inline.
    staticCSP: {
      'default-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'frame-ancestors': ["'none'"],
    },
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      deepLinking: true,
      tryItOutEnabled: false,
      validatorUrl: null,
    },
    theme: { title: 'Segl API' },
    // The same as openapi.yaml. It does not change while the server runs.
    transformSpecificationClone: false,
    transformSpecification: () => {
      made ??= openapiDocument(api)
      return made
    },
  })
}
