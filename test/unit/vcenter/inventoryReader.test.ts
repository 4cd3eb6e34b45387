import assert from "node:assert/strict";
import type { VCenterClient } from "../../../vcenter";
import { hiddenXml, objectXml, properties, referenceValue, text } from "./support/answers";
import { soapFault } from "./support/fakeVCenter";
import { done, processorTime, refused, withFake } from "./support/harness";

/** An object with its name and the properties that refer to others, each as type and id. */
function entry(
  type: string,
  id: string,
  name: string,
  references: Readonly<Record<string, readonly [type: string, id: string]>> = {},
): string {
  const values = Object.fromEntries(
    Object.entries(references).map(([path, [toType, toId]]) => [
      path,
      referenceValue(toType, toId),
    ]),
  );
  return objectXml(type, id, { name: text(name), ...values });
}

const parent = ["Folder", "group-s3"] as const;
const small: readonly string[] = [
  entry("Folder", "group-d1", "Datacenters"),
  entry("Datacenter", "datacenter-2", "X1", {
    ...{ parent: ["Folder", "group-d1"], datastoreFolder: parent },
  }),
  entry("Folder", "group-s3", "Datenspeicher", { parent: ["Datacenter", "datacenter-2"] }),
  entry("Datastore", "datastore-4", "it&#39;s &lt;&amp;&gt; &#34;quoted&#34; 007", { parent }),
  entry("Datastore", "datastore-5", "007", { parent }),
  hiddenXml("Datastore", "datastore-9", "name"),
];
const read = ({ inventory }: VCenterClient) => inventory.read();

describe("reading the inventory", () => {
  it("takes one call for names, parents and the folders of datacenters only", async () => {
    const { value, names, body } = await done({ RetrieveProperties: properties(...small) }, read);
    assert.equal(names.length, 1);
    const request = body("RetrieveProperties");
    const folders = ["host", "datastore", "network", "vm"].map((kind) => `${kind}Folder`);
    const types = ["Folder", "ComputeResource", "Datastore", "Network", "DistributedVirtualSwitch"];
    assert.deepEqual(
      [...request.matchAll(/<propSet><type>(\w+)<\/type>(.*?)<\/propSet>/g)]
        .map(([, type, paths]) => `${type} ${paths}`)
        .sort(),
      [
        ...types.map((type) => [type, "name", "parent"]),
        ["Datacenter", "name", "parent", ...folders],
      ]
        .map(
          ([type, ...paths]) =>
            `${type} ${paths.map((one) => `<pathSet>${one}</pathSet>`).join("")}`,
        )
        .sort(),
    );
    assert.deepEqual(
      [...request.matchAll(/<type>(\w+)<\/type><path>(\w+)<\/path>/g)].map(
        ([, type, path]) => `${type}.${path}`,
      ),
      ["Folder.childEntity", ...folders.map((folder) => `Datacenter.${folder}`)],
    );
    // Names are kept as they are, the datacenter's folder is known by what it holds, the nameless are left out.
    assert.equal(value.find("/X1/datastore/007", "Datastore")?.path, "/X1/Datenspeicher/007");
    assert.deepEqual(
      value.all("Datastore").map(({ id, name }) => [id, name]),
      [
        ["datastore-5", "007"],
        ["datastore-4", `it's <&> "quoted" 007`],
      ],
    );
  });

  it("gives an empty inventory for an empty answer", async () => {
    const { value } = await done({ RetrieveProperties: properties() }, read);
    assert.deepEqual([value.root.id, value.all("Datacenter")], ["group-d1", []]);
  });

  it("fails when it is refused", async () => {
    const details = `<object type="Folder">group-d1</object><privilegeId>System.View</privilegeId>`;
    const answers = { RetrieveProperties: soapFault("NoPermission", "", details) };
    const { error } = await refused(answers, read);
    assert.deepEqual(
      [error.kind, error.answer],
      ["noPermission", "NoPermission, missing privilege System.View, on Folder:group-d1"],
    );
  });

  it("is quick with 10,000 datastores", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      entry("Datastore", `datastore-${index + 10}`, `x1_lun_${index}`, { parent }),
    );
    const answer = properties(...small, ...many);
    await withFake(
      ({ name }) => (name === "RetrieveProperties" ? answer : undefined),
      async (client) => {
        await client.about();
        let count = 0;
        const took = await processorTime(async () => {
          count = (await client.inventory.read()).all("Datastore").length;
        });
        assert.equal(count, 10_002);
        // Measured 0.3 s, most of it the parser's; ten times as much would be a fault of the program.
        assert.ok(took < 3000, `took ${took} ms`);
      },
    );
  });
});

describe("looking for an object that the inventory does not show", () => {
  const exists = ({ inventory }: VCenterClient): Promise<boolean> =>
    inventory.exists({ type: "Datastore", id: "datastore-9" });

  for (const [what, answer, expected] of [
    ["is gone", soapFault("ManagedObjectNotFound"), false],
    ["has a hidden name", properties(hiddenXml("Datastore", "datastore-9", "name")), true],
    ["is hidden altogether", soapFault("NoPermission"), true],
  ] as const) {
    it(`says ${expected} of one that ${what}`, async () => {
      assert.equal((await done({ RetrieveProperties: answer }, exists)).value, expected);
    });
  }

  it("fails when vCenter says neither", async () => {
    const { error } = await refused({ RetrieveProperties: soapFault("InvalidProperty") }, exists);
    assert.equal(error.kind, "invalidArgument");
  });
});
