import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { templateFor } from "../../../template/packerVariables";
import { Redaction, VCenterClient, VCenterError } from "../../../vcenter";
import { hostileTexts } from "../../support/hostileTexts";
import { FakeVCenter, password, type FakeAnswer, type SeenCall } from "./support/fakeVCenter";
import { quick } from "./support/harness";

/** Every form in which a secret may show. */
function forms(secret: string): string[] {
  const xml = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
    secret,
    xml,
    xml.replaceAll('"', "&quot;").replaceAll("'", "&apos;"),
    xml.replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** All that can be seen of a value. */
function visible(value: unknown): string {
  const views = [
    inspect(value, { showHidden: true, depth: null, getters: true }),
    String(value),
    JSON.stringify(value),
  ];
  if (value instanceof Error) views.push(value.message, value.stack ?? "");
  return views.join("\n");
}

/** Repeats what it was sent, as the worst of proxies might; the secrets first, as texts are cut. */
function echo({ headers, body }: SeenCall, status: number): FakeAnswer {
  const decoded = Buffer.from((headers.authorization ?? "").replace("Basic ", ""), "base64");
  const echoed = [password, headers.cookie, headers.authorization, decoded.toString()].join(" ");
  return { status, body: `<html>${echoed}\n${JSON.stringify(headers)}\n${body}</html>` };
}

const echoed = (status: number) => (call: SeenCall) => echo(call, status);

function faultOf(call: SeenCall): FakeAnswer {
  const said = [...forms(password), call.headers.cookie ?? ""]
    .join(" ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
  return {
    status: 500,
    body: `<Envelope><Body><Fault><faultstring>${said}</faultstring><detail><x xsi:type="${said}"/></detail></Fault></Body></Envelope>`,
  };
}

function restErrorOf(call: SeenCall): FakeAnswer {
  const said = [password, JSON.stringify(call.headers)].join(" ");
  const value = { messages: [{ id: said, default_message: said, args: [said] }] };
  return { status: 400, body: JSON.stringify({ type: `x.${said}`, value }) };
}

const everyCall: readonly ((client: VCenterClient) => Promise<unknown>)[] = [
  (client) => client.about(),
  (client) => client.inventory.read(),
  (client) => client.authorization.roles(),
  (client) => client.authorization.permissions({ type: "Folder", id: "group-1" }),
  (client) => client.tagging.categories(),
  (client) => client.tagging.tag("t"),
  (client) => client.tagging.attach("t", [{ type: "Datastore", id: "datastore-1" }]),
  (client) => client.currentTime(),
  (client) => client.virtualMachines.findAny("/X1/vm/a"),
  (client) => client.virtualMachines.rename({ type: "VirtualMachine", id: "vm-1" }, "b"),
];

describe("secrets", () => {
  const spoilt: readonly [string, (call: SeenCall) => FakeAnswer | undefined][] = [
    ["a page that repeats the request", echoed(200)],
    ["a refusal that repeats the request", echoed(403)],
    ["a login that repeats the request", echoed(401)],
    ["a dropped connection", () => ({ drop: true })],
    ["a late answer", () => ({ delayMilliseconds: 300 })],
    ["a fault that repeats them", faultOf],
    ["a REST error that repeats them", restErrorOf],
  ];
  for (const [what, how] of spoilt) {
    for (const stage of ["from the start", "after the login"] as const) {
      it(`stay out of the errors of ${what}, ${stage}`, async () => {
        const fake = await FakeVCenter.start();
        const errors: VCenterError[] = [];
        const sentences: string[] = [];
        const client = new VCenterClient(fake.connection(), {
          ...quick,
          attempts: 2,
          timeoutMilliseconds: what === "a late answer" ? 100 : 5000,
          onLeftSessions: (sentence) => sentences.push(sentence),
        });
        const isSession = /^(RetrieveServiceContent|Login|POST session)$/;
        fake.respond((call) =>
          stage === "after the login" && isSession.test(call.name) ? undefined : how(call),
        );
        for (const call of everyCall) {
          await call(client).catch((error: unknown) => {
            assert.ok(error instanceof VCenterError, visible(error));
            errors.push(error);
          });
        }
        await client.close();
        await fake.stop();
        assert.ok(errors.length >= everyCall.length - 1, `${errors.length} errors`);
        const sessions = fake.calls.flatMap(({ headers }) => [
          headers["vmware-api-session-id"],
          headers.authorization?.replace("Basic ", ""),
          headers.cookie?.replace("vmware_soap_session=", ""),
        ]);
        const secrets = [password, ...sessions]
          .filter((secret) => typeof secret === "string" && secret !== "")
          .flatMap((secret) => forms(String(secret)));
        for (const seen of [...errors, ...sentences, client].map(visible)) {
          for (const secret of secrets) {
            assert.ok(!seen.includes(secret), `${JSON.stringify(secret)} in ${seen}`);
          }
        }
      });
    }
  }

  it("stay out of what can be seen of a client", async () => {
    const fake = await FakeVCenter.start();
    const client = new VCenterClient(fake.connection(), quick);
    const running = client.authorization.roles().catch(() => undefined);
    for (const moment of [visible(client), (await running, visible(client))]) {
      for (const secret of [...forms(password), "session-id"]) assert.ok(!moment.includes(secret));
    }
    await client.close();
    await fake.stop();
  });
});

describe("the redaction of texts", () => {
  const cut = 'P{{hunter2secret "and more"}}x';
  for (const [what, secrets, text, expected] of [
    ["the longest first", ["abc", "abcdef", ""], "an abcdef and an abc", "an *** and an ***"],
    ["nothing else", ["abc"], "nothing to hide", "nothing to hide"],
    [
      "what the error of a template names",
      [cut],
      'template: root:1: function "hunter2secret" not defined in:',
      'template: root:1: function "***" not defined in:',
    ],
    ["what it quotes", [cut], 'unexpected "secret "and" in operand', 'unexpected "***" in operand'],
    ["the begin of it", [cut], "render 'password': hunter2s", "render 'password': ***"],
    ["pieces side by side as one", ["{{abcdefgh}}x"], "<abcdefghabcdefgh>", "<***>"],
    ["half of a short one", ["{{hunter2}}"], 'function "hunter2" not', 'function "***" not'],
    ["each line", ["first line\nsecond line"], "==> x: first line", "==> x: ***"],
    ["each line", ["first line\nsecond line"], "x: second line, and", "x: ***, and"],
    [
      "no words",
      ["vsphere-iso-2026", cut],
      "==> vsphere-iso: Creating",
      "==> vsphere-iso: Creating",
    ],
  ] as const) {
    it(`hides ${what}: ${text}`, () => {
      const redaction = new Redaction();
      for (const secret of secrets) redaction.add(secret);
      assert.equal(redaction.clean(text), expected);
    });
  }

  it("leaves no eight characters of a hostile one, wherever it was cut", () => {
    fc.assert(
      fc.property(
        hostileTexts,
        fc.nat(60),
        fc.nat(60),
        fc.boolean(),
        (secret, one, other, asTemplate) => {
          fc.pre(/\{\{|\}\}|[$%]\{|\n/.test(secret));
          const redaction = new Redaction();
          redaction.add(secret);
          redaction.add(templateFor(secret));
          const printed = asTemplate ? templateFor(secret) : secret;
          const piece = printed.slice(Math.min(one, other), Math.max(one, other));
          const clean = redaction.clean(`unexpected <${piece}> in operand`);
          for (let start = 0; start + 8 <= piece.length; start++) {
            const shown = piece.slice(start, start + 8);
            if (/[\p{L}\p{N}]/u.test(shown) && !"unexpected <> in operand".includes(shown)) {
              assert.ok(!clean.includes(shown), `${JSON.stringify(shown)} in ${clean}`);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
