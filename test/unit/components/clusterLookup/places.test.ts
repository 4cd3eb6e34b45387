import assert from "node:assert/strict";

import { clusterVCenter, reasonsOf } from "../../../support/clusterVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";

const pools = "/X1/host/x1_cluster_prod/Resources";

describe("a look at what is there for the nodes of a cluster", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = clusterVCenter();
  });

  describe("a resource pool", () => {
    const remedy =
      "and the installer would not find it: make the pool, or correct baseResourcePool or the resourcePool of the " +
      "instance class";

    it("is found, one call for each", async () => {
      assert.deepEqual(await reasonsOf(vCenter, { resourcePools: [pools, `${pools}/packer`] }), []);
      assert.deepEqual(
        vCenter.calls.filter((call) => call.startsWith(`find ${pools}`)),
        [`find ${pools}`, `find ${pools}/packer`],
      );
    });

    it("is told when it is missing, every one", async () => {
      assert.deepEqual(
        await reasonsOf(vCenter, { resourcePools: [`${pools}/a`, pools, `${pools}/b`] }),
        [
          `${pools}/a: no such resource pool in vCenter, or this account cannot see it, ${remedy}`,
          `${pools}/b: no such resource pool in vCenter, or this account cannot see it, ${remedy}`,
        ],
      );
    });

    it("is told when something else is there", async () => {
      vCenter.machines.add(`${pools}/app`, "VirtualApp:resgroup-v1");
      assert.deepEqual(await reasonsOf(vCenter, { resourcePools: [`${pools}/app`] }), [
        `${pools}/app: it is a vApp, and no resource pool, ${remedy}`,
      ]);
    });
  });

  describe("the folder for virtual machines", () => {
    it("may be missing when the installer makes it, in a folder that is there", async () => {
      for (const path of ["/X1/vm/k8s/x9", "/X1/vm/x9"]) {
        assert.deepEqual(await reasonsOf(vCenter, { vmFolder: { path, exists: false } }), []);
      }
    });

    it("may be made right below the datacenter's own folder, which an account may not see", async () => {
      vCenter.unregister("Folder:group-v1");
      const vmFolder = { path: "/X1/vm/x9", exists: false };
      assert.deepEqual(await reasonsOf(vCenter, { vmFolder }), []);
    });

    it("is told when the installer makes it and the folder above it is missing", async () => {
      const vmFolder = { path: "/X1/vm/k9s/x1", exists: false };
      assert.deepEqual(await reasonsOf(vCenter, { vmFolder }), [
        "/X1/vm/k9s: no such folder in vCenter, or this account cannot see it, and the installer, which makes " +
          '/X1/vm/k9s/x1, would stop with "error trying to determine parent folder": make it, or correct the path; the ' +
          "nearest that exist are /X1/vm/k8s, /X1/vm/k8s/x1, /X1/vm/Templates",
      ]);
    });

    it("is told when it has to be there and is missing", async () => {
      const vmFolder = { path: "/X1/vm/k8s/x9", exists: true };
      assert.deepEqual(await reasonsOf(vCenter, { vmFolder }), [
        "/X1/vm/k8s/x9: no such folder in vCenter, or this account cannot see it, and the installer, which vmFolderExists " +
          "tells that it is there, would not make it: make it, write vmFolderExists: false, or correct the path; the " +
          "nearest that exist are /X1/vm/k8s/x1, /X1/vm/k8s, /X1/vm/Templates",
      ]);
    });
  });

  describe("a template that an instance class names", () => {
    const path = "/X1/vm/Templates/ubuntu";
    const remedy =
      "correct the template of the instance class, or leave it out there and let templateImage build one";

    const templates = (changes: object = {}) =>
      reasonsOf(vCenter, { templates: [{ path, smallestRootDisk: 50, ...changes }] });

    it("may be a machine that is switched off", async () => {
      assert.deepEqual(await templates(), []);
      vCenter.machines.addTemplate(path, { isTemplate: false });
      assert.deepEqual(await templates(), []);
    });

    it("is told when it is missing", async () => {
      assert.deepEqual(await templates({ path: "/X1/vm/Templates/debian" }), [
        `/X1/vm/Templates/debian: no such template in vCenter, or this account cannot see it: ${remedy}`,
      ]);
    });

    it("is told when a folder is there", async () => {
      assert.deepEqual(await templates({ path: "/X1/vm/Templates" }), [
        `/X1/vm/Templates: it is a folder, and nodes cannot be cloned from it: ${remedy}`,
      ]);
    });

    it("is told with all that Deckhouse would not like about it", async () => {
      vCenter.machines.addTemplate(path, { disks: [], networkAdapters: [] });
      assert.deepEqual(await templates(), [
        `${path}: it has 0 disks, but Deckhouse requires exactly one: leave one`,
        `${path}: it has no network adapter, but Deckhouse uses the type of the first one: add one`,
      ]);
    });

    it("has a disk that fits into the smallest root disk, which may be unknown", async () => {
      assert.deepEqual(await templates({ smallestRootDisk: 20 }), []);
      assert.deepEqual(await templates({ smallestRootDisk: 0 }), []);
      assert.deepEqual(await templates({ smallestRootDisk: 19 }), [
        `${path}: its disk has 20 GiB, but a node asks for a root disk of 19 GiB, which cannot be smaller than the ` +
          "template's: raise rootDiskSize",
      ]);
    });
  });
});
