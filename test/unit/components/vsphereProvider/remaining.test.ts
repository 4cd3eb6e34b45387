import assert from "node:assert/strict";

import { CreateRequest, CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { remainingCategory, takenBack } from "../../../../components/vsphereProvider/remaining";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";

const wanted = {
  name: "k8s-zone",
  description: "Kubernetes zone",
  cardinality: "SINGLE",
  associableTypes: ["ClusterComputeResource", "Datastore"],
} as const;

function create(type: string, properties: Record<string, JavaScriptValue>, preview = false) {
  const request = new CreateRequest();
  request.setUrn(`urn:pulumi:s::deckhouse-vsphere::component$${type}::topology-zone-category`);
  request.setProperties(Struct.fromJavaScript(properties));
  request.setPreview(preview);
  return Buffer.from(request.serializeBinary());
}

const user = "administrator@vsphere.local";

const category = "vsphere:index/tagCategory:TagCategory";
const inputs: Record<string, JavaScriptValue> = {
  ...wanted,
  associableTypes: [...wanted.associableTypes],
};

describe("a category that could not be made", () => {
  it("and that the stack left there is as if it was made now", async () => {
    const asked: unknown[] = [];
    const answer = await takenBack(create(category, { __defaults: [], ...inputs }), (one) => {
      asked.push(one);
      return Promise.resolve("urn:category");
    });
    assert.ok(answer);
    const response = CreateResponse.deserializeBinary(answer);
    assert.equal(response.getId(), "urn:category");
    assert.deepEqual(response.getProperties()?.toJavaScript(), { ...inputs, id: "urn:category" });
    assert.deepEqual(asked, [wanted]);
  });

  for (const [what, request, id] of [
    ["is not there", create(category, inputs), undefined],
    ["is a tag", create("vsphere:index/tag:Tag", inputs), "urn"],
    ["belongs to a preview", create(category, inputs, true), "urn"],
    ["has no name", create(category, { ...inputs, name: 1 }), "urn"],
    ["has another cardinality", create(category, { ...inputs, cardinality: "x" }), "urn"],
    ["has no types", create(category, { ...inputs, associableTypes: "x" }), "urn"],
  ] as const) {
    it(`and ${what} has really failed`, async () => {
      assert.equal(await takenBack(request, () => Promise.resolve(id)), undefined);
    });
  }
});

describe("a category in vCenter", () => {
  const { name, ...details } = wanted;
  const types = [...details.associableTypes].reverse();

  for (const [what, changes, tags, isTaken] of [
    ["as the stack makes it, without tags, is its own", {}, 0, true],
    ["with a tag is in use", {}, 1, false],
    ["with another case is somebody else's", { name: "K8s-Zone" }, 0, false],
    ["with another description is somebody else's", { description: "mine" }, 0, false],
    ["that takes several tags is somebody else's", { cardinality: "MULTIPLE" as const }, 0, false],
    ["with more types is somebody else's", { associableTypes: [...types, "Folder"] }, 0, false],
    ["with other types is somebody else's", { associableTypes: ["Folder", "Datastore"] }, 0, false],
    ["of another name is no matter", { name: "k8s-zones" }, 0, false],
  ] as const) {
    it(what, async () => {
      const vCenter = new InMemoryVCenter();
      const id = "urn:category";
      vCenter.categories.set(id, { id, name, ...details, associableTypes: types, ...changes });
      if (tags > 0) vCenter.addTag("urn:tag", "a", id);
      assert.equal(
        await remainingCategory(vCenter.client(), wanted, user),
        isTaken ? "urn:category" : undefined,
      );
    });
  }

  for (const [what, tagsAreReadable, lacking, isTaken] of [
    ["sees tags of others elsewhere", true, ["System.Read"], true],
    ["may not read tags", false, ["System.Read"], false],
    ["sees no tag, and may read the root folder", false, [], true],
  ] as const) {
    it(`that seems empty to an account that ${what}, is ${isTaken ? "" : "not "}taken back`, async () => {
      const vCenter = new InMemoryVCenter();
      vCenter.categories.set("urn:category", {
        ...{ id: "urn:category", name, ...details, associableTypes: types },
      });
      vCenter.addCategory("urn:other", "backup-policy");
      vCenter.addTag("urn:tag", "daily", "urn:other");
      vCenter.tagsAreReadable = tagsAreReadable;
      vCenter.lacking.push(...lacking);
      assert.equal(
        await remainingCategory(vCenter.client(), wanted, user),
        isTaken ? "urn:category" : undefined,
      );
    });
  }
});
