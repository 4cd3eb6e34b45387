import assert from "node:assert/strict";
import { hiddenXml, list, objectXml, properties, text } from "./support/answers";
import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { done, refused } from "./support/harness";

describe("creating a folder on a datastore", () => {
  const datacenter = { type: "Datacenter", id: "datacenter-2" };
  const path = "[x1_root] packer_cache";

  for (const [answer, expected] of [
    [soapAnswer("MakeDirectory"), true],
    [soapFault("FileAlreadyExists", "exists"), false],
  ] as const) {
    it(`takes one call, and says whether it was created: ${expected}`, async () => {
      const { value, names, body } = await done({ MakeDirectory: answer }, (client) =>
        client.datastoreFiles.makeFolder(datacenter, path),
      );
      assert.deepEqual([value, names], [expected, ["MakeDirectory"]]);
      assert.match(
        body("MakeDirectory"),
        /<_this type="FileManager">FileManager<\/_this><name>\[x1_root\] packer_cache<\/name><datacenter type="Datacenter">datacenter-2<\/datacenter><createParentDirectories>false<\/createParentDirectories>/,
      );
    });
  }

  it("says which privilege is missing", async () => {
    const { error } = await refused({ MakeDirectory: soapFault("NoPermission", "no") }, (client) =>
      client.datastoreFiles.makeFolder(datacenter, path),
    );
    assert.equal(error.kind, "noPermission");
    assert.equal(
      error.message,
      "create a folder on a datastore ([x1_root] packer_cache in Datacenter:datacenter-2): NoPermission, no: grant the account Datastore.FileManagement on the datastore",
    );
  });
});

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
  return objectXml("Datastore", id, { host: list("DatastoreHostMount", ...mounts) });
}

function cluster(id: string, ...hosts: readonly string[]): string {
  const references = hosts.map(
    (host) => `<ManagedObjectReference type="HostSystem">${host}</ManagedObjectReference>`,
  );
  return objectXml("ClusterComputeResource", id, {
    host: list("ManagedObjectReference", ...references),
  });
}

function named(id: string, name: string): string {
  return objectXml("HostSystem", id, { name: text(name) });
}

function answering(...objects: readonly string[]) {
  return { RetrieveProperties: properties(...objects) };
}

describe("which hosts mount which datastores", () => {
  it("is read in one call, in the order of the WSDL, for each object once", async () => {
    const { value, names, body } = await done(
      answering(
        datastore("datastore-1", mount("host-1")),
        datastore("datastore-2", mount("host-1"), mount("host-3")),
        ...[cluster("domain-c1", "host-1"), cluster("domain-c2", "host-3")],
        ...[named("host-1", "esxi-01.example.com"), named("host-3", "esxi-03.example.com")],
      ),
      (client) => client.mounts.read([lun, root, { ...lun }], [prod, stage, { ...prod }]),
    );
    assert.deepEqual(value, {
      byDatastore: new Map([
        ["Datastore:datastore-1", new Set(["HostSystem:host-1"])],
        ["Datastore:datastore-2", new Set(["HostSystem:host-1", "HostSystem:host-3"])],
      ]),
      byCluster: new Map([
        ["ClusterComputeResource:domain-c1", new Set(["HostSystem:host-1"])],
        ["ClusterComputeResource:domain-c2", new Set(["HostSystem:host-3"])],
      ]),
      names: new Map([
        ["HostSystem:host-1", "esxi-01.example.com"],
        ["HostSystem:host-3", "esxi-03.example.com"],
      ]),
    });
    assert.equal(names.length, 1);
    const hosts = `<skip>false</skip><selectSet xsi:type="TraversalSpec"><type>ComputeResource</type><path>host</path><skip>false</skip></selectSet>`;
    assert.equal(
      /<specSet>.*<\/specSet>/.exec(body("RetrieveProperties"))?.[0],
      `<specSet><propSet><type>Datastore</type><pathSet>host</pathSet></propSet><propSet><type>ComputeResource</type><pathSet>host</pathSet></propSet><propSet><type>HostSystem</type><pathSet>name</pathSet></propSet><objectSet><obj type="Datastore">datastore-1</obj></objectSet><objectSet><obj type="Datastore">datastore-2</obj></objectSet><objectSet><obj type="ClusterComputeResource">domain-c1</obj>${hosts}</objectSet><objectSet><obj type="ClusterComputeResource">domain-c2</obj>${hosts}</objectSet></specSet>`,
    );
  });

  it("takes no call for no objects", async () => {
    const { value, fake } = await done(answering(), (client) => client.mounts.read([], []));
    assert.deepEqual(value, { byDatastore: new Map(), byCluster: new Map(), names: new Map() });
    assert.equal(fake.calls.length, 0);
  });

  const readWrite = "<accessMode>readWrite</accessMode>";
  for (const [what, fields, counts] of [
    ["is read only", "<accessMode>readOnly</accessMode><mounted>true</mounted>", false],
    ["is not mounted now", `${readWrite}<mounted>false</mounted>`, false],
    ["is not mounted now, written as a number", `${readWrite}<mounted>0</mounted>`, false],
    ["does not say whether it is mounted", readWrite, true],
    [
      "has lost the storage for now",
      `${readWrite}<mounted>true</mounted><accessible>false</accessible>`,
      true,
    ],
    ["says nothing of itself", "", false],
  ] as const) {
    it(`${counts ? "counts" : "does not count"} a mount that ${what}`, async () => {
      const store = datastore("datastore-1", mount("host-1", fields), mount("host-2"));
      const { value } = await done(answering(store), (client) => client.mounts.read([lun], []));
      assert.deepEqual(
        [...(value.byDatastore.get("Datastore:datastore-1") ?? [])],
        [...(counts ? ["HostSystem:host-1"] : []), "HostSystem:host-2"],
      );
    });
  }

  it("tells no hosts from hosts, or names, that the account may not read", async () => {
    const { value } = await done(
      answering(
        ...[datastore("datastore-1"), hiddenXml("Datastore", "datastore-2", "host")],
        cluster("domain-c1", "host-1", "host-2"),
        hiddenXml("ClusterComputeResource", "domain-c2", "host"),
        ...[named("host-1", "esxi-01.example.com"), hiddenXml("HostSystem", "host-2", "name")],
      ),
      (client) => client.mounts.read([lun, root], [prod, stage]),
    );
    assert.deepEqual(value, {
      byDatastore: new Map([["Datastore:datastore-1", new Set()]]),
      byCluster: new Map([
        ["ClusterComputeResource:domain-c1", new Set(["HostSystem:host-1", "HostSystem:host-2"])],
      ]),
      names: new Map([["HostSystem:host-1", "esxi-01.example.com"]]),
    });
  });

  it("is an error when an object is gone", async () => {
    const gone = soapFault("ManagedObjectNotFound", "", `<obj type="Datastore">datastore-1</obj>`);
    const { error } = await refused({ RetrieveProperties: gone }, (client) =>
      client.mounts.read([lun], [prod]),
    );
    assert.equal(error.code, "ManagedObjectNotFound");
    assert.equal(
      error.message,
      "read which hosts mount which datastores: ManagedObjectNotFound, on Datastore:datastore-1: run again: an object was removed while the program ran",
    );
  });
});
