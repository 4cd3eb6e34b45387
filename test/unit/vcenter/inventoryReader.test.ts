import assert from "node:assert/strict";
import { inventoryXml, type ListedObject } from "./support/inventoryAnswers";
import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { failure, processorTime, withFake } from "./support/harness";

const small: readonly ListedObject[] = [
  ["Folder", "group-d1", "Datacenters"],
  ["Datacenter", "datacenter-2", "X1", "Folder", "group-d1"],
  ["Folder", "group-s3", "datastore", "Datacenter", "datacenter-2"],
  ["Datastore", "datastore-4", `it's <&> "quoted" 007`, "Folder", "group-s3"],
  ["Datastore", "datastore-5", "007", "Folder", "group-s3"],
];

function answeringWith(objects: readonly ListedObject[]) {
  const answer = soapAnswer("RetrieveProperties", inventoryXml(objects));
  return ({ name }: { readonly name: string }) =>
    name === "RetrieveProperties" ? answer : undefined;
}

function parent([, , , type = "", id = ""]: ListedObject): [string, string] {
  return [type, id];
}

describe("reading the inventory", function () {
  this.timeout(20_000);

  it("takes one call, and asks for names, parents and the folders of datacenters only", async () => {
    await withFake(answeringWith(small), async (client, fake) => {
      const inventory = await client.inventory.read();
      assert.equal(fake.count("RetrieveProperties"), 1);
      const body = fake.calls.find(({ name }) => name === "RetrieveProperties")?.body ?? "";
      assert.deepEqual(
        [...body.matchAll(/<propSet><type>(\w+)<\/type>(.*?)<\/propSet>/g)].map(
          ([, type, paths]) => `${type} ${paths}`,
        ),
        [
          "Folder",
          "Datacenter",
          "ComputeResource",
          "Datastore",
          "Network",
          "DistributedVirtualSwitch",
        ].map((type) => {
          const folders = ["host", "datastore", "network", "vm"].map((kind) => `${kind}Folder`);
          const paths = ["name", "parent", ...(type === "Datacenter" ? folders : [])];
          return `${type} ${paths.map((path) => `<pathSet>${path}</pathSet>`).join("")}`;
        }),
      );
      assert.deepEqual(
        [...body.matchAll(/<type>(\w+)<\/type><path>(\w+)<\/path>/g)].map(
          ([, type, path]) => `${type}.${path}`,
        ),
        [
          "Folder.childEntity",
          ...["host", "datastore", "network", "vm"].map((kind) => `Datacenter.${kind}Folder`),
        ],
      );
      assert.equal(inventory.find("/X1", "Datacenter")?.id, "datacenter-2");
      assert.equal(inventory.find("/X1/datastore/007", "Datastore")?.id, "datastore-5");
      assert.equal(
        inventory.find(`/X1/datastore/it's <&> "quoted" 007`, "Datastore")?.id,
        "datastore-4",
      );
    });
  });

  it("learns which folder of a datacenter holds what, whatever it is called", async () => {
    const [root, datacenter, stores, ...rest] = small;
    assert.ok(root && datacenter && stores);
    const renamed = inventoryXml([
      root,
      datacenter,
      ["Folder", "group-s3", "Datenspeicher", ...parent(stores)],
      ...rest,
    ]);
    const folder = `<propSet><name>datastoreFolder</name><val type="Folder" xsi:type="ManagedObjectReference">group-s3</val></propSet>`;
    const answer = soapAnswer(
      "RetrieveProperties",
      renamed.replace(
        '</propSet></returnval><returnval><obj type="Folder">group-s3',
        `</propSet>${folder}</returnval><returnval><obj type="Folder">group-s3`,
      ),
    );
    await withFake(
      ({ name }) => (name === "RetrieveProperties" ? answer : undefined),
      async (client) => {
        const inventory = await client.inventory.read();
        assert.equal(
          inventory.find("/X1/datastore/007", "Datastore")?.path,
          "/X1/Datenspeicher/007",
        );
      },
    );
  });

  it("leaves out objects whose name it may not read", async () => {
    const nameless = `<returnval><obj type="Datastore">datastore-9</obj><missingSet><path>name</path></missingSet></returnval>`;
    const answer = soapAnswer("RetrieveProperties", inventoryXml(small) + nameless);
    await withFake(
      ({ name }) => (name === "RetrieveProperties" ? answer : undefined),
      async (client) => {
        const inventory = await client.inventory.read();
        assert.equal(inventory.get({ type: "Datastore", id: "datastore-9" }), undefined);
        assert.equal(inventory.all("Datastore").length, 2);
      },
    );
  });

  it("gives an empty inventory for an empty answer", async () => {
    await withFake(answeringWith([]), async (client) => {
      const inventory = await client.inventory.read();
      assert.equal(inventory.root.id, "group-d1");
      assert.deepEqual(inventory.all("Datacenter"), []);
    });
  });

  it("tells of a refusal", async () => {
    const details = `<object type="Folder">group-d1</object><privilegeId>System.View</privilegeId>`;
    await withFake(
      ({ name }) =>
        name === "RetrieveProperties" ? soapFault("NoPermission", "", details) : undefined,
      async (client) => {
        const error = await failure(client.inventory.read());
        assert.equal(error.kind, "noPermission");
        assert.equal(
          error.answer,
          "NoPermission, missing privilege System.View, on Folder:group-d1",
        );
      },
    );
  });

  describe("looking for an object that it does not show", () => {
    const hidden = `<returnval><obj type="Datastore">datastore-9</obj><missingSet><path>name</path><fault><fault xsi:type="NoPermission"/></fault></missingSet></returnval>`;
    for (const [what, answer, exists] of [
      ["one that is gone", soapFault("ManagedObjectNotFound"), false],
      ["one whose name is hidden", soapAnswer("RetrieveProperties", hidden), true],
      ["one that is hidden altogether", soapFault("NoPermission"), true],
    ] as const) {
      it(`tells ${what} from others`, async () => {
        await withFake(
          ({ name }) => (name === "RetrieveProperties" ? answer : undefined),
          async (client) => {
            const reference = { type: "Datastore", id: "datastore-9" };
            assert.equal(await client.inventory.exists(reference), exists);
          },
        );
      });
    }

    it("says neither when vCenter says something else", async () => {
      await withFake(
        ({ name }) => (name === "RetrieveProperties" ? soapFault("InvalidProperty") : undefined),
        async (client) => {
          const look = client.inventory.exists({ type: "Datastore", id: "datastore-9" });
          assert.equal((await failure(look)).kind, "invalidArgument");
        },
      );
    });
  });

  it("is quick with 10,000 datastores", async () => {
    const many = Array.from({ length: 10_000 }, (_, index): ListedObject => [
      "Datastore",
      `datastore-${index + 10}`,
      `x1_lun_${index}`,
      "Folder",
      "group-s3",
    ]);
    await withFake(answeringWith([...small, ...many]), async (client) => {
      await client.about();
      let count = 0;
      const took = await processorTime(async () => {
        count = (await client.inventory.read()).all("Datastore").length;
      });
      assert.equal(count, 10_002);
      // Measured 0.3 s, most of it the parser's; ten times as much would be a fault of the program.
      assert.ok(took < 3000, `took ${took} ms`);
    });
  });
});
