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
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { ProviderGuard } from "../../../../components/vsphereProvider/guard";
import { messageOf } from "../../../support/thrownBy";

const struct = (value: Record<string, JavaScriptValue>): Struct => Struct.fromJavaScript(value);

interface Message {
  serializeBinary(): Uint8Array;
}

const isAway = "no answer from vcenter.example.com";

/** A guard whose vCenter is not at hand, after its configuration. */
async function guardOf(
  preflight: string | undefined,
  objection: string | Error = new Error(isAway),
) {
  const guard = new ProviderGuard({
    connection: { server: "vcenter.example.com", user: "administrator@vsphere.local" },
    objection: () =>
      objection instanceof Error ? Promise.reject(objection) : Promise.resolve(objection),
    certificate: () => Promise.resolve(undefined),
    remaining: () => Promise.resolve(undefined),
    sleep: () => Promise.resolve(),
  });
  const handlers = guard.handlers();
  const call = (method: string, request: Message): Promise<Buffer> =>
    handlers.get(method)!(Buffer.from(request.serializeBinary()), () =>
      Promise.reject(new Error("the provider was asked")),
    );
  const request = new ConfigureRequest();
  request.setArgs(struct({ instanceUuid: "a-uuid", ...(preflight && { preflight }) }));
  await call("configure", request);
  return call;
}

function check(olds: Record<string, JavaScriptValue>, news: Record<string, JavaScriptValue>) {
  const request = new CheckRequest();
  request.setOlds(struct(olds));
  request.setNews(struct(news));
  return request;
}

function diff(before: Record<string, JavaScriptValue>, after: Record<string, JavaScriptValue>) {
  const request = new DiffRequest();
  request.setOldInputs(struct(before));
  request.setOlds(struct({ ...before, id: "computed" }));
  request.setNews(struct(after));
  return request;
}

function create(isPreview: boolean): CreateRequest {
  const request = new CreateRequest();
  request.setProperties(struct({ name: "k8s-zone-x1-a" }));
  request.setPreview(isPreview);
  return request;
}

function update(isPreview: boolean): UpdateRequest {
  const request = new UpdateRequest();
  request.setOlds(struct({ description: "old", id: "computed" }));
  request.setNews(struct({ description: "new" }));
  request.setPreview(isPreview);
  return request;
}

describe("in place of the vSphere provider, in a preview that does without vCenter", () => {
  it("inputs are as the program gives them, with the defaults of the last up", async () => {
    const call = await guardOf("off");
    const olds = { description: "", count: 2, gone: "x", __defaults: ["description", "count"] };
    const answer = await call("check", check(olds, { name: "a", count: 3 }));
    const response = CheckResponse.deserializeBinary(answer);
    assert.deepEqual(response.getInputs()?.toJavaScript(), {
      name: "a",
      count: 3,
      description: "",
      __defaults: ["description", "count"],
    });
    assert.deepEqual(response.getFailuresList(), []);
  });

  for (const [of, after, changed] of [
    ["nothing", { name: "a", ids: ["x"] }, []],
    ["a value", { name: "b", ids: ["x"] }, ["name"]],
    ["a part of a list", { name: "a", ids: ["x", "y"] }, ["ids"]],
    ["a key that is gone", { name: "a" }, ["ids"]],
    ["a new key", { name: "a", ids: ["x"], description: "" }, ["description"]],
  ] as const) {
    it(`a change of ${of} is one`, async () => {
      const before = { name: "a", ids: ["x"] };
      const request = diff(before, after);
      const response = DiffResponse.deserializeBinary(
        await (
          await guardOf("off")
        )("diff", request),
      );
      const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
      assert.equal(response.getChanges(), changed.length === 0 ? DIFF_NONE : DIFF_SOME);
      assert.deepEqual(response.getDiffsList(), [...changed]);
    });
  }

  it("a refresh finds what is recorded", async () => {
    const request = new ReadRequest();
    request.setId("an-id");
    request.setProperties(struct({ name: "k8s-zone-x1-a" }));
    const response = ReadResponse.deserializeBinary(await (await guardOf("off"))("read", request));
    assert.equal(response.getId(), "an-id");
    assert.deepEqual(response.getProperties()?.toJavaScript(), { name: "k8s-zone-x1-a" });
  });

  it("what is to be made or changed is shown", async () => {
    const call = await guardOf("off");
    const made = CreateResponse.deserializeBinary(await call("create", create(true)));
    assert.deepEqual(made.getProperties()?.toJavaScript(), { name: "k8s-zone-x1-a" });
    const changed = UpdateResponse.deserializeBinary(await call("update", update(true)));
    assert.deepEqual(changed.getProperties()?.toJavaScript(), {
      description: "new",
      id: "computed",
    });
  });

  for (const [method, request] of [
    ["create", create(false)],
    ["update", update(false)],
    ["delete", new DeleteRequest()],
  ] as const) {
    it(`nothing is done in truth (${method})`, async () => {
      assert.equal(await messageOf((await guardOf("off"))(method, request)), isAway);
    });
  }

  for (const method of ["check", "diff"] as const) {
    const request = { check: check({}, {}), diff: diff({}, {}) }[method];
    it(`another vCenter than the stack's is refused as ever (${method})`, async () => {
      const call = await guardOf("off", "this is another one");
      assert.equal(await messageOf(call(method, request)), "this is another one");
    });

    it(`nothing is answered where the stack does not say off (${method})`, async () => {
      assert.equal(await messageOf((await guardOf(undefined))(method, request)), isAway);
    });
  }
});
