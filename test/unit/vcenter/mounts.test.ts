import assert from "node:assert/strict";
import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import { objectXml, text } from "./support/machineAnswers";

const lun = { type: "Datastore", id: "datastore-1" };
const root = { type: "Datastore", id: "datastore-2" };
const prod = { type: "ClusterComputeResource", id: "domain-c1" };
const stage = { type: "ClusterComputeResource", id: "domain-c2" };

/** A mount of a host, with the fields that vCenter writes. */
function mount(
  host: string,
  fields = "<accessMode>readWrite</accessMode><mounted>true</mounted>",
): string {
  return `<DatastoreHostMount><key type="HostSystem">${host}</key><mountInfo><path>/vmfs/volumes/x</path>${fields}</mountInfo></DatastoreHostMount>`;
}

function datastore(id: string, ...mounts: readonly string[]): string {
  return objectXml("Datastore", id, {
    host: `<val xsi:type="ArrayOfDatastoreHostMount">${mounts.join("")}</val>`,
  });
}

function cluster(id: string, ...hosts: readonly string[]): string {
  const references = hosts.map(
    (host) => `<ManagedObjectReference type="HostSystem">${host}</ManagedObjectReference>`,
  );
  return objectXml("ClusterComputeResource", id, {
    host: `<val xsi:type="ArrayOfManagedObjectReference">${references.join("")}</val>`,
  });
}

function named(id: string, name: string): string {
  return objectXml("HostSystem", id, { name: text(name) });
}

/** An object that the account may see, and whose one property it may not read. */
function hidden(type: string, id: string, path = "host"): string {
  return `<returnval><obj type="${type}">${id}</obj><missingSet><path>${path}</path><fault><fault xsi:type="NoPermission"/></fault></missingSet></returnval>`;
}

function answering(...objects: readonly string[]): Parameters<typeof withFake>[0] {
  return ({ name }) =>
    name === "RetrieveProperties" ? soapAnswer(name, objects.join("")) : undefined;
}

describe("which hosts have which datastores", function () {
  this.timeout(20_000);

  it("is read in one call, for each datastore and each cluster", async () => {
    const responder = answering(
      datastore("datastore-1", mount("host-1"), mount("host-2")),
      datastore("datastore-2", mount("host-1"), mount("host-2"), mount("host-3")),
      cluster("domain-c1", "host-1", "host-2"),
      cluster("domain-c2", "host-3"),
      named("host-1", "esxi-01.example.com"),
      named("host-2", "esxi-02.example.com"),
      named("host-3", "esxi-03.example.com"),
    );
    await withFake(responder, async (client, fake) => {
      assert.deepEqual(await client.mounts.read([lun, root], [prod, stage]), {
        byDatastore: new Map([
          ["Datastore:datastore-1", new Set(["HostSystem:host-1", "HostSystem:host-2"])],
          [
            "Datastore:datastore-2",
            new Set(["HostSystem:host-1", "HostSystem:host-2", "HostSystem:host-3"]),
          ],
        ]),
        byCluster: new Map([
          ["ClusterComputeResource:domain-c1", new Set(["HostSystem:host-1", "HostSystem:host-2"])],
          ["ClusterComputeResource:domain-c2", new Set(["HostSystem:host-3"])],
        ]),
        names: new Map([
          ["HostSystem:host-1", "esxi-01.example.com"],
          ["HostSystem:host-2", "esxi-02.example.com"],
          ["HostSystem:host-3", "esxi-03.example.com"],
        ]),
      });
      assert.equal(fake.count("RetrieveProperties"), 1);
      const body = fake.calls.at(-1)?.body ?? "";
      // The order of the elements is that of the WSDL.
      const hosts = `<skip>false</skip><selectSet xsi:type="TraversalSpec"><type>ComputeResource</type><path>host</path><skip>false</skip></selectSet>`;
      assert.ok(
        body.includes(
          `<specSet><propSet><type>Datastore</type><pathSet>host</pathSet></propSet><propSet><type>ComputeResource</type><pathSet>host</pathSet></propSet><propSet><type>HostSystem</type><pathSet>name</pathSet></propSet><objectSet><obj type="Datastore">datastore-1</obj></objectSet><objectSet><obj type="Datastore">datastore-2</obj></objectSet><objectSet><obj type="ClusterComputeResource">domain-c1</obj>${hosts}</objectSet><objectSet><obj type="ClusterComputeResource">domain-c2</obj>${hosts}</objectSet></specSet>`,
        ),
        body,
      );
    });
  });

  it("asks once for an object that is named twice", async () => {
    await withFake(answering(datastore("datastore-1", mount("host-1"))), async (client, fake) => {
      const { byDatastore } = await client.mounts.read([lun, { ...lun }], [prod, { ...prod }]);
      assert.deepEqual([...byDatastore.keys()], ["Datastore:datastore-1"]);
      assert.equal(fake.calls.at(-1)?.body.match(/<objectSet>/g)?.length, 2);
    });
  });

  it("makes no call for no objects", async () => {
    await withFake(answering(), async (client, fake) => {
      assert.deepEqual(await client.mounts.read([], []), {
        byDatastore: new Map(),
        byCluster: new Map(),
        names: new Map(),
      });
      assert.equal(fake.calls.length, 0);
    });
  });

  const cases: readonly (readonly [what: string, fields: string, counts: boolean])[] = [
    ["is read only", "<accessMode>readOnly</accessMode><mounted>true</mounted>", false],
    ["is not mounted now", "<accessMode>readWrite</accessMode><mounted>false</mounted>", false],
    [
      "is not mounted now, written as a number",
      "<accessMode>readWrite</accessMode><mounted>0</mounted>",
      false,
    ],
    ["does not say whether it is mounted", "<accessMode>readWrite</accessMode>", true],
    [
      "has lost the storage for now",
      "<accessMode>readWrite</accessMode><mounted>true</mounted><accessible>false</accessible>",
      true,
    ],
    ["says nothing of itself", "", false],
  ];
  for (const [what, fields, counts] of cases) {
    it(`${counts ? "counts" : "does not count"} a mount that ${what}`, async () => {
      const responder = answering(
        datastore("datastore-1", mount("host-1", fields), mount("host-2")),
      );
      await withFake(responder, async (client) => {
        const { byDatastore } = await client.mounts.read([lun], []);
        const hosts = byDatastore.get("Datastore:datastore-1");
        assert.equal(hosts?.has("HostSystem:host-1"), counts);
        assert.equal(hosts.has("HostSystem:host-2"), true);
      });
    });
  }

  it("tells hosts that there are not from hosts that the account may not read", async () => {
    const responder = answering(
      ...[datastore("datastore-1"), cluster("domain-c1")],
      ...[hidden("Datastore", "datastore-2"), hidden("ClusterComputeResource", "domain-c2")],
    );
    await withFake(responder, async (client) => {
      assert.deepEqual(await client.mounts.read([lun, root], [prod, stage]), {
        byDatastore: new Map([["Datastore:datastore-1", new Set()]]),
        byCluster: new Map([["ClusterComputeResource:domain-c1", new Set()]]),
        names: new Map(),
      });
    });
  });

  it("leaves out the names of hosts that the account may not read, and counts the hosts", async () => {
    const responder = answering(
      cluster("domain-c1", "host-1", "host-2", "host-3"),
      ...[named("host-1", "esxi-01.example.com"), hidden("HostSystem", "host-2", "name")],
    );
    await withFake(responder, async (client) => {
      const { byCluster, names } = await client.mounts.read([], [prod]);
      assert.equal(byCluster.get("ClusterComputeResource:domain-c1")?.size, 3);
      assert.deepEqual(names, new Map([["HostSystem:host-1", "esxi-01.example.com"]]));
    });
  });

  it("is an error when an object is gone", async () => {
    const gone = soapFault("ManagedObjectNotFound", "", `<obj type="Datastore">datastore-1</obj>`);
    const responder: Parameters<typeof withFake>[0] = ({ name }) =>
      name === "RetrieveProperties" ? gone : undefined;
    await withFake(responder, async (client) => {
      const error = await failure(client.mounts.read([lun], [prod]));
      assert.equal(error.code, "ManagedObjectNotFound");
      assert.match(
        error.message,
        /^read which hosts have which datastores: .*on Datastore:datastore-1: run again: an object was removed/,
      );
    });
  });
});
