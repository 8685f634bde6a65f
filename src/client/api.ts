// Made from openapi.yaml by .ci/client-types.mjs; do not edit.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that signing needs answers: database, seal key, certificate chain, time-stamps, BankID */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys with which Segl proves who it is to BankID (RFC 7517) */
        get: operations["getKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every error code, with what to do; a page for browsers */
        get: operations["listProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an error code means and what to do; a page for browsers */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where and how clients get access tokens (RFC 8414) */
        get: operations["getAuthorizationServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get an access token for a client that proves who it is by its own key */
        post: operations["getToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders, newest first; with `changedSince`, the oldest change first */
        get: operations["listOrders"];
        put?: never;
        /** Open a signing order over uploaded documents */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        /** Delete a closed order’s documents and personal data after its time of storage; hashes and trail stay */
        delete: operations["deleteOrder"];
        options?: never;
        head?: never;
        /** Change a draft: each member given replaces the old one, null removes it */
        patch: operations["changeDraft"];
        trace?: never;
    };
    "/v1/orders/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the audit trail: what happened, chained by hash */
        get: operations["getAuditTrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an order back; signatures already given are sealed with that outcome */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try failed steps again now, instead of at their next try; a failed order goes back to where it stood */
        post: operations["retryOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/signers/{signer}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a signer a new link; earlier ones stop working */
        post: operations["issueLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open up to 100 signing orders in one call; each is made or refused on its own */
        post: operations["createOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link over several signers who are one person: one log-in and one approval for all of them */
        post: operations["openSigningSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test/signers/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The signer logs in at the simulated BankID and signs his order */
        post: operations["testSign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test/signers/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The signer declines */
        post: operations["testDecline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test/signers/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The signer cancels at the simulated BankID, or somebody else logs in */
        post: operations["testFail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test/people/{person}/sign-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person signs everything that waits for him, with one log-in and one approval */
        post: operations["testSignAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every accounting rule, with its law */
        get: operations["listRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask what an order would be refused for or warned about; nothing is stored */
        post: operations["checkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{organisationNumber}/signatories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who should sign the annual accounts of a company, as the company register has it */
        get: operations["suggestSigners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, newest first; a key itself is never shown again */
        get: operations["listKeys"];
        put?: never;
        /** Make an API key; the answer holds it, this once */
        post: operations["addKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a key that takes over; the old one goes on working for the overlap */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key, at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List OAuth clients, newest first */
        get: operations["listClients"];
        put?: never;
        /** Register a client by its public keys; it gets tokens at /oauth2/token (private_key_jwt) */
        post: operations["addClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace the public keys of a client; keep the old one beside the new one while both are in use */
        put: operations["replaceClientKeys"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a client and its tokens, at once */
        delete: operations["revokeClient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the order is kept, whether it is under legal hold, and when it was deleted */
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/legal-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep an order from being deleted or erased, whatever its time of storage */
        post: operations["placeLegalHold"];
        /** Release an order from legal hold */
        delete: operations["releaseLegalHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/signers/{signer}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase a signer’s personal data on request, as far as nobody is obliged to keep it */
        post: operations["eraseSigner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish a draft: it goes to its signers, at once or when `activateAt` has come */
        post: operations["activateOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/signers/{signer}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody else sign in a signer's place; his link stops working. Repeated, it changes nothing */
        post: operations["replaceSigner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/signers/{signer}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether somebody of another name who logged in is the signer (`awaitingSender`). Repeated, it changes nothing */
        post: operations["confirmIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read events after a place in the feed, waiting for the next one if you like
         * @description Store `after` of the answer with what you did about its events, and send it next time. Events are thin: read the order for what it is like now. Nothing is ever missing, and nothing comes twice in the same place.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the named readers of the feed */
        get: operations["listConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers/{name}/lease": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the next events for ten minutes; unacknowledged, they come again
         * @description The first lease makes the consumer, at the beginning of the feed. One lease at a time: a second reader of the same name is told when to come again. A reader that dies loses nothing: its events are given to the next.
         */
        post: operations["leaseEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers/{name}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that events are dealt with, up to a place within the lease */
        post: operations["acknowledgeEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a reader at a place in the feed, to begin there or to read again */
        put: operations["placeConsumer"];
        post?: never;
        /** Forget a reader and its place */
        delete: operations["removeConsumer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Have events sent to an address of yours; the answer holds the secret, this once */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove a webhook with its delivery log */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /** Change a webhook; enabled again, it is sent what it missed */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; for a day, messages are signed with both */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message; its delivery tells what came of it */
        post: operations["pingWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send every event after a place in the feed again */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent and what came of it, newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one message again now, also a dead one */
        post: operations["redeliverWebhookMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a PDF with its metadata */
        post: operations["uploadDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a document */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download what was uploaded, byte for byte */
        get: operations["getOriginal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/signed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the document with everybody’s signature */
        get: operations["getSigned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/revisions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the document as it was after a revision */
        get: operations["getRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AnnualAccountsMetadata: {
            /** @constant */
            kind: "annualAccounts";
            /**
             * Format: plain-text
             * @description What the signers read.
             */
            title: string;
            /** Format: plain-text */
            fileName?: string;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /** @description Rewrite a file that cannot be signed as it is, or only with a warning: form fields become part of their pages, a hybrid cross-reference becomes a plain one, a slightly damaged structure is repaired where all readers agree about it. Both hashes are kept. Without it every byte stays, or the file is refused. */
            normalise?: boolean;
            /** @description A period of storage of your own, not shorter than the law demands (bokføringsloven § 13). */
            retention?: {
                /** @enum {unknown} */
                years: 3.5 | 5 | 10;
                /** Format: plain-text */
                reason?: string;
            } | {
                /** Format: date */
                until: string;
                /** Format: plain-text */
                reason: string;
            };
            /**
             * Format: organisation-number
             * @description Organisasjonsnummer: nine digits with a control digit.
             * @example 987654325
             */
            organisationNumber: string;
            /** Format: plain-text */
            organisationName: string;
            fiscalYear: number | {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
            parts?: ("incomeStatement" | "balanceSheet" | "cashFlowStatement" | "notes" | "directorsReport" | "auditorsReport")[];
            /**
             * Format: date
             * @description Day of the board’s signing, when it is printed in the file.
             */
            signedOn?: string;
            /**
             * Format: date
             * @description Date of the auditor’s report, when it is printed in the file.
             */
            auditorsReportDate?: string;
        };
        AuditTrail: {
            order: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                state: string;
                outcome: string | null;
                kind: string;
                title: string;
                reference: string | null;
                organisation: {
                    number: string;
                    name: string;
                } | null;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC.
                 */
                createdAt: string;
                completedAt: string | null;
            };
            documents: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                role: string;
                title: string;
                fileName: string;
                /** @description SHA-256 in lower-case hexadecimal. */
                sha256: string;
                size: number;
                original: components["schemas"]["Original"] | null;
                revisions: components["schemas"]["Revision"][];
            }[];
            signers: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                role: string;
                group: number;
                state: string;
                name: string;
                signedName: string | null;
                onBehalfOf: string | null;
                level: string;
                replaces: string | null;
                identityCheck: components["schemas"]["IdentityCheck"] | null;
                signedAt: string | null;
            }[];
            events: components["schemas"]["TrailEvent"][];
            simulated: boolean;
        };
        Client: {
            /**
             * Format: uuid
             * @description Its `client_id`.
             */
            id: string;
            name: string;
            scopes: string[];
            jwks: {
                keys: {
                    [key: string]: unknown;
                }[];
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            revokedAt: string | null;
            lastUsedAt: string | null;
        };
        ClientKeys: {
            /** @description Public keys (RFC 7517): P-256, P-384, RSA from 2048 bits, Ed25519. */
            jwks: {
                keys: {
                    [key: string]: unknown;
                }[];
            };
        };
        ClientList: {
            clients: components["schemas"]["Client"][];
        };
        ClientRequest: {
            /**
             * Format: plain-text
             * @description For people, in lists.
             */
            name: string;
            /** @description admin: keys and settings. system: orders and documents. reader: reads, without links. auditor: reads the proof. */
            scopes: ("admin" | "system" | "reader" | "auditor")[];
            /** @description Public keys (RFC 7517): P-256, P-384, RSA from 2048 bits, Ed25519. */
            jwks: {
                keys: {
                    [key: string]: unknown;
                }[];
            };
        };
        Consumer: {
            name: string;
            /** @description Everything up to here is acknowledged. */
            position: number;
            leasedUntil: string | null;
        };
        ConsumerAcknowledgement: {
            /** Format: uuid */
            lease: string;
            /** @example 0 */
            upTo: number;
        };
        ConsumerLease: {
            lease: string | null;
            until: string | null;
            events: components["schemas"]["Event"][];
        };
        ConsumerList: {
            consumers: components["schemas"]["Consumer"][];
        };
        ConsumerPlace: {
            /** @example 0 */
            position: number;
        };
        ContractMetadata: {
            /** @constant */
            kind: "contract";
            /**
             * Format: plain-text
             * @description What the signers read.
             */
            title: string;
            /** Format: plain-text */
            fileName?: string;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /** @description Rewrite a file that cannot be signed as it is, or only with a warning: form fields become part of their pages, a hybrid cross-reference becomes a plain one, a slightly damaged structure is repaired where all readers agree about it. Both hashes are kept. Without it every byte stays, or the file is refused. */
            normalise?: boolean;
            /** @description A period of storage of your own, not shorter than the law demands (bokføringsloven § 13). */
            retention?: {
                /** @enum {unknown} */
                years: 3.5 | 5 | 10;
                /** Format: plain-text */
                reason?: string;
            } | {
                /** Format: date */
                until: string;
                /** Format: plain-text */
                reason: string;
            };
            parties: {
                /** Format: plain-text */
                name: string;
                /**
                 * Format: organisation-number
                 * @description Organisasjonsnummer: nine digits with a control digit.
                 * @example 987654325
                 */
                organisationNumber?: string;
                /** @description Ways to bind the party, any one of which is enough. Without them nothing is asked of its signers. */
                signatureRights?: components["schemas"]["SignatureRight"][];
            }[];
            /**
             * Format: organisation-number
             * @description Organisasjonsnummer: nine digits with a control digit.
             * @example 987654325
             */
            organisationNumber?: string;
            /** Format: plain-text */
            organisationName?: string;
            /** Format: date */
            date?: string;
            fiscalYear?: number | {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
        };
        Document: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            order: string | null;
            kind: string;
            title: string;
            fileName: string;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language: "nb" | "nn" | "en";
            /** @description SHA-256 in lower-case hexadecimal. */
            sha256: string;
            /** @description Bytes of the upload. */
            size: number;
            original: components["schemas"]["Original"] | null;
            pages: number;
            metadata: {
                [key: string]: unknown;
            };
            findings: components["schemas"]["Finding"][];
            revisions: components["schemas"]["Revision"][];
            /** @description False: whatever signatures are in it, the order is not closed over them, or failed to close. */
            sealed: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
        };
        DraftChange: {
            /** Format: plain-text */
            title?: string;
            reference?: string | null;
            language?: ("nb" | "nn" | "en") | null;
            documents?: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                /**
                 * @description `sign` by default; an annex is shown, not signed.
                 * @enum {unknown}
                 */
                role?: "sign" | "annex";
            }[];
            /** @description At least one; a draft may still have none. */
            signers?: components["schemas"]["SignerRequest"][];
            groups?: {
                number: number;
                required: number;
            }[] | null;
            returnUrl?: string | null;
            activateAt?: string | null;
            deadline?: string | null;
            reminders?: {
                afterDays: number;
                everyDays: number;
                maximum: number;
            } | null;
            onNameMismatch?: ("hold" | "refuse") | null;
            notify?: {
                /**
                 * Format: email
                 * @example regnskap@example.com
                 */
                email: string;
                /**
                 * @description Bokmål, nynorsk or English.
                 * @enum {unknown}
                 */
                language?: "nb" | "nn" | "en";
                /** @description `completed`, `declined`, `expired` and `failed` by default. */
                states?: ("completed" | "declined" | "cancelled" | "expired" | "failed")[];
            } | null;
            overrides?: {
                /** @description Id of a rule (GET /v1/rules). */
                rule: string;
                /**
                 * Format: plain-text
                 * @description Kept in the audit trail.
                 */
                reason: string;
            }[] | null;
        };
        Erasure: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            signer: string;
            documentKeptUntil: string | null;
        };
        Event: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** @description Place in the feed; grows without going back. */
            sequence: number;
            type: string;
            order: string | null;
            signer: string | null;
            /**
             * Format: uuid
             * @description Only of `document.deleted`, which is about no order.
             */
            document?: string;
            state: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
        };
        EventPage: {
            events: components["schemas"]["Event"][];
            /** @description Send as `after` to go on from here. */
            after: number;
        };
        /** @description What the pre-flight noticed. */
        Finding: {
            /** @description docs/preflight.md lists them. */
            code: string;
            /** @description refuse, warn or info. */
            severity: string;
            detail: string;
            /** @description Byte in the upload where the cause lies. */
            offset?: number;
            /** @description Id of the check that the finished file would fail (docs/checks.md). */
            check?: string;
            /** @description Page, from 1; the first one where it concerns several. */
            page?: number;
        };
        /** @description What the last log-in was compared with, and what came of it. */
        IdentityCheck: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description match, matchNameDiffers, nameOnly, anyone, acceptedBySender, nameDiffers, nearMiss, mismatch, levelTooLow, methodNotAccepted. match: the number, or name and birth date. matchNameDiffers: the number, beside another name. nameOnly: the name agrees, and nothing else was given. nameDiffers: the sender is to answer (`confirmIdentity`). nearMiss: perhaps a typing error in the order. Tolerate values that you do not know. */
            result: string;
            /** @description nationalIdentityNumber, nameAndBirthDate, name, or open (`anyone`). */
            comparedWith: string;
            /** @description What is not as the order says: name, birthDate, … */
            differs: string[];
            name: string | null;
            level: string;
            method: string | null;
        };
        IdentityDecision: {
            /**
             * @description accept: it is the person who is to sign, who logs in anew, and nobody else passes. refuse: it is not; the signer is `ready` again for the right person.
             * @enum {unknown}
             */
            decision: "accept" | "refuse";
            /**
             * Format: plain-text
             * @description Kept in the audit trail.
             */
            reason: string;
        };
        Key: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            name: string;
            /** @description How the key begins. */
            prefix: string;
            scopes: string[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            expiresAt: string | null;
            revokedAt: string | null;
            lastUsedAt: string | null;
            successor: string | null;
        };
        KeyList: {
            keys: components["schemas"]["Key"][];
        };
        KeyRequest: {
            /**
             * Format: plain-text
             * @description For people, in lists.
             */
            name: string;
            /** @description admin: keys and settings. system: orders and documents. reader: reads, without links. auditor: reads the proof. */
            scopes: ("admin" | "system" | "reader" | "auditor")[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expiresAt?: string;
        };
        KeyRotation: {
            /**
             * @description How long the old key still works beside the new one.
             * @default 86400
             */
            overlapSeconds: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expiresAt?: string;
        };
        KeySet: {
            keys: {
                [key: string]: unknown;
            }[];
        };
        Metadata: components["schemas"]["AnnualAccountsMetadata"] | components["schemas"]["ContractMetadata"] | components["schemas"]["VoucherMetadata"];
        NewKey: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            name: string;
            /** @description How the key begins. */
            prefix: string;
            scopes: string[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            expiresAt: string | null;
            revokedAt: string | null;
            lastUsedAt: string | null;
            successor: string | null;
            /** @description The key, shown this once. */
            key: string;
        };
        OAuthError: {
            /** @description RFC 6749 § 5.2. */
            error: string;
            error_description: string;
        };
        Order: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** @description Tolerate values that you do not know. Known: draft, scheduled, received, prepared, open, sealing, completed, declined, cancelled, expired, failed. */
            state: string;
            outcome: string | null;
            /** @description Tolerate values that you do not know. Known: annualAccounts, contract, voucher. */
            kind: string;
            title: string;
            reference: string | null;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language: "nb" | "nn" | "en";
            organisation: {
                number: string;
                name: string;
            } | null;
            documents: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                /** @description sign or annex. */
                role: string;
                title: string;
                fileName: string;
                /** @description SHA-256 in lower-case hexadecimal. */
                sha256: string;
                metadata: {
                    [key: string]: unknown;
                };
            }[];
            signers: components["schemas"]["Signer"][];
            /** @description Groups of which fewer than all have to sign. */
            groups: {
                number: number;
                required: number;
            }[];
            returnUrl: string | null;
            activateAt: string | null;
            deadline: string | null;
            reminders: {
                afterDays: number;
                everyDays: number;
                maximum: number;
            } | null;
            /** @description Tolerate values that you do not know. Known: hold, refuse. */
            onNameMismatch: string;
            replaces: string | null;
            replacedBy: string | null;
            notify: {
                email: string;
                /**
                 * @description Bokmål, nynorsk or English.
                 * @enum {unknown}
                 */
                language: "nb" | "nn" | "en";
                states: string[];
            } | null;
            /** @description What the accounting rules noticed when the order came. */
            warnings: components["schemas"]["Warning"][];
            overrides: components["schemas"]["OverriddenRule"][];
            retention: components["schemas"]["Retention"] | null;
            sealing: {
                attempt: number;
                lastError: {
                    code: string;
                    detail: string;
                } | null;
                nextTry: string | null;
            };
            /** @description Steps that failed and have not succeeded since. */
            failures: {
                step: string;
                signer: string | null;
                /** @description retry (of our own), trustService (it waits for one), askSigner, or person (somebody has to look: `retry` tries again). */
                class: string;
                code: string;
                detail: string;
                check: string | null;
                /** @description Tries so far. */
                attempt: number;
                nextTry: string | null;
            }[];
            /** @description True: signed with a simulated BankID. Legally neither qualified nor advanced signatures. */
            simulated: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            completedAt: string | null;
        };
        OrderBatch: {
            created: number;
            refused: number;
            results: {
                /** @description Place in `orders`, from 0. */
                index: number;
                /** @description What POST /v1/orders would have answered: 201, or that of the problem. */
                status: number;
                order?: components["schemas"]["Order"];
                problem?: components["schemas"]["Problem"];
            }[];
        };
        OrderBatchRequest: {
            /** @description Each one as for POST /v1/orders, made or refused on its own. */
            orders: components["schemas"]["OrderRequest"][];
        };
        OrderCheck: {
            /** @description Whether the order would be opened as it is. */
            accepted: boolean;
            errors: {
                /** @description RFC 6901 pointer into the request. */
                pointer: string;
                code: string;
                detail: string;
            }[];
            warnings: components["schemas"]["Warning"][];
            overrides: components["schemas"]["OverriddenRule"][];
            retention: components["schemas"]["Retention"] | null;
        };
        /** @description An order with `view=sparse`. */
        OrderMark: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** @description Tolerate values that you do not know. Known: draft, scheduled, received, prepared, open, sealing, completed, declined, cancelled, expired, failed. */
            state: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updatedAt: string;
        };
        OrderPage: {
            /** @description As `view` asks: whole orders, summaries, or id and state only. */
            orders: (components["schemas"]["Order"] | components["schemas"]["OrderSummary"] | components["schemas"]["OrderMark"])[];
            next: string | null;
        };
        OrderRequest: {
            /** @description True: nothing happens until the draft is activated. */
            draft?: boolean;
            /** Format: plain-text */
            title: string;
            /**
             * Format: plain-text
             * @description Your own name for the order.
             */
            reference?: string;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            documents: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                /**
                 * @description `sign` by default; an annex is shown, not signed.
                 * @enum {unknown}
                 */
                role?: "sign" | "annex";
            }[];
            /** @description At least one; a draft may still have none. */
            signers: components["schemas"]["SignerRequest"][];
            /** @description Groups of which `required` members have to sign, whoever comes first; of the others all have to. */
            groups?: {
                number: number;
                required: number;
            }[];
            /**
             * Format: uri
             * @description Where the signer is sent back to; on the allow-list.
             */
            returnUrl?: string;
            /**
             * Format: date-or-date-time
             * @description When the order goes to its signers; a date means eight in the morning in Oslo. At once by default.
             */
            activateAt?: string;
            /**
             * Format: date-or-date-time
             * @description Until when it can be signed; a date means the end of that day in Oslo.
             */
            deadline?: string;
            /** @description Days after the turn came, days between reminders, how many at most. Only from 8 to 20 in Oslo. */
            reminders?: {
                afterDays: number;
                everyDays: number;
                maximum: number;
            };
            /**
             * @description When a signer is given by name only and somebody of another name logs in: `hold` asks the sender (by default), `refuse` refuses the log-in at once (WRONG_PERSON).
             * @enum {unknown}
             */
            onNameMismatch?: "hold" | "refuse";
            /**
             * Format: uuid
             * @description The order of yours in whose place this one is: it failed while it was being closed. The two name each other.
             */
            replaces?: string;
            /** @description Whom Segl tells by mail that the order has reached one of these states: in the order’s language by default, without its title and without names. */
            notify?: {
                /**
                 * Format: email
                 * @example regnskap@example.com
                 */
                email: string;
                /**
                 * @description Bokmål, nynorsk or English.
                 * @enum {unknown}
                 */
                language?: "nb" | "nn" | "en";
                /** @description `completed`, `declined`, `expired` and `failed` by default. */
                states?: ("completed" | "declined" | "cancelled" | "expired" | "failed")[];
            };
            /** @description Accounting rules that the order may break, with the reason. */
            overrides?: {
                /** @description Id of a rule (GET /v1/rules). */
                rule: string;
                /**
                 * Format: plain-text
                 * @description Kept in the audit trail.
                 */
                reason: string;
            }[];
        };
        OrderSummary: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** @description Tolerate values that you do not know. Known: draft, scheduled, received, prepared, open, sealing, completed, declined, cancelled, expired, failed. */
            state: string;
            outcome: string | null;
            kind: string;
            title: string;
            reference: string | null;
            organisation: {
                number: string;
                name: string;
            } | null;
            year: number | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When anything about it last happened.
             */
            updatedAt: string;
            completedAt: string | null;
        };
        /** @description What was sent, when it was rewritten because of `normalise`: /original gives it. `sha256` and `size` of the document are then those of the rewritten file, which is signed: /revisions/0 gives that. */
        Original: {
            /** @description SHA-256 in lower-case hexadecimal. */
            sha256: string;
            size: number;
            /** @description FORM_FLATTENED, XFA_REMOVED, XREF_REWRITTEN, HEADER_MOVED, REVISIONS_MERGED, STRUCTURE_REPAIRED, … */
            changes: string[];
            /** @description Form fields that became part of their pages. */
            fields: number;
        };
        /** @description A rule that the sender overrode, with what it had found. */
        OverriddenRule: {
            rule: string;
            reason: string;
            findings: components["schemas"]["Warning"][];
        };
        /** @description RFC 9457. */
        Problem: {
            /**
             * Format: uri-reference
             * @description `/problems/<code in kebab case>`.
             */
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do. */
            detail: string;
            instance: string;
            /**
             * @description Stable; clients decide by it and tolerate ones they do not know.
             * @example INVALID_REQUEST
             * @example UNAUTHENTICATED
             * @example FORBIDDEN
             * @example NOT_FOUND
             * @example METHOD_NOT_ALLOWED
             * @example PRECONDITION_FAILED
             * @example RANGE_NOT_SATISFIABLE
             * @example UNSUPPORTED_MEDIA_TYPE
             * @example IDEMPOTENCY_KEY_MISSING
             * @example IDEMPOTENCY_KEY_INVALID
             * @example IDEMPOTENCY_KEY_REUSED
             * @example IDEMPOTENCY_IN_FLIGHT
             * @example CONSUMER_BUSY
             * @example CONSUMER_LEASE_LOST
             * @example WEBHOOK_URL_NOT_ALLOWED
             * @example LIMIT_REACHED
             * @example RATE_LIMITED
             * @example KEY_SET_INVALID
             * @example INTERNAL
             * @example UNAVAILABLE
             * @example KIND_UNKNOWN
             * @example METADATA_MISSING
             * @example METADATA_INVALID
             * @example ORGANISATION_NUMBER_INVALID
             * @example NATIONAL_IDENTITY_NUMBER_INVALID
             * @example NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC
             * @example SIGNATURE_PLACE_INVALID
             * @example SIGNERS_INVALID
             * @example RETURN_URL_NOT_ALLOWED
             * @example BOARD_MISSING
             * @example REGISTERED_SIGNATORY_MISSING
             * @example BOARD_QUORUM
             * @example AUDITOR_MISSING
             * @example AUDITOR_TOO_EARLY
             * @example AUDITORS_REPORT_TOO_EARLY
             * @example FISCAL_YEAR_NOT_OVER
             * @example ACCOUNTS_DIFFER
             * @example SIGNATURE_RIGHT_NOT_MET
             * @example ON_BEHALF_OF_UNKNOWN
             * @example FOUR_EYES_MISSING
             * @example FOUR_EYES_SAME_PERSON
             * @example AMOUNT_LIMIT_EXCEEDED
             * @example AUTHORITY_WITHOUT_PRINCIPAL
             * @example AMOUNT_LIMIT_OUT_OF_PLACE
             * @example OVERRIDE_NOT_ALLOWED
             * @example NOT_A_PDF
             * @example BYTES_BEFORE_HEADER
             * @example TRUNCATED
             * @example MALFORMED_PDF
             * @example ENCRYPTED
             * @example JAVASCRIPT
             * @example LAUNCH_ACTION
             * @example EXTERNAL_CONTENT
             * @example XFA
             * @example FORM_FIELDS
             * @example ALREADY_SIGNED
             * @example CHANGES_FORBIDDEN
             * @example TAGS_UNREADABLE
             * @example NOT_NORMALISABLE
             * @example HYBRID_XREF
             * @example TOO_LARGE
             * @example NO_PAGES
             * @example CONTENT_AMBIGUOUS
             * @example TOO_COMPLEX
             * @example STATE_CONFLICT
             * @example RETENTION_NOT_OVER
             * @example LEGAL_HOLD
             * @example ORDER_DELETED
             * @example DOCUMENT_IN_USE
             * @example LINK_VOID
             * @example LINK_INVALID
             * @example SESSION_INVALID
             * @example CEREMONY_CANCELLED
             * @example CEREMONY_EXPIRED
             * @example WRONG_PERSON
             * @example LEVEL_TOO_LOW
             * @example NO_SLOT_LEFT
             * @example DELEGATION_NOT_ALLOWED
             * @example SUCCESSOR_NOT_ALLOWED
             * @example METHOD_NOT_ACCEPTED
             * @example DOCUMENT_BUSY
             * @example TEST_DOOR_CLOSED
             * @example TOO_MANY_TO_APPROVE
             * @example NOT_SIGNED_YET
             * @example FINISHED_FILE_REJECTED
             * @example FINISHED_FILE_UNPROVEN
             * @example TRUST_SERVICE_UNAVAILABLE
             * @example TRUST_SERVICE_REFUSED
             * @example TRUST_SERVICE_MALFORMED
             * @example SIGNATURE_INVALID
             * @example TIMESTAMP_INVALID
             * @example TIMESTAMP_TOO_LATE
             * @example REVOCATION_DATA_INVALID
             * @example CERTIFICATE_INVALID
             * @example SIGNATURE_TOO_LARGE
             * @example CLOCK_SKEWED
             * @example MALFORMED_DER
             * @example CONFIG_INVALID
             * @example SECRET_MISSING
             * @example SECRET_WRONG
             * @example TOO_MANY_CONNECTIONS
             * @example DATABASE_UNAVAILABLE
             * @example SCHEMA_MISMATCH
             * @example ROLES_MISSING
             * @example PORT_TAKEN
             * @example START_FAILED
             */
            code: string;
            requestId: string;
            errors?: {
                /** @description RFC 6901 pointer into the request. */
                pointer: string;
                code: string;
                detail: string;
            }[];
            /** @description Of a PDF that is refused: whether the same file is accepted with `normalise: true`. It was tried. Absent where it was not. */
            normaliseHelps?: boolean;
        } & {
            [key: string]: unknown;
        };
        ProblemEntry: {
            code: string;
            type: string;
            title: string;
            status: number;
            /** @description What to do about it. */
            remedy: string;
        };
        Readiness: {
            ready: boolean;
            checks: {
                name: string;
                ready: boolean;
                code?: string;
                detail?: string;
            }[];
        };
        Reason: {
            /**
             * Format: plain-text
             * @description Kept with the order, and committed to in its trail.
             */
            reason: string;
        };
        /** @description Who signs instead. Role, group, level and methods stay; what is not given is as it was or by default. The accounting rules judge the order with him: what he breaks is refused, unless the order or `overrides` here says why it is not to be. */
        Replacement: {
            /** Format: plain-text */
            name: string;
            /** @description Who must log in: this number, else this name and birth date, else somebody of this name. A name alone proves little: of another name, the sender is asked (`awaitingSender`), or the log-in is refused (`onNameMismatch`). */
            person?: {
                /**
                 * Format: national-identity-number
                 * @description Fødselsnummer or D-number; synthetic here.
                 */
                nationalIdentityNumber?: string;
                /** Format: date */
                birthDate?: string;
            };
            /** @description True: whoever has the link signs, and the name is compared with nothing; told as a warning (ANYONE_MAY_SIGN). */
            anyone?: boolean;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /** Format: plain-text */
            onBehalfOf?: string;
            /** Format: email */
            email?: string;
            mayDelegate?: boolean;
            /** @enum {unknown} */
            authority?: "signatureRight" | "procuration" | "powerOfAttorney";
            /** @description The most that an approver of vouchers may approve. */
            amountLimit?: {
                /**
                 * @description Decimal string.
                 * @example 50000.00
                 */
                amount: string;
                /**
                 * @description ISO 4217.
                 * @example NOK
                 */
                currency: string;
            };
            /** @description Accounting rules that the order may break, with the reason. */
            overrides?: {
                /** @description Id of a rule (GET /v1/rules). */
                rule: string;
                /**
                 * Format: plain-text
                 * @description Kept in the audit trail.
                 */
                reason: string;
            }[];
        };
        Retention: {
            /**
             * Format: date
             * @description Last day on which the documents must be kept.
             */
            until: string;
            /** @description Why so long, in the order's language. */
            reason: string;
        };
        Revision: {
            /** @description 0 is the upload. */
            number: number;
            /** @description upload, prepared, signature, seal or archive. */
            kind: string;
            /** @description Offset of what this revision appended. */
            start: number;
            /** @description Bytes that this revision appended. */
            length: number;
            /** @description SHA-256 in lower-case hexadecimal. */
            sha256: string;
            /** @description SHA-256 of the whole file up to the end of this revision. */
            fileSha256: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
        };
        Rule: {
            /** @description Stable; the code of its refusals and warnings, unless it is about a document. */
            id: string;
            kinds: string[];
            /** @description `document`: judged at upload; `order`: judged when the order is sent. */
            stage: string;
            /** @description `refusal` or `warning`. */
            severity: string;
            /** @description Whether `overrides` of an order may name it. */
            overridable: boolean;
            /** @description What holds when the rule is kept. */
            title: string;
            /** @description Law, regulation or standard that demands it. */
            law: string;
        };
        Signatories: {
            organisationNumber: string;
            name: string;
            /**
             * Format: date
             * @description Day on which the register said so: it may lag behind.
             */
            asOf: string;
            /** @description As `signers` of an order takes them. A suggestion: the board in office signs. */
            signers: {
                role: string;
                group: number;
                name: string;
                person: {
                    /** Format: date */
                    birthDate?: string;
                };
            }[];
        };
        /** @description Shows the signature on a page of the document instead of on the signature sheet. Pages count as they are shown: cropped and turned. `document` may be left out when one document is signed. A document that others certified (pre-flight: EARLIER_CERTIFICATION) can have none, and neither can some pages of others (INLINE_ANNOTATIONS): SIGNATURE_PLACE_INVALID. */
        SignaturePlacement: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            document?: string;
            /** @description From 1. */
            page: number;
            /** @description Points from the left edge of the page as it is shown. */
            x: number;
            /** @description Points from its upper edge. */
            y: number;
            /** @description Points; at least 80. */
            width: number;
            /** @description Points; at least 20. */
            height: number;
        };
        SignatureRight: {
            /**
             * @description Firmategning, prokura or fullmakt.
             * @enum {unknown}
             */
            by: "signatureRight" | "procuration" | "powerOfAttorney";
            /** @description How many together: 1 is alone, 2 two jointly. */
            count: number;
            /** @description Who they are; anybody with that authority without. */
            holders?: string[];
        };
        Signer: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** @description Tolerate values that you do not know. Known: waiting, ready, atBankid, identified, awaitingSender, authorised, signed, declined, replaced, expired, notApplicable. */
            state: string;
            role: string;
            group: number;
            name: string;
            person: {
                /** @description nationalIdentityNumber, nameAndBirthDate, name, or open (`anyone`). */
                matchedBy: string;
                birthDate: string | null;
            };
            level: string;
            /** @description Ways to log in that are accepted; empty: any of the level. */
            methods: string[];
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language: "nb" | "nn" | "en";
            email: string | null;
            mayDelegate: boolean;
            signaturePlacements: {
                document: string | null;
                /** @description From 1. */
                page: number;
                /** @description Points from the left edge of the page as it is shown. */
                x: number;
                /** @description Points from its upper edge. */
                y: number;
                /** @description Points; at least 80. */
                width: number;
                /** @description Points; at least 20. */
                height: number;
            }[];
            replaces: string | null;
            invitedAt: string | null;
            remindersSent: number;
            identityCheck: components["schemas"]["IdentityCheck"] | null;
            onBehalfOf: string | null;
            authority: string | null;
            amountLimit: {
                amount: string;
                currency: string;
            } | null;
            signedName: string | null;
            signedAt: string | null;
            reasonCode: string | null;
            reason: string | null;
            /**
             * Format: uri
             * @description The signing link: a secret. Only for keys with the scope `system`.
             */
            url?: string;
        };
        SignerRequest: {
            /** @description chair, boardMember, generalManager, auditor, party, attestant, approver, … or a word of your own. */
            role: string;
            /** @description Groups sign one after the other, from 1; 1 by default. */
            group?: number;
            /** Format: plain-text */
            name: string;
            /** @description Who must log in: this number, else this name and birth date, else somebody of this name. A name alone proves little: of another name, the sender is asked (`awaitingSender`), or the log-in is refused (`onNameMismatch`). */
            person?: {
                /**
                 * Format: national-identity-number
                 * @description Fødselsnummer or D-number; synthetic here.
                 */
                nationalIdentityNumber?: string;
                /** Format: date */
                birthDate?: string;
            };
            /** @description True: whoever has the link signs, and the name is compared with nothing; told as a warning (ANYONE_MAY_SIGN). */
            anyone?: boolean;
            /**
             * @description eIDAS level that the login must reach.
             * @enum {unknown}
             */
            level?: "substantial" | "high";
            /** @description Ways to log in that are accepted, as far as BankID tells them apart; any of the level by default. `passkey` is of the level substantial. */
            methods?: ("appOrCodeDevice" | "mobile" | "passkey")[];
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /** Format: plain-text */
            onBehalfOf?: string;
            /**
             * Format: email
             * @description Where messages go, when we are to send them.
             */
            email?: string;
            /**
             * @description What lets the signer bind the one he signs on behalf of.
             * @enum {unknown}
             */
            authority?: "signatureRight" | "procuration" | "powerOfAttorney";
            /** @description The most that an approver of vouchers may approve. */
            amountLimit?: {
                /**
                 * @description Decimal string.
                 * @example 50000.00
                 */
                amount: string;
                /**
                 * @description ISO 4217.
                 * @example NOK
                 */
                currency: string;
            };
            /** @description Whether the signer may name somebody else in his place. False by default. */
            mayDelegate?: boolean;
            signaturePlacements?: components["schemas"]["SignaturePlacement"][];
        };
        SigningLink: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            signer: string;
            /** Format: uri */
            url: string;
            version: number;
        };
        SigningSession: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /**
             * Format: uri
             * @description The link over all of them: a secret.
             */
            url: string;
            signers: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                order: string;
                state: string;
            }[];
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language: "nb" | "nn" | "en";
            returnUrl: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expiresAt: string;
        };
        SigningSessionRequest: {
            /** @description Signers of any orders of yours, all of them the same person. */
            signers: string[];
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /**
             * Format: uri
             * @description Where the person is sent back to; on the allow-list.
             */
            returnUrl?: string;
        };
        Storage: {
            keptUntil: string | null;
            legalHold: {
                reason: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC.
                 */
                since: string;
            } | null;
            deletedAt: string | null;
        };
        /**
         * @example {
         *       "reason": "Note 7 stemmer ikke."
         *     }
         */
        TestDecline: {
            /** Format: plain-text */
            reason?: string;
        };
        /**
         * @example {}
         * @example {
         *       "how": "wrongPerson"
         *     }
         */
        TestFailure: {
            /**
             * @description `cancelled` at BankID by default; `wrongPerson`: somebody else logs in.
             * @enum {unknown}
             */
            how?: "cancelled" | "wrongPerson";
        };
        /**
         * @example {}
         * @example {
         *       "as": "stranger"
         *     }
         */
        TestVisit: {
            /** @description Role of a person at the simulated BankID (chairman, approver, stranger, …); the signer’s own by default. */
            as?: string;
        };
        TestVisitResult: {
            signers: {
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description UUIDv7.
                 */
                order: string;
                state: string;
                reasonCode: string | null;
            }[];
        };
        Token: {
            access_token: string;
            /** @description `Bearer`. */
            token_type: string;
            /** @description Seconds. */
            expires_in: number;
            scope: string;
        };
        TokenRequest: {
            /** @description `client_credentials`. */
            grant_type: string;
            /** @description `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`. */
            client_assertion_type: string;
            /** @description A JWT signed by the client: `iss` and `sub` are its client_id, `aud` is the issuer or the token endpoint, `exp` at most five minutes ahead, and a `jti` that was never used before. */
            client_assertion: string;
            client_id?: string;
            /** @description Fewer roles than the client has, with spaces between. */
            scope?: string;
        };
        TrailEvent: {
            /** @description From 1, without gaps. */
            sequence: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            type: string;
            actor: string;
            data: {
                [key: string]: unknown;
            };
            /** @description What `data.personal` commits to: SHA-256 over `salt` and its canonical JSON. Null when erased. */
            personal: {
                [key: string]: unknown;
            } | null;
            salt: string | null;
            /** @description SHA-256 in lower-case hexadecimal. */
            previous: string;
            /** @description SHA-256 over the canonical JSON (RFC 8785) of order, sequence, time, type, actor, data and previous. */
            hash: string;
        };
        VoucherMetadata: {
            /** @constant */
            kind: "voucher";
            /**
             * Format: plain-text
             * @description What the signers read.
             */
            title: string;
            /** Format: plain-text */
            fileName?: string;
            /**
             * @description Bokmål, nynorsk or English.
             * @enum {unknown}
             */
            language?: "nb" | "nn" | "en";
            /** @description Rewrite a file that cannot be signed as it is, or only with a warning: form fields become part of their pages, a hybrid cross-reference becomes a plain one, a slightly damaged structure is repaired where all readers agree about it. Both hashes are kept. Without it every byte stays, or the file is refused. */
            normalise?: boolean;
            /** @description A period of storage of your own, not shorter than the law demands (bokføringsloven § 13). */
            retention?: {
                /** @enum {unknown} */
                years: 3.5 | 5 | 10;
                /** Format: plain-text */
                reason?: string;
            } | {
                /** Format: date */
                until: string;
                /** Format: plain-text */
                reason: string;
            };
            /** Format: plain-text */
            series?: string;
            /** Format: plain-text */
            number: string;
            /** Format: date */
            date: string;
            /**
             * @description Decimal string.
             * @example 12500.00
             */
            amount: string;
            /**
             * @description ISO 4217.
             * @example NOK
             */
            currency: string;
            counterparty?: {
                /** Format: plain-text */
                name: string;
                /**
                 * Format: organisation-number
                 * @description Organisasjonsnummer: nine digits with a control digit.
                 * @example 987654325
                 */
                organisationNumber?: string;
            };
            accountCodes?: string[];
            /**
             * Format: organisation-number
             * @description Organisasjonsnummer: nine digits with a control digit.
             * @example 987654325
             */
            organisationNumber?: string;
            /** Format: plain-text */
            organisationName?: string;
            fiscalYear?: number | {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
        };
        Warning: {
            /** @description Id of the rule (GET /v1/rules). */
            code: string;
            /** @description RFC 6901 pointer into the order request. */
            pointer: string;
            /** @description What is not as it should be, in the order's language. */
            detail: string;
            date: string | null;
        };
        Webhook: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** Format: uri */
            url: string;
            description: string | null;
            types: string[];
            /** @description enabled or disabled. */
            state: string;
            reason: string | null;
            failingSince: string | null;
            earlierSecretUntil: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
        };
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description The `webhook-id` it is sent with: that of the event.
             */
            message: string;
            type: string;
            sequence: number | null;
            /** @description due, delivered or dead. */
            state: string;
            attempt: number;
            nextTry: string | null;
            lastStatus: number | null;
            lastError: string | null;
            lastMs: number | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            deliveredAt: string | null;
        };
        WebhookDeliveryPage: {
            deliveries: components["schemas"]["WebhookDelivery"][];
            next: string | null;
        };
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
        };
        WebhookPatch: {
            /**
             * Format: uri
             * @description https; no private or loopback address, unless this installation allows it. Redirects are not followed.
             * @example http://127.0.0.1:9999/segl-events
             */
            url?: string;
            description?: string | null;
            /**
             * @description Types of events to send; empty or absent: all.
             * @example [
             *       "order.completed",
             *       "signer.signed"
             *     ]
             */
            types?: string[];
            /** @enum {unknown} */
            state?: "enabled" | "disabled";
        };
        WebhookReplay: {
            /** @example 0 */
            after: number;
        };
        WebhookRequest: {
            /**
             * Format: uri
             * @description https; no private or loopback address, unless this installation allows it. Redirects are not followed.
             * @example http://127.0.0.1:9999/segl-events
             */
            url: string;
            /**
             * Format: plain-text
             * @example Production ledger
             */
            description?: string;
            /**
             * @description Types of events to send; empty or absent: all.
             * @example [
             *       "order.completed",
             *       "signer.signed"
             *     ]
             */
            types?: string[];
        };
        WebhookWithSecret: {
            /**
             * Format: uuid
             * @description UUIDv7.
             */
            id: string;
            /** Format: uri */
            url: string;
            description: string | null;
            types: string[];
            /** @description enabled or disabled. */
            state: string;
            reason: string | null;
            failingSince: string | null;
            earlierSecretUntil: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            /** @description Verifies messages (Standard Webhooks). Shown this once: store it. */
            secret: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        live: boolean;
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Done. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySet"];
                };
            };
        };
    };
    listProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["ProblemEntry"][];
                    };
                };
            };
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemEntry"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthorizationServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Done. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Done. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Done. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Done. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @example open */
                state?: string;
                kind?: "annualAccounts" | "contract" | "voucher";
                /**
                 * @description Organisation number.
                 * @example 310000019
                 */
                organisation?: string;
                /**
                 * @description Year in the books: that in which the fiscal year ends, or that of the date.
                 * @example 2025
                 */
                year?: number;
                reference?: string;
                /** @description Orders of which a step of ours has failed and has not succeeded since. */
                failing?: boolean;
                /**
                 * @description Orders that anything has happened to since then. To miss nothing for ever, follow events.
                 * @example 2026-01-01T00:00:00Z
                 */
                changedSince?: string;
                /** @description Id and state, a summary, or all that GET of the order tells (then at most 50 a page). */
                view?: "sparse" | "summary" | "full";
                /** @description `next` of the page before, with the same filter. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Required. Store it before the call; a retry with it gives the first answer. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditTrail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditTrail"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
                /** @description UUIDv7. */
                signer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningLink"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrders: {
        parameters: {
            query?: never;
            header?: {
                /** @description Required, for the whole call. A retry makes what is not made yet and repeats the rest. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orders": [
                 *         {
                 *           "title": "Bilag 1",
                 *           "documents": [
                 *             {
                 *               "id": "01a20475-9f30-7734-94f1-68b0b50cc001"
                 *             }
                 *           ],
                 *           "signers": [
                 *             {
                 *               "role": "attestant",
                 *               "group": 1,
                 *               "name": "Tuva Myrvold",
                 *               "person": {
                 *                 "nationalIdentityNumber": "23889416068"
                 *               }
                 *             },
                 *             {
                 *               "role": "approver",
                 *               "group": 2,
                 *               "name": "Håkon Rødseth",
                 *               "person": {
                 *                 "nationalIdentityNumber": "30857929957"
                 *               }
                 *             }
                 *           ]
                 *         },
                 *         {
                 *           "title": "Bilag 2",
                 *           "documents": [
                 *             {
                 *               "id": "01a20475-9f30-7734-94f1-68b0b50cc002"
                 *             }
                 *           ],
                 *           "signers": [
                 *             {
                 *               "role": "attestant",
                 *               "group": 1,
                 *               "name": "Tuva Myrvold",
                 *               "person": {
                 *                 "nationalIdentityNumber": "23889416068"
                 *               }
                 *             },
                 *             {
                 *               "role": "approver",
                 *               "group": 2,
                 *               "name": "Håkon Rødseth",
                 *               "person": {
                 *                 "nationalIdentityNumber": "30857929957"
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderBatchRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderBatch"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openSigningSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "signers": [
                 *         "01a20475-9f30-7734-94f1-68b0b50cc007",
                 *         "01a20475-9f31-7d10-8c4e-2f6f1f0f8a11"
                 *       ],
                 *       "language": "nb",
                 *       "returnUrl": "http://127.0.0.1:9000/vouchers"
                 *     }
                 */
                "application/json": components["schemas"]["SigningSessionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningSession"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testSign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestVisit"] | null;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signers": [
                     *         {
                     *           "id": "01a20475-9f30-7734-94f1-68b0b50cc007",
                     *           "order": "01a20475-9f2f-7c00-a1b2-0e5d6c7b8a90",
                     *           "state": "signed",
                     *           "reasonCode": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TestVisitResult"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testDecline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestDecline"] | null;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signers": [
                     *         {
                     *           "id": "01a20475-9f30-7734-94f1-68b0b50cc007",
                     *           "order": "01a20475-9f2f-7c00-a1b2-0e5d6c7b8a90",
                     *           "state": "signed",
                     *           "reasonCode": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TestVisitResult"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testFail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestFailure"] | null;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signers": [
                     *         {
                     *           "id": "01a20475-9f30-7734-94f1-68b0b50cc007",
                     *           "order": "01a20475-9f2f-7c00-a1b2-0e5d6c7b8a90",
                     *           "state": "signed",
                     *           "reasonCode": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TestVisitResult"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testSignAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of any signer that names the person. Never a national identity number: it is in a URL. */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signers": [
                     *         {
                     *           "id": "01a20475-9f30-7734-94f1-68b0b50cc007",
                     *           "order": "01a20475-9f2f-7c00-a1b2-0e5d6c7b8a90",
                     *           "state": "signed",
                     *           "reasonCode": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TestVisitResult"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rules: components["schemas"]["Rule"][];
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderCheck"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suggestSigners: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisationNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signatories"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRotation"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientList"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceClientKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientKeys"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStorage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storage"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeLegalHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseLegalHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseSigner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
                /** @description UUIDv7. */
                signer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceSigner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
                /** @description UUIDv7. */
                signer: string;
            };
            cookie?: never;
        };
        /** @description Who signs instead. Role, group, level and methods stay; what is not given is as it was or by default. The accounting rules judge the order with him: what he breaks is refused, unless the order or `overrides` here says why it is not to be. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replacement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
                /** @description UUIDv7. */
                signer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityDecision"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @example 0 */
                after?: number;
                limit?: number;
                /**
                 * @description Seconds to wait when there is nothing new (long poll); an empty page says nothing came.
                 * @example 0
                 */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsumers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerList"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaseEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @example 30 */
                seconds?: number;
            };
            header?: never;
            path: {
                /**
                 * @description A name of your own.
                 * @example ledger
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerLease"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A name of your own.
                 * @example ledger
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsumerAcknowledgement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consumer"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A name of your own.
                 * @example ledger
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsumerPlace"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consumer"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A name of your own.
                 * @example ledger
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_FAILED */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pingWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                state?: "due" | "delivered" | "dead";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhookMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
                /** @description UUIDv7. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description For `application/pdf` only, and required there: base64url of the metadata as JSON in UTF-8, so that nothing about people stands in a URL. */
                "Segl-Metadata"?: string;
                /**
                 * @description For `application/pdf` only: the file's name, as `attachment; filename*=UTF-8''avtale.pdf` (RFC 6266).
                 * @example attachment; filename="avtale.pdf"
                 */
                "Content-Disposition"?: string;
                /** @description A retry with the same key, metadata and bytes gives the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    metadata: components["schemas"]["Metadata"];
                    /** @description The PDF. */
                    file: string;
                };
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description INVALID_REQUEST, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, WEBHOOK_URL_NOT_ALLOWED, KEY_SET_INVALID, KIND_UNKNOWN, METADATA_MISSING, METADATA_INVALID, ORGANISATION_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_INVALID, NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC, SIGNATURE_PLACE_INVALID, SIGNERS_INVALID, RETURN_URL_NOT_ALLOWED, BOARD_MISSING, REGISTERED_SIGNATORY_MISSING, BOARD_QUORUM, AUDITOR_MISSING, AUDITOR_TOO_EARLY, AUDITORS_REPORT_TOO_EARLY, FISCAL_YEAR_NOT_OVER, ACCOUNTS_DIFFER, SIGNATURE_RIGHT_NOT_MET, ON_BEHALF_OF_UNKNOWN, FOUR_EYES_MISSING, FOUR_EYES_SAME_PERSON, AMOUNT_LIMIT_EXCEEDED, AUTHORITY_WITHOUT_PRINCIPAL, AMOUNT_LIMIT_OUT_OF_PLACE, OVERRIDE_NOT_ALLOWED, NOT_A_PDF, BYTES_BEFORE_HEADER, TRUNCATED, MALFORMED_PDF, ENCRYPTED, JAVASCRIPT, LAUNCH_ACTION, EXTERNAL_CONTENT, XFA, FORM_FIELDS, ALREADY_SIGNED, CHANGES_FORBIDDEN, TAGS_UNREADABLE, NOT_NORMALISABLE, HYBRID_XREF, NO_PAGES, CONTENT_AMBIGUOUS, TOO_COMPLEX, SUCCESSOR_NOT_ALLOWED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOriginal: {
        parameters: {
            query?: never;
            header?: {
                range?: string;
                "if-range"?: string;
            };
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description The range of the file. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RANGE_NOT_SATISFIABLE */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSigned: {
        parameters: {
            query?: never;
            header?: {
                range?: string;
                "if-range"?: string;
            };
            path: {
                /** @description UUIDv7. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description The range of the file. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RANGE_NOT_SATISFIABLE */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRevision: {
        parameters: {
            query?: never;
            header?: {
                range?: string;
                "if-range"?: string;
            };
            path: {
                /** @description UUIDv7. */
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description The range of the file. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN, DELEGATION_NOT_ALLOWED, METHOD_NOT_ACCEPTED, TEST_DOOR_CLOSED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_IN_FLIGHT, CONSUMER_BUSY, CONSUMER_LEASE_LOST, LIMIT_REACHED, STATE_CONFLICT, RETENTION_NOT_OVER, LEGAL_HOLD, DOCUMENT_IN_USE, NO_SLOT_LEFT, DOCUMENT_BUSY, TOO_MANY_TO_APPROVE, NOT_SIGNED_YET */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_DELETED */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RANGE_NOT_SATISFIABLE */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RATE_LIMITED */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Requests that the key may make in a minute. */
                    "RateLimit-Limit"?: number;
                    /** @description How many of them are left. */
                    "RateLimit-Remaining"?: number;
                    /** @description Seconds until they are counted anew. */
                    "RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL, FINISHED_FILE_REJECTED, SCHEMA_MISMATCH, ROLES_MISSING, PORT_TAKEN, START_FAILED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAVAILABLE, FINISHED_FILE_UNPROVEN, TRUST_SERVICE_UNAVAILABLE, CLOCK_SKEWED, DATABASE_UNAVAILABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
