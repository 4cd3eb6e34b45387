import assert from "node:assert/strict";
import fc from "fast-check";
import { VCenterError } from "../../../vcenter";
import { readBatchResult } from "../../../vcenter/taggingAnswers";
import { restAnswer, restError } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import { answers, objectIds, stores } from "./support/taggingAnswers";

describe("attaching and detaching", function () {
  this.timeout(20_000);

  for (const method of ["attach", "detach"] as const) {
    const action = `${method}-tag-${method === "attach" ? "to" : "from"}-multiple-objects`;

    it(`${method}es 2,000 objects at a time, each object once`, async () => {
      await withFake(
        answers({ [action]: restAnswer({ success: true, error_messages: [] }) }),
        async ({ tagging }, fake) => {
          const objects = stores(4001);
          assert.deepEqual(await tagging[method]("tag-1", [...objects, ...objects]), {
            failures: [],
          });
          const batches = fake.calls.filter(({ name }) => name === action);
          assert.deepEqual(
            batches.map((call) => objectIds(call).length),
            [2000, 2000, 1],
          );
          assert.deepEqual(batches.flatMap(objectIds), objects);
          assert.match(batches[0]?.path ?? "", /\/tag-association\/id:tag-1\?~action=/);
        },
      );
    });

    it(`reports what ${method}ing refused in any of the batches, in spite of HTTP 200`, async () => {
      const refusal = (id: string): unknown => ({
        id: "cis.tagging.refused",
        default_message: `refused for ${id}`,
        args: [`Datastore:${id}`],
      });
      await withFake(
        ({ name }, count) =>
          name === action
            ? restAnswer({
                success: false,
                error_messages: [refusal(count === 1 ? "datastore-1" : "datastore-2000")],
              })
            : undefined,
        async ({ tagging }) => {
          const { failures } = await tagging[method]("tag-1", stores(2001));
          assert.deepEqual(
            failures,
            ["datastore-1", "datastore-2000"].map((id) => ({
              id: "cis.tagging.refused",
              message: `refused for ${id}`,
              object: { type: "Datastore", id },
            })),
          );
        },
      );
    });

    it(`names both remedies when ${method}ing is forbidden`, async () => {
      await withFake(
        answers({ [action]: restError(403, "unauthorized", "Not allowed") }),
        async ({ tagging }) => {
          const error = await failure(tagging[method]("tag-1", stores(3)));
          assert.equal(error.kind, "noPermission");
          assert.match(
            error.message,
            new RegExp(`^${method} a tag \\(tag tag-1, 3 objects\\): HTTP 403`),
          );
          assert.match(error.remedy, /InventoryService\.Tagging\.AttachTag as a Global Permission/);
          assert.match(
            error.remedy,
            /InventoryService\.Tagging\.ObjectAttachable .* on the object/,
          );
        },
      );
    });
  }

  it("stops at the first batch that is refused as a whole", async () => {
    const action = "attach-tag-to-multiple-objects";
    await withFake(
      ({ name }) => (name === action ? restError(400, "invalid_argument") : undefined),
      async ({ tagging }, fake) => {
        assert.equal((await failure(tagging.attach("t", stores(4001)))).kind, "invalidArgument");
        assert.equal(fake.count(action), 1);
      },
    );
  });
});

describe("a batch result", function () {
  this.timeout(20_000);

  const objects = [
    ...stores(13),
    { type: "Datacenter", id: "datacenter-1" },
    { type: "ClusterComputeResource", id: "domain-c1" },
  ];

  for (const answer of [
    undefined,
    null,
    {},
    { success: true },
    { success: true, error_messages: null },
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
      const answer = {
        success: false,
        error_messages: [{ id: "x", default_message: text, args: [] }],
      };
      assert.equal(readBatchResult(answer, objects).failures[0]?.object?.id, id);
    });
  }
});

describe("answers that are not those of a vCenter", function () {
  this.timeout(20_000);

  for (const [what, answer, kind] of [
    [
      "a page",
      { status: 200, body: "<html><body>Please log in</body></html>" },
      "unexpectedAnswer",
    ],
    [
      "a redirection",
      { status: 302, headers: { location: "https://elsewhere" } },
      "unexpectedAnswer",
    ],
    ["a proxy's refusal", { status: 407, body: "<html>Proxy says no</html>" }, "unexpectedAnswer"],
    ["an error without a body", { status: 500 }, "serverError"],
    [
      "a busy page",
      { status: 503, body: "<html><style>x</style>503\n busy</html>" },
      "unavailable",
    ],
  ] as const) {
    it(`${what} gives a plain error`, async () => {
      await withFake(answers({ "GET category": answer }), async ({ tagging }) => {
        const error = await failure(tagging.categories());
        assert.ok(error instanceof VCenterError);
        assert.equal(error.kind, kind);
        assert.doesNotMatch(error.message, /[<>\n]/);
        assert.match(error.message, new RegExp(`HTTP ${answer.status}`));
      });
    });
  }

  for (const [type, kind] of [
    ["com.vmware.vapi.std.errors.already_exists", "alreadyExists"],
    ["com.vmware.vapi.std.errors.resource_in_use", "resourceInUse"],
    ["com.vmware.vapi.std.errors.unauthorized", "noPermission"],
    ["com.vmware.vapi.std.errors.something_new", "invalidArgument"],
    ["ALREADY_EXISTS", "alreadyExists"],
  ] as const) {
    it(`an error of the type ${type} tells more than its status`, async () => {
      const name = type.includes(".") ? "type" : "error_type";
      const body = JSON.stringify({ [name]: type, messages: [{ default_message: "so it is" }] });
      await withFake(answers({ "GET category": { status: 400, body } }), async ({ tagging }) => {
        const error = await failure(tagging.categories());
        assert.equal(error.kind, kind);
        assert.equal(error.code, type);
        assert.equal(error.answer, `HTTP 400, ${type}, so it is`);
      });
    });
  }

  it("an empty answer with success is no error", async () => {
    await withFake(answers({ "GET category": {} }), async ({ tagging }) => {
      assert.deepEqual(await tagging.categories(), []);
    });
  });
});
