import assert from "node:assert/strict";
import fc from "fast-check";
import { objectKey, type VCenterClient } from "../../../vcenter";
import { readBatchResult } from "../../../vcenter/rest/answers";
import { objectIds, stores, type Answers } from "./support/answers";
import { restAnswer, restError } from "./support/fakeVCenter";
import { done, refused, withFake } from "./support/harness";

const category = {
  id: "urn:vmomi:InventoryServiceCategory:1:GLOBAL",
  name: "K8s-Zone",
  description: "zones",
  cardinality: "SINGLE",
  associable_types: ["urn:vim25:Datastore", "ClusterComputeResource"],
  used_by: [],
};
const [store = { type: "", id: "" }] = stores(1);

describe("tag categories and tags", () => {
  it("are read with types without a prefix, sorted, and found in any case", async () => {
    const answers = {
      "GET category": restAnswer([category.id]),
      "GET category/id": restAnswer(category),
    };
    const { value, fake } = await done(answers, async ({ tagging }) => [
      ...(await tagging.categories()),
      await tagging.category(category.id),
      await tagging.findCategory("k8s-zone"),
      await tagging.findCategory("k8s-region"),
    ]);
    const expected = {
      ...{ id: category.id, name: "K8s-Zone", description: "zones", cardinality: "SINGLE" },
      associableTypes: ["ClusterComputeResource", "Datastore"],
    };
    assert.deepEqual(value, [expected, expected, expected, undefined]);
    assert.equal(
      fake.calls.find(({ name }) => name === "GET category/id")?.path,
      `/rest/com/vmware/cis/tagging/category/id:${category.id}`,
    );
  });

  it("are found in the exact spelling first", async () => {
    await withFake(
      ({ name, path }) => {
        if (name === "GET category") return restAnswer(["a", "b"]);
        if (name !== "GET category/id") return undefined;
        const id = path.slice(-1);
        return restAnswer({ ...category, id, name: id === "a" ? "ZONE" : "zone" });
      },
      async ({ tagging }) => {
        for (const [name, id] of [
          ["zone", "b"],
          ["ZONE", "a"],
          ["Zone", "a"],
        ] as const) {
          assert.equal((await tagging.findCategory(name))?.id, id);
        }
      },
    );
  });

  const nothing = [
    "GET category",
    ...["list-tags-for-category", "list-attached-tags-on-objects", "list-attached-objects-on-tags"],
  ];
  for (const [what, answer] of [
    ["null", restAnswer(null)],
    ["an empty answer", {}],
  ] as const) {
    it(`are none when vCenter sends ${what}`, async () => {
      const answers = Object.fromEntries(nothing.map((name) => [name, answer]));
      const { value } = await done(answers, ({ tagging }) =>
        Promise.all([
          ...[tagging.categories(), tagging.tags("c"), tagging.tagIdsOfCategory("c")],
          ...[tagging.attachedTags([store]), tagging.attachedObjects(["t"])],
        ]),
      );
      assert.deepEqual(value, [
        ...[[], [], []],
        ...[new Map([[objectKey(store), []]]), new Map([["t", []]])],
      ]);
    });
  }

  it("that were deleted since they were listed are left out", async () => {
    const b = { id: "b", name: "B", description: "", category_id: "c" };
    const answers = {
      "list-tags-for-category": restAnswer(["a", "b"]),
      "GET tag/id": [restError(404, "not_found"), restAnswer(b)],
    };
    const { value, names } = await done(answers, ({ tagging }) => tagging.tags("c"));
    assert.deepEqual(value, [{ id: "b", name: "B", description: "", categoryId: "c" }]);
    assert.deepEqual(names, ["list-tags-for-category", "GET tag/id", "GET tag/id"]);
  });

  for (const value of [null, "x", {}, { ...category, cardinality: "SOME" }]) {
    it(`are not made up from ${JSON.stringify(value).slice(0, 20)}`, async () => {
      const answers = { "GET category/id": restAnswer(value), "GET tag/id": restAnswer({}) };
      const readers = [
        ({ tagging }: VCenterClient) => tagging.category("c"),
        ({ tagging }: VCenterClient) => tagging.tag("t"),
      ];
      for (const read of readers) {
        assert.equal((await refused(answers, read)).error.kind, "unexpectedAnswer");
      }
    });
  }

  it("that do not exist are not found", async () => {
    const answers = { "GET tag/id": { status: 404, body: "404 page not found\n" } };
    const { error } = await refused(answers, ({ tagging }) => tagging.tag("urn:x:GLOBAL"));
    assert.equal(error.kind, "notFound");
    assert.match(
      error.message,
      /^read a tag \(tag urn:x:GLOBAL\): HTTP 404, "404 page not found": /,
    );
  });

  it("have ids that cannot leave their place in the path", async () => {
    const { fake } = await refused({}, ({ tagging }) => tagging.tag("../category?x=/#"));
    assert.equal(
      fake.calls.filter(({ name }) => name !== "DELETE session").at(-1)?.path,
      "/rest/com/vmware/cis/tagging/tag/id:..%2Fcategory%3Fx%3D%2F%23",
    );
  });
});

describe("the tags of objects", () => {
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
        const objects = stores(4001).map((object) => ({ ...object, name: "a", path: "/a" }));
        const attached = await tagging.attachedTags([...objects, ...objects]);
        const batches = fake.calls.filter(({ name }) => name === "list-attached-tags-on-objects");
        assert.deepEqual(batches.map((call) => objectIds(call).length).sort(), [1, 2000, 2000]);
        assert.deepEqual(
          attached,
          new Map(
            objects.map((object) => [
              objectKey(object),
              object.id.endsWith("7") ? [`tag-${object.id}`] : [],
            ]),
          ),
        );
        // Type and id only: vCenter refuses fields it does not know.
        assert.deepEqual(batches.flatMap(objectIds).length, 4001);
        assert.deepEqual(Object.keys(batches.flatMap(objectIds)[0] ?? {}), ["type", "id"]);
      },
    );
  });

  it("take no call when there are no objects", async () => {
    const { value, fake } = await done({}, async ({ tagging }) => [
      await tagging.attachedTags([]),
      await tagging.attachedObjects([]),
      await tagging.attach("t", []),
    ]);
    assert.deepEqual(value, [new Map(), new Map(), { failures: [] }]);
    assert.equal(fake.calls.length, 0);
  });

  it("are read the other way round as well, each tag once", async () => {
    const answer = restAnswer([{ tag_id: "a", object_ids: [store] }]);
    const { value, body } = await done({ "list-attached-objects-on-tags": answer }, (client) =>
      client.tagging.attachedObjects(["a", "b", "a"]),
    );
    assert.deepEqual(
      [...value],
      [
        ["a", [store]],
        ["b", []],
      ],
    );
    assert.deepEqual(JSON.parse(body("list-attached-objects-on-tags")), { tag_ids: ["a", "b"] });
  });
});

describe("attaching and detaching", () => {
  for (const [method, action] of [
    ["attach", "attach-tag-to-multiple-objects"],
    ["detach", "detach-tag-from-multiple-objects"],
  ] as const) {
    it(`${method}es 2,000 objects at a time, each once, and reports what any batch refused`, async () => {
      const refusal = (id: string) => ({
        ...{ id: "cis.tagging.refused", default_message: `refused for ${id}` },
        args: [`Datastore:${id}`],
      });
      const objects = stores(4001);
      const batchAnswers = [["datastore-1"], [], ["datastore-4000"]].map((ids) =>
        restAnswer({ success: ids.length === 0, error_messages: ids.map(refusal) }),
      );
      const { value, fake } = await done({ [action]: batchAnswers }, ({ tagging }) =>
        tagging[method]("tag-1", [...objects, ...objects]),
      );
      const batches = fake.calls.filter(({ name }) => name === action);
      assert.deepEqual(
        batches.map((call) => objectIds(call).length),
        [2000, 2000, 1],
      );
      assert.deepEqual(batches.flatMap(objectIds), objects);
      assert.match(batches[0]?.path ?? "", /\/tag-association\/id:tag-1\?~action=/);
      assert.deepEqual(
        value.failures,
        ["datastore-1", "datastore-4000"].map((id) => ({
          ...{ id: "cis.tagging.refused", message: `refused for ${id}` },
          object: { type: "Datastore", id },
        })),
      );
    });

    it(`names both remedies when ${method}ing is forbidden`, async () => {
      const forbidden = { [action]: restError(403, "unauthorized", "Not allowed") };
      const { error } = await refused(forbidden, (client) =>
        client.tagging[method]("tag-1", stores(3)),
      );
      assert.equal(error.kind, "noPermission");
      assert.ok(error.message.startsWith(`${method} a tag (tag tag-1, 3 objects): HTTP 403`));
      assert.match(
        error.remedy,
        /InventoryService\.Tagging\.AttachTag as a Global Permission.*InventoryService\.Tagging\.ObjectAttachable .* on the object/,
      );
    });
  }

  it("stops at the first batch that is refused as a whole", async () => {
    const answers = { "attach-tag-to-multiple-objects": restError(400, "invalid_argument") };
    const { error, names } = await refused(answers, (client) =>
      client.tagging.attach("t", stores(4001)),
    );
    assert.equal(error.kind, "invalidArgument");
    assert.equal(names.length, 1);
  });
});

describe("a batch result", () => {
  const objects = [
    ...stores(13),
    { type: "Datacenter", id: "datacenter-1" },
    { type: "ClusterComputeResource", id: "domain-c1" },
  ];

  for (const answer of [
    ...[undefined, null, {}, { success: true }, { success: true, error_messages: null }],
  ]) {
    it(`without failures: ${JSON.stringify(answer)}`, () => {
      assert.deepEqual(readBatchResult(answer, objects), { failures: [] });
    });
  }

  it("never loses that something failed", () => {
    const message = fc.record(
      { id: fc.string(), default_message: fc.string(), args: fc.array(fc.string()) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.option(fc.array(message), { nil: null }), (messages) => {
        const { failures } = readBatchResult({ success: false, error_messages: messages }, objects);
        assert.equal(failures.length, Math.max(1, messages?.length ?? 0));
        for (const { message: text } of failures) assert.notEqual(text, "");
      }),
    );
  });

  for (const [text, id] of [
    ["cannot attach to datastore-1.", "datastore-1"],
    ["Datastore:datastore-12 is refused", "datastore-12"],
    ["urn:vmomi:Datacenter:datacenter-1:uuid", "datacenter-1"],
    ["domain-c1", "domain-c1"],
    ["datastore-99", undefined],
    ["datastore-1 or datastore-2", undefined],
    ["nothing", undefined],
  ] as const) {
    it(`finds ${id ?? "no single object"} in "${text}"`, () => {
      const messages = [{ id: "x", default_message: text, args: [] }];
      const { failures } = readBatchResult({ success: false, error_messages: messages }, objects);
      assert.equal(failures[0]?.object?.id, id);
    });
  }
});

describe("answers that are not those of a vCenter's REST interface", () => {
  const categories = ({ tagging }: VCenterClient) => tagging.categories();
  const sessionLimit = {
    status: 503,
    body: '{"type":"com.vmware.vapi.std.errors.service_unavailable","value":{"messages":[{"id":"com.vmware.vapi.endpoint.failedToLoginMaxUserSessionCountReached"}]}}',
  };
  const page = (text: string): string => `<html><style>x</style><body>${text}\n</body></html>`;

  for (const [what, answer, kind] of [
    ["a page", { status: 200, body: page("Please log in") }, "unexpectedAnswer"],
    ["a redirection", { status: 302, headers: { location: "https://x" } }, "unexpectedAnswer"],
    ["a proxy's refusal", { status: 407, body: page("Proxy says no") }, "unexpectedAnswer"],
    ["an error without a body", { status: 500 }, "serverError"],
    ["a conflict", { status: 409 }, "resourceInUse"],
    ["a busy page", { status: 503, body: page("503\n busy") }, "unavailable"],
    ["the session limit", sessionLimit, "tooManySessions"],
    ["a long page", { status: 400, body: "long ".repeat(100) }, "invalidArgument"],
  ] as const) {
    it(`${what} gives a plain error`, async () => {
      const answers: Answers = { "GET category": answer };
      const { error } = await refused(answers, categories);
      assert.equal(error.kind, kind);
      assert.doesNotMatch(error.message, /[<>\n]/);
      assert.match(error.message, new RegExp(`HTTP ${answer.status}`));
      assert.ok(error.answer.length < 250, error.answer);
    });
  }

  for (const [type, kind] of [
    ["com.vmware.vapi.std.errors.already_exists", "alreadyExists"],
    ["com.vmware.vapi.std.errors.resource_in_use", "resourceInUse"],
    ["com.vmware.vapi.std.errors.resource_busy", "resourceInUse"],
    ["com.vmware.vapi.std.errors.invalid_element_type", "invalidArgument"],
    ["com.vmware.vapi.std.errors.timed_out", "timeout"],
    ["com.vmware.vapi.std.errors.unauthorized", "noPermission"],
    ["com.vmware.vapi.std.errors.something_new", "invalidArgument"],
    ["ALREADY_EXISTS", "alreadyExists"],
  ] as const) {
    it(`an error of the type ${type} tells more than its status`, async () => {
      const name = type.includes(".") ? "type" : "error_type";
      const body = JSON.stringify({ [name]: type, messages: [{ default_message: "so it is" }] });
      const { error } = await refused({ "GET category": { status: 400, body } }, categories);
      assert.deepEqual(
        [error.kind, error.code, error.answer],
        [kind, type, `HTTP 400, ${type}, so it is`],
      );
    });
  }
});
