import assert from "node:assert/strict";

import {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { ProviderGuard } from "../../../../components/vsphereProvider/guard";
import { thrownBy } from "../../../support/thrownBy";

const urn = "urn:pulumi:test::deckhouse-vsphere::vsphere:index/tag:Tag::topology-k8s-zone-x1-a";
const connection = { server: "vcenter.example.com", user: "administrator@vsphere.local" };

/** A provider that fails with these details, one after the other, and then answers nothing. */
class FakeProvider {
  readonly calls: Buffer[] = [];
  readonly failures: string[];

  constructor(...failures: string[]) {
    this.failures = failures;
  }

  answer = (request: Uint8Array): Promise<Buffer> => {
    this.calls.push(Buffer.from(request));
    const details = this.failures.shift();
    return details === undefined
      ? Promise.resolve(Buffer.alloc(0))
      : Promise.reject(Object.assign(new Error(`2 UNKNOWN: ${details}`), { code: 2, details }));
  };
}

interface Message {
  serializeBinary(): Uint8Array;
}

/** A guard with its provider, and how long it waited. */
function guarded(
  provider: FakeProvider,
  objection?: string | Error,
  remaining = (): Promise<string | undefined> => Promise.resolve(undefined),
) {
  const waits: number[] = [];
  const guard = new ProviderGuard({
    connection,
    objection: () =>
      objection instanceof Error ? Promise.reject(objection) : Promise.resolve(objection),
    remaining: () => remaining(),
    certificate: () => Promise.resolve("issued by CN=an authority, valid until 2026-01-31"),
    sleep: (milliseconds) => Promise.resolve(waits.push(milliseconds)),
  });
  const handlers = guard.handlers();
  return {
    waits,
    call: async (method: string, request: Message): Promise<Buffer> => {
      const handler = handlers.get(method);
      assert.ok(handler, `no handler of ${method}`);
      return handler(Buffer.from(request.serializeBinary()), provider.answer);
    },
  };
}

const refused = "this is another one";

/** The calls of a guard that was told to object, with its provider. */
async function objecting(objection: string | Error = refused) {
  const provider = new FakeProvider();
  const { call } = guarded(provider, objection);
  await call("configure", configure("a-uuid"));
  return { provider, call };
}

const struct = (value: Record<string, JavaScriptValue>): Struct => Struct.fromJavaScript(value);

function configure(instanceUuid?: string): ConfigureRequest {
  const request = new ConfigureRequest();
  request.setArgs(struct({ version: "4.18.2", ...(instanceUuid && { instanceUuid }) }));
  if (instanceUuid) request.getVariablesMap().set("vsphere:config:instanceUuid", instanceUuid);
  return request;
}

function read(): ReadRequest {
  const request = new ReadRequest();
  request.setUrn(urn);
  request.setId("an-id");
  request.setProperties(struct({ name: "k8s-zone-x1-a" }));
  request.setInputs(struct({ name: "k8s-zone-x1-a", description: "" }));
  return request;
}

const changes = { create: CreateRequest, update: UpdateRequest, delete: DeleteRequest } as const;

function change(method: keyof typeof changes): Message {
  const request = new changes[method]();
  request.setUrn(urn);
  return request;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = (await thrownBy(promise)) as Error & { details?: string };
  return error.details ?? error.message;
}

describe("what stands before the vSphere provider", () => {
  describe("after a category could not be made", () => {
    const already = "the category exists already";
    const category = (): CreateRequest => {
      const request = new CreateRequest();
      request.setUrn(
        "urn:pulumi:test::deckhouse-vsphere::vsphere:index/tagCategory:TagCategory::topology-zone-category",
      );
      request.setProperties(
        struct({ name: "k8s-zone", cardinality: "SINGLE", associableTypes: ["Datastore"] }),
      );
      return request;
    };

    it("takes the one that the stack left in vCenter", async () => {
      const { call } = guarded(new FakeProvider(already), undefined, () =>
        Promise.resolve("urn:category"),
      );
      const answer = await call("create", category());
      assert.equal(CreateResponse.deserializeBinary(answer).getId(), "urn:category");
    });

    for (const [what, remaining] of [
      ["there is none", () => Promise.resolve(undefined)],
      ["vCenter cannot be asked", () => Promise.reject(new Error("503"))],
    ] as const) {
      it(`tells that failure where ${what}`, async () => {
        const { call } = guarded(new FakeProvider(already), undefined, remaining);
        assert.equal(await messageOf(call("create", category())), already);
      });
    }
  });

  describe("keeps its own input", () => {
    it("from the provider, in every call that carries the provider's inputs", async () => {
      const response = new CheckResponse();
      response.setInputs(struct({ version: "4.18.2" }));
      const provider = new FakeProvider();
      const { answer: forward } = provider;
      provider.answer = async (request) => {
        await forward(request);
        return Buffer.from(response.serializeBinary());
      };
      const request = new CheckRequest();
      request.setNews(struct({ version: "4.18.2", instanceUuid: "a-uuid" }));
      request.setOlds(struct({ instanceUuid: "before" }));
      const answer = await guarded(provider).call("checkConfig", request);
      const checked = CheckResponse.deserializeBinary(answer).getInputs()?.toJavaScript();
      assert.deepEqual(checked, { version: "4.18.2", instanceUuid: "a-uuid" });
      const forwarded = CheckRequest.deserializeBinary(provider.calls[0]!);
      assert.deepEqual(forwarded.getNews()?.toJavaScript(), { version: "4.18.2" });
      assert.deepEqual(forwarded.getOlds()?.toJavaScript(), {});
    });

    for (const [after, changes] of [
      ["a-uuid", DiffResponse.DiffChanges.DIFF_UNKNOWN],
      ["another", DiffResponse.DiffChanges.DIFF_SOME],
    ] as const) {
      it(`and tells whether it changed (${after})`, async () => {
        const request = new DiffRequest();
        request.setOlds(struct({ instanceUuid: "a-uuid" }));
        request.setOldInputs(struct({ instanceUuid: "a-uuid" }));
        request.setNews(struct({ instanceUuid: after }));
        const answer = await guarded(new FakeProvider()).call("diffConfig", request);
        assert.equal(DiffResponse.deserializeBinary(answer).getChanges(), changes);
      });
    }
  });

  describe("in another vCenter than the stack's", () => {
    it("never lets the provider in, tells it once, and leaves what is recorded as it is", async () => {
      const { provider, call } = await objecting();
      assert.equal(await messageOf(call("read", read())), refused);
      const answer = ReadResponse.deserializeBinary(await call("read", read()));
      assert.equal(answer.getId(), "an-id");
      const name = "k8s-zone-x1-a";
      assert.deepEqual(answer.getProperties()?.toJavaScript(), { name });
      assert.deepEqual(answer.getInputs()?.toJavaScript(), { name, description: "" });
      const diff = DiffResponse.deserializeBinary(await call("diff", new DiffRequest()));
      assert.equal(diff.getChanges(), DiffResponse.DiffChanges.DIFF_NONE);
      assert.deepEqual(provider.calls, []);
    });

    for (const method of ["create", "update", "delete"] as const) {
      it(`refuses to ${method}`, async () => {
        const { provider, call } = await objecting();
        assert.equal(await messageOf(call(method, change(method))), refused);
        const again = await messageOf(call(method, change(method)));
        assert.match(again, /for the reason that was told before/);
        assert.deepEqual(provider.calls, []);
      });
    }

    it("keeps in the state what it has, also when only the description changes", async () => {
      const { call } = await objecting();
      await thrownBy(call("check", new CheckRequest()));
      const request = new CheckRequest();
      request.setOlds(struct({ description: "old" }));
      request.setNews(struct({ description: "new" }));
      const answer = CheckResponse.deserializeBinary(await call("check", request));
      assert.deepEqual(answer.getInputs()?.toJavaScript(), { description: "old" });
    });
  });

  it("tells once why vCenter could not be asked which one it is", async () => {
    const { call } = await objecting(new Error("no answer from vcenter.example.com"));
    const message = await messageOf(call("check", new CheckRequest()));
    assert.equal(message, "no answer from vcenter.example.com");
    await call("check", new CheckRequest());
  });

  it("asks nothing of a provider that knows no vCenter yet", async () => {
    const provider = new FakeProvider();
    const { call } = guarded(provider, "never asked");
    await call("configure", configure());
    await call("read", read());
    assert.equal(provider.calls.length, 2);
  });

  it("says a refused login in the words of this program, and tries it once", async () => {
    const provider = new FakeProvider(
      "error setting up new vSphere SOAP client: ServerFaultCode: Cannot complete login due to an incorrect user name or password.",
    );
    const { call } = guarded(provider);
    await call("configure", configure());
    assert.match(
      await messageOf(call("read", read())),
      /^vsphere:user: found "administrator@vsphere\.local": vCenter refuses the login \(InvalidLogin, Cannot complete login due to an incorrect user name or password\.\), so nothing of vCenter could be looked at: check the user and the password/,
    );
    assert.equal(provider.calls.length, 1);
  });

  it("says what to do about a certificate that the provider does not trust", async () => {
    const details =
      "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    const { call } = guarded(new FakeProvider(details));
    await call("configure", configure());
    assert.match(
      await messageOf(call("read", read())),
      /^vsphere:vsphereServer: found "vcenter\.example\.com": .*certificate, issued by CN=an authority, valid until 2026-01-31 \(.*export SSL_CERT_FILE/,
    );
  });

  for (const [details, remedy] of [
    ["x509: certificate has expired or is not yet valid: current time", /renew vCenter's/],
    ["x509: certificate is valid for a.example.com, not b.example.com", /write a name that is in/],
  ] as const) {
    it(`says what to do about ${details}`, async () => {
      const { call } = guarded(new FakeProvider(`tls: failed to verify certificate: ${details}`));
      await call("configure", configure());
      assert.match(await messageOf(call("read", read())), remedy);
    });
  }

  for (const [method, request] of [
    ["read", read()],
    ["invoke", read()],
    ["configure", configure()],
  ] as const) {
    it(`tries a ${method} again, longer each time`, async () => {
      const failures = ["503 Service Unavailable", "unexpected EOF", "429 Too Many Requests"];
      const provider = new FakeProvider(...failures);
      const { call, waits } = guarded(provider);
      await call(method, request);
      assert.equal(provider.calls.length, 4);
      assert.equal(waits.length, 3);
      assert.ok(waits[0]! <= 500 && waits[2]! >= 1000, String(waits));
    });
  }

  it("gives a read up after four times", async () => {
    const provider = new FakeProvider(...Array<string>(9).fill("503 Service Unavailable"));
    assert.match(
      await messageOf(guarded(provider).call("read", read())),
      /^read \(vsphere:index\/tag:Tag topology-k8s-zone-x1-a\): 503 Service Unavailable: .*run the command again/,
    );
    assert.equal(provider.calls.length, 4);
  });

  for (const method of ["create", "update", "delete"] as const) {
    it(`never tries a ${method} again, and says what to do`, async () => {
      const provider = new FakeProvider("503 Service Unavailable");
      const message = await messageOf(guarded(provider).call(method, change(method)));
      assert.equal(provider.calls.length, 1);
      assert.ok(message.startsWith(`${method} (vsphere:index/tag:Tag topology-k8s-zone-x1-a)`));
      assert.match(message, /does not try this again by itself: run the command again/);
    });
  }

  it("takes the number in a name for no status", async () => {
    const details = "could not attach k8s-zone-503 to datastore-504: 403 Forbidden";
    const provider = new FakeProvider(details);
    assert.equal(await messageOf(guarded(provider).call("read", read())), details);
    assert.equal(provider.calls.length, 1);
  });

  it("leaves a failure that will not pass in the provider's own words", async () => {
    const details = 'could not create category: 400 Bad Request: {"type":"already_exists"}';
    const { call } = guarded(new FakeProvider(details));
    const message = await messageOf(call("create", change("create")));
    assert.equal(message, details);
  });
});
