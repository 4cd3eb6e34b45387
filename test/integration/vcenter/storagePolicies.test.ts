import assert from "node:assert/strict";
import { govc } from "./govc";
import { simulated } from "./simulated";

const gold = { id: "0d6e1b1e-9f57-4a43-8f8e-6c1d0f3b2a11", name: "gold & <fast>" };

/** Two accounts: the reader has the privilege below the root folder only, the viewer on it. */
const inventory = `
datacenters: [{ name: X1 }]
users:
  - { name: reader@vsphere.local, password: known }
  - { name: viewer@vsphere.local, password: known }
roles: [{ name: viewer, privileges: [StorageProfile.View] }]
permissions:
  - { path: /, principal: reader@vsphere.local, role: ReadOnly }
  - { path: /X1, principal: reader@vsphere.local, role: viewer }
  - { path: /, principal: viewer@vsphere.local, role: viewer }
storagePolicies: [{ name: "${gold.name}", id: ${gold.id} }]
`;

describe("storage policies of the simulated vCenter", () => {
  const { simulator, use } = simulated(inventory);

  it("are those that govc lists", async () => {
    const policies = await use((client) => client.storagePolicies.list());
    assert.ok(policies.some(({ id, name }) => id === gold.id && name === gold.name));
    assert.ok(policies.some(({ name }) => name === "vSAN Default Storage Policy"));
    const lines = (await govc(simulator(), "storage.policy.ls")).trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => line.replace(/\s+/, "=")).sort(),
      policies.map(({ id, name }) => `${id}=${name}`).sort(),
    );
  });

  it("take three calls and no login of their own", async () => {
    await simulator().control.resetCalls();
    await use(async (client) => {
      await client.inventory.read();
      await client.storagePolicies.list();
    });
    assert.deepEqual((await simulator().control.calls()).soap, {
      ...{ RetrieveServiceContent: 1, Login: 1, RetrieveProperties: 1, Logout: 1 },
      ...{ PbmRetrieveServiceContent: 1, PbmQueryProfile: 1, PbmRetrieveContent: 1 },
    });
  });

  it("follow what somebody else changes", async () => {
    await use(async (client) => {
      const before = await client.storagePolicies.list();
      await simulator().control.change(
        { operation: "createStoragePolicy", storagePolicy: "another" },
        { operation: "removeStoragePolicy", storagePolicy: gold.name },
      );
      const names = (await client.storagePolicies.list()).map(({ name }) => name);
      assert.ok(names.includes("another") && !names.includes(gold.name), names.join(", "));
      await simulator().control.change(
        { operation: "removeStoragePolicy", storagePolicy: "another" },
        { operation: "createStoragePolicy", storagePolicy: gold.name, id: gold.id },
      );
      assert.deepEqual(await client.storagePolicies.list(), before);
    });
  });

  it("need a privilege on the root folder, and the error says so", async () => {
    const account = { user: "reader@vsphere.local", password: "known" };
    await use(async (client) => {
      await assert.rejects(client.storagePolicies.list(), {
        kind: "noPermission",
        code: "NoPermission",
        message:
          /^list the storage policies: .*missing privilege StorageProfile\.View.*: grant the account StorageProfile\.View on the root folder/,
      });
    }, account);
    const viewer = { user: "viewer@vsphere.local", password: "known" };
    assert.notEqual((await use((client) => client.storagePolicies.list(), viewer)).length, 0);
  });

  it("are read in spite of moments in which the service is busy, gone or forgetful", async () => {
    for (const match of ["PbmRetrieveServiceContent", "PbmQueryProfile", "PbmRetrieveContent"]) {
      await simulator().control.addFault({ match, kind: "status", status: 503, times: 1 });
      await simulator().control.addFault({ match, kind: "reset", times: 1 });
      await simulator().control.addFault({ match, kind: "unauthenticated", times: 1 });
    }
    assert.notEqual((await use((client) => client.storagePolicies.list())).length, 0);
    for (const fault of await simulator().control.faults())
      assert.equal(fault.hits, 1, fault.match);
  });
});
