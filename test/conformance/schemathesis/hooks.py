"""What Schemathesis cannot guess from openapi.yaml: a PDF, numbers with check digits, and what there is to ask about.

A part of the valid cases is given something real, made through the API just before: a document for an order, a key to
revoke. Everything else stays as Schemathesis made it. Calls made here bear a request id of their own and are not counted.
"""

import base64
import json
import os
import random
import time
import uuid

import requests
import schemathesis
from hypothesis import strategies as st

SEEDS = json.load(open(os.environ["SEGL_SEEDS"], encoding="utf8"))
URL = SEEDS["url"]
# Of the valid cases; the others ask about what there is not.
REAL = 0.7

# What is chosen here is chosen alike in every run of a seed, as what Schemathesis makes is.
random.seed(int(os.environ.get("SEGL_SEED", "0")))

session = requests.Session()
session.headers.update({"Authorization": f"Bearer {SEEDS['key']}", "X-Request-Id": "preparing"})


def call(method, path, body=None, **rest):
    """A call of the preparation: its JSON, or None when it is refused."""
    answer = session.request(method, URL + path, json=body, timeout=60, **rest)
    return answer.json() if answer.ok and answer.content else None


# Values of formats that have check digits or are none of JSON Schema's.


def organisation_number(digits):
    rest = sum(d * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return None if rest == 1 else "".join(map(str, digits)) + str((11 - rest) % 11)


day = st.dates(min_value=__import__("datetime").date(2000, 1, 1), max_value=__import__("datetime").date(2100, 1, 1))
digits = st.lists(st.integers(0, 9), min_size=8, max_size=8)
schemathesis.openapi.format("organisation-number", digits.map(organisation_number).filter(lambda number: number is not None))
schemathesis.openapi.format("national-identity-number", st.sampled_from([person["number"] for person in SEEDS["people"]]))
schemathesis.openapi.format("date-or-date-time", day.map(lambda date: date.isoformat()))


def pdf(mark):
    """A whole PDF of one empty page, like no other."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
        b"<< /Title (%s) >>" % mark.encode("ascii"),
    ]
    body, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(body)
    body += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


schemathesis.openapi.media_type("application/pdf", st.uuids().map(lambda mark: pdf(mark.hex)))

# What there is to ask about, made when it is needed.


def contract():
    return {"kind": "contract", "title": "Avtale", "parties": [{"name": "Fjordlys Regnskap AS"}, {"name": "Papir & Penn AS"}]}


def header(metadata):
    return base64.urlsafe_b64encode(json.dumps(metadata).encode()).decode().rstrip("=")


def new_document():
    answer = session.post(
        f"{URL}/v1/documents",
        data=pdf(uuid.uuid4().hex),
        headers={"Content-Type": "application/pdf", "Segl-Metadata": header(contract())},
        timeout=60,
    )
    return answer.json()["id"]


def signer(person):
    return {"role": "party", "name": person["name"], "person": {"nationalIdentityNumber": person["number"]}}


def order_body(**more):
    people = random.sample(SEEDS["people"], 2)
    return {"title": "Avtale", "documents": [{"id": new_document()}], "signers": [signer(one) for one in people], **more}


def new_order(**more):
    return call("POST", "/v1/orders", order_body(**more), headers={"Idempotency-Key": uuid.uuid4().hex})


def open_order(**more):
    """An order that waits for its signers."""
    order = new_order(**more)
    for _ in range(1200):
        if order["state"] == "open":
            break
        time.sleep(0.1)
        order = call("GET", f"/v1/orders/{order['id']}")
    return order


def cancelled_order():
    """An order that nobody signed and that was taken back."""
    order = new_order(draft=True)
    call("POST", f"/v1/orders/{order['id']}/cancel")
    return order


def held_order():
    order = cancelled_order()
    call("POST", f"/v1/orders/{order['id']}/legal-hold", {"reason": "Bokettersyn"})
    return order


def doubted_order():
    """An order whose first signer is held: somebody of another name has logged in."""
    order = open_order(signers=[{"role": "party", "name": "Kari Nordmann"}])
    call("POST", f"/v1/test/signers/{order['signers'][0]['id']}/sign", {"as": "stranger"})
    return order


def new_key():
    return call("POST", "/v1/keys", {"name": "prøve", "scopes": ["reader"]})["id"]


def new_client():
    body = {"name": "prøve", "scopes": ["reader"], "jwks": {"keys": [SEEDS["client"]["jwk"]]}}
    return call("POST", "/v1/clients", body)["id"]


def new_webhook():
    make_room("webhooks", "id", 15)
    return call("POST", "/v1/webhooks", {"url": SEEDS["receiver"]})["id"]


def new_consumer():
    make_room("consumers", "name", 40)
    name = f"prove-{uuid.uuid4().hex[:12]}"
    call("PUT", f"/v1/consumers/{name}", {"position": 0})
    return name


def make_room(what, name, most):
    """There may be so many of these; the first ones stay."""
    there = call("GET", f"/v1/{what}")[what]
    if len(there) >= most:
        for one in there[3:]:
            call("DELETE", f"/v1/{what}/{one[name]}")


def assertion():
    """A JWT that the client has signed (RFC 7523): ES256 wants r and s as they are, not in DER (RFC 7518 section 3.4)."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    def part(value):
        return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=")

    client, now = SEEDS["client"], int(time.time())
    claims = {"iss": client["id"], "sub": client["id"], "aud": URL, "iat": now, "exp": now + 120, "jti": uuid.uuid4().hex}
    signed = part({"alg": "ES256"}) + b"." + part(claims)
    key = serialization.load_pem_private_key(client["pem"].encode(), None)
    r, s = utils.decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return (signed + b"." + part(r.to_bytes(32, "big") + s.to_bytes(32, "big"))).decode()


# What a valid case of an operation is given. `place(case)` changes it.


def path(**makers):
    def place(case):
        for name, maker in makers.items():
            case.path_parameters[name] = maker()

    return place


def some(what):
    return lambda: random.choice(SEEDS[what])


def of_order(make, body=None):
    def place(case):
        order = make()
        case.path_parameters["id"] = order["id"]
        if "signer" in case.path_parameters:
            case.path_parameters["signer"] = order["signers"][0]["id"]
        if body is not None:
            case.body = body

    return place


def of_signer(name="id", body=None):
    def place(case):
        case.path_parameters[name] = open_order()["signers"][0]["id"]
        if body is not None:
            case.body = body

    return place


def keep(case, *names):
    """What the case says of these, when it is an object."""
    body = case.body if isinstance(case.body, dict) else {}
    return {name: body[name] for name in names if name in body and body[name] is not None}


def upload(case):
    # Schemathesis sends the parts of a multipart body without file names, and then a server takes none of them for a file.
    case.media_type = "application/pdf"
    case.body = pdf(uuid.uuid4().hex)
    case.headers["Segl-Metadata"] = header(contract())
    case.headers["Content-Disposition"] = 'attachment; filename="avtale.pdf"'
    case.headers["Idempotency-Key"] = uuid.uuid4().hex


def create_order(case):
    case.body = {**order_body(), **keep(case, "title", "reference", "language", "draft")}
    case.headers["Idempotency-Key"] = uuid.uuid4().hex


def create_orders(case):
    case.body = {"orders": [order_body() for _ in range(random.randint(1, 3))]}
    case.headers["Idempotency-Key"] = uuid.uuid4().hex


def check_order(case):
    case.body = {**order_body(), **keep(case, "title", "reference", "language", "draft")}


def change_draft(case):
    case.path_parameters["id"] = new_order(draft=True)["id"]
    case.body = keep(case, "title", "reference", "language", "reminders")


def session_over(case):
    people = random.choice(SEEDS["people"])
    orders = [new_order(signers=[signer(people)]) for _ in range(2)]
    case.body = {"signers": [order["signers"][0]["id"] for order in orders], **keep(case, "language")}


def add_key(case):
    case.body = {"name": "prøve", "scopes": ["reader"], **keep(case, "name", "scopes")}


def rotate_key(case):
    case.path_parameters["id"] = new_key()
    case.body = keep(case, "overlapSeconds")


def add_client(case):
    case.body = {"scopes": ["reader"], "name": "prøve", **keep(case, "name", "scopes"), "jwks": {"keys": [SEEDS["client"]["jwk"]]}}


def client_keys(case):
    case.path_parameters["id"] = new_client()
    case.body = {"jwks": {"keys": [SEEDS["client"]["jwk"]]}}


def add_webhook(case):
    make_room("webhooks", "id", 15)
    case.body = {**keep(case, "description", "types"), "url": SEEDS["receiver"]}


def change_webhook(case):
    case.path_parameters["id"] = new_webhook()
    case.body = keep(case, "description", "types", "state")


def redeliver(case):
    case.path_parameters["id"] = random.choice(SEEDS["webhooks"])
    case.path_parameters["delivery"] = call("POST", f"/v1/webhooks/{case.path_parameters['id']}/ping")["id"]


def deliveries(case):
    case.path_parameters["id"] = random.choice(SEEDS["webhooks"])
    case.query.pop("cursor", None)


def list_orders(case):
    case.query.pop("cursor", None)


def acknowledge(case):
    name = new_consumer()
    lease = call("POST", f"/v1/consumers/{name}/lease?limit=5&seconds=600")
    case.path_parameters["name"] = name
    case.body = {"lease": lease["lease"], "upTo": lease["events"][0]["sequence"]}


def token(case):
    case.body = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion(),
    }


REASON = {"reason": "Bokettersyn"}
PLACES = {
    "getProblem": path(code=some("problems")),
    "uploadDocument": upload,
    "getDocument": path(id=some("documents")),
    "getOriginal": path(id=some("documents")),
    "getSigned": path(id=some("documents")),
    "getRevision": path(id=some("documents"), number=lambda: random.randint(0, 2)),
    "createOrder": create_order,
    "createOrders": create_orders,
    "checkOrder": check_order,
    "listOrders": list_orders,
    "getOrder": path(id=some("orders")),
    "getAuditTrail": path(id=some("orders")),
    "getStorage": path(id=some("orders")),
    "changeDraft": change_draft,
    "activateOrder": of_order(lambda: new_order(draft=True)),
    "cancelOrder": of_order(new_order),
    "retryOrder": of_order(new_order),
    "deleteOrder": of_order(cancelled_order),
    "placeLegalHold": of_order(cancelled_order, REASON),
    "releaseLegalHold": of_order(held_order),
    "eraseSigner": of_order(cancelled_order, REASON),
    "issueLink": of_order(new_order),
    "confirmIdentity": of_order(doubted_order, {"decision": "accept", "reason": "Bruker pikenavnet"}),
    "replaceSigner": of_order(open_order, {"name": "Live Østmoen"}),
    "openSigningSession": session_over,
    "testSign": of_signer(body={}),
    "testDecline": of_signer(body={}),
    "testFail": of_signer(body={}),
    "testSignAll": of_signer("person"),
    "suggestSigners": path(organisationNumber=lambda: SEEDS["company"]),
    "addKey": add_key,
    "rotateKey": rotate_key,
    "revokeKey": path(id=new_key),
    "addClient": add_client,
    "replaceClientKeys": client_keys,
    "revokeClient": path(id=new_client),
    "getToken": token,
    "leaseEvents": path(name=new_consumer),
    "placeConsumer": path(name=new_consumer),
    "removeConsumer": path(name=new_consumer),
    "acknowledgeEvents": acknowledge,
    "addWebhook": add_webhook,
    "changeWebhook": change_webhook,
    "removeWebhook": path(id=new_webhook),
    "getWebhook": path(id=some("webhooks")),
    "pingWebhook": path(id=some("webhooks")),
    "replayWebhook": path(id=some("webhooks")),
    "rotateWebhookSecret": path(id=some("webhooks")),
    "listWebhookDeliveries": deliveries,
    "redeliverWebhookMessage": redeliver,
}


# Each takes seconds: a person walks through the pages of BankID.
SLOW = {"testSign": 0.1, "testDecline": 0.3, "testFail": 0.1, "testSignAll": 0.1}


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = case.operation.definition.raw.get("operationId")
    # A case of the stateful phase has its ids from an earlier answer.
    phase = "" if case.meta is None else case.meta.phase.name.value
    place = PLACES.get(operation)
    valid = case.meta is None or case.meta.generation.mode.value == "positive"
    share = {"examples": 1, "stateful": 0}.get(phase, SLOW.get(operation, REAL))
    if place is not None and valid and random.random() < share:
        place(case)
    if operation == "listEvents" and str(case.query.get("wait", "0")).isdigit() and int(case.query.get("wait", 0)) > 1:
        # Still a wait, but not of half a minute.
        case.query["wait"] = 1 if int(case.query["wait"]) <= 30 else case.query["wait"]
    # Who saws off the branch he sits on learns nothing more.
    if operation in ("rotateKey", "revokeKey") and case.path_parameters.get("id") == SEEDS["keyId"]:
        case.path_parameters["id"] = new_key()
