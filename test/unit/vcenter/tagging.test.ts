import assert from "node:assert/strict";
import { objectKey } from "../../../vcenter";
import { restAnswer, restError } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import { answers, objectIds, stores } from "./support/taggingAnswers";

const category = {
  id: "urn:vmomi:InventoryServiceCategory:1:GLOBAL",
  name: "K8s-Zone",
  description: "zones",
  cardinality: "SINGLE",
  associable_types: ["urn:vim25:Datastore", "ClusterComputeResource"],
  used_by: [],
};

describe("tag categories and tags", function () {
  this.timeout(20_000);

  it("are read with types without a prefix, sorted", async () => {
    await withFake(
      answers({
        "GET category": restAnswer([category.id]),
        "GET category/id": restAnswer(category),
      }),
      async ({ tagging }, fake) => {
        const expected = {
          id: category.id,
          name: "K8s-Zone",
          description: "zones",
          cardinality: "SINGLE",
          associableTypes: ["ClusterComputeResource", "Datastore"],
        };
        assert.deepEqual(await tagging.categories(), [expected]);
        assert.deepEqual(await tagging.category(category.id), expected);
        assert.deepEqual(await tagging.findCategory("k8s-zone"), expected);
        assert.equal(await tagging.findCategory("k8s-region"), undefined);
        const { path } = fake.calls.find(({ name }) => name === "GET category/id") ?? {};
        assert.equal(path, `/rest/com/vmware/cis/tagging/category/id:${category.id}`);
      },
    );
  });

  it("are found in the exact spelling first", async () => {
    await withFake(
      (call) => {
        if (call.name === "GET category") return restAnswer(["a", "b"]);
        if (call.name !== "GET category/id") return undefined;
        const id = call.path.slice(-1);
        return restAnswer({ ...category, id, name: id === "a" ? "ZONE" : "zone" });
      },
      async ({ tagging }) => {
        assert.equal((await tagging.findCategory("zone"))?.id, "b");
        assert.equal((await tagging.findCategory("ZONE"))?.id, "a");
        assert.equal((await tagging.findCategory("Zone"))?.id, "a");
      },
    );
  });

  it("are none when vCenter sends null", async () => {
    const nothing = restAnswer(null);
    await withFake(
      answers({
        "GET category": nothing,
        "list-tags-for-category": nothing,
        "list-attached-tags-on-objects": nothing,
        "list-attached-objects-on-tags": nothing,
      }),
      async ({ tagging }) => {
        assert.deepEqual(await tagging.categories(), []);
        assert.deepEqual(await tagging.tags("c"), []);
        assert.deepEqual(await tagging.tagIdsOfCategory("c"), []);
        const [object = { type: "", id: "" }] = stores(1);
        assert.deepEqual(await tagging.attachedTags([object]), new Map([[objectKey(object), []]]));
        assert.deepEqual(await tagging.attachedObjects(["t"]), new Map([["t", []]]));
      },
    );
  });

  it("that were deleted since they were listed are left out", async () => {
    await withFake(
      (call) => {
        if (call.name === "list-tags-for-category") return restAnswer(["a", "b"]);
        if (call.name !== "GET tag/id") return undefined;
        return call.path.endsWith("a")
          ? restError(404, "not_found")
          : restAnswer({ id: "b", name: "B", description: "", category_id: "c" });
      },
      async ({ tagging }) => {
        const tag = { id: "b", name: "B", description: "", categoryId: "c" };
        assert.deepEqual(await tagging.tags("c"), [tag]);
      },
    );
  });

  it("of which ids alone are asked take one call", async () => {
    await withFake(
      answers({ "list-tags-for-category": restAnswer(["a", "b"]) }),
      async ({ tagging }, fake) => {
        assert.deepEqual(await tagging.tagIdsOfCategory("c"), ["a", "b"]);
        assert.equal(fake.calls.length, 2);
      },
    );
  });

  for (const [what, answer] of [
    ["as JSON", restError(404, "not_found", "no such tag")],
    ["in the shape of /api", { status: 404, body: '{"error_type":"NOT_FOUND","messages":[]}' }],
    ["as plain text", { status: 404, body: "404 page not found\n" }],
    ["without a body", { status: 404 }],
  ] as const) {
    it(`that do not exist are not found, told ${what}`, async () => {
      await withFake(answers({ "GET tag/id": answer }), async ({ tagging }) => {
        const error = await failure(tagging.tag("urn:vmomi:InventoryServiceTag:1:GLOBAL"));
        assert.equal(error.kind, "notFound");
        assert.match(
          error.message,
          /^read a tag \(tag urn:vmomi:InventoryServiceTag:1:GLOBAL\): HTTP 404/,
        );
      });
    });
  }

  for (const value of [null, "x", {}, { ...category, cardinality: "SOME" }]) {
    it(`are not made up from ${JSON.stringify(value).slice(0, 20)}`, async () => {
      await withFake(answers({ "GET category/id": restAnswer(value) }), async ({ tagging }) => {
        assert.equal((await failure(tagging.category("c"))).kind, "unexpectedAnswer");
      });
    });
  }

  it("have ids that cannot leave their place in the path", async () => {
    await withFake(answers({}), async ({ tagging }, fake) => {
      await failure(tagging.tag("../category?x=/#"));
      assert.equal(
        fake.calls.at(-1)?.path,
        "/rest/com/vmware/cis/tagging/tag/id:..%2Fcategory%3Fx%3D%2F%23",
      );
    });
  });
});

describe("the tags of objects", function () {
  this.timeout(20_000);

  it("are read 2,000 objects at a time, and nobody is forgotten", async () => {
    await withFake(
      (call) => {
        if (call.name !== "list-attached-tags-on-objects") return undefined;
        // vCenter leaves out objects without tags.
        const tagged = objectIds(call).filter(({ id }) => id.endsWith("7"));
        return restAnswer(
          tagged.map((object) => ({ object_id: object, tag_ids: [`tag-${object.id}`] })),
        );
      },
      async ({ tagging }, fake) => {
        const objects = stores(4001);
        const attached = await tagging.attachedTags([...objects, ...objects]);
        const batches = fake.calls.filter(({ name }) => name === "list-attached-tags-on-objects");
        assert.deepEqual(batches.map((call) => objectIds(call).length).sort(), [1, 2000, 2000]);
        assert.equal(attached.size, 4001);
        for (const object of objects) {
          const expected = object.id.endsWith("7") ? [`tag-${object.id}`] : [];
          assert.deepEqual(attached.get(objectKey(object)), expected);
        }
      },
    );
  });

  it("are asked for by type and id only, whatever else the objects hold", async () => {
    await withFake(
      answers({ "list-attached-tags-on-objects": restAnswer([]) }),
      async ({ tagging }, fake) => {
        const whole = { type: "Datastore", id: "datastore-1", name: "a", path: "/a" };
        await tagging.attachedTags([whole]);
        assert.deepEqual(JSON.parse(fake.calls.at(-1)?.body ?? ""), {
          object_ids: [{ type: "Datastore", id: "datastore-1" }],
        });
      },
    );
  });

  it("take no call when there are no objects", async () => {
    await withFake(answers({}), async ({ tagging }, fake) => {
      assert.equal((await tagging.attachedTags([])).size, 0);
      assert.equal((await tagging.attachedObjects([])).size, 0);
      assert.deepEqual(await tagging.attach("t", []), { failures: [] });
      assert.equal(fake.calls.length, 0);
    });
  });

  it("are read the other way round as well", async () => {
    const [object] = stores(1);
    await withFake(
      answers({
        "list-attached-objects-on-tags": restAnswer([{ tag_id: "a", object_ids: [object] }]),
      }),
      async ({ tagging }, fake) => {
        const attached = await tagging.attachedObjects(["a", "b", "a"]);
        assert.deepEqual(
          attached,
          new Map([
            ["a", [object]],
            ["b", []],
          ]),
        );
        assert.deepEqual(JSON.parse(fake.calls.at(-1)?.body ?? ""), { tag_ids: ["a", "b"] });
      },
    );
  });
});
