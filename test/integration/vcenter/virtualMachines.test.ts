import assert from "node:assert/strict";
import {
  type CloneTarget,
  type ManagedObjectReference,
  type VCenterClient,
  type VirtualMachine,
} from "../../../vcenter";
import { govc } from "./govc";
import { simulated } from "./simulated";

const templates = "/X1/vm/Templates";

/** Where a copy goes in the second datacenter, by the paths there. */
const secondPlace = {
  folder: "/X2/vm/Templates",
  resourcePool: "/X2/host/x2_cluster_prod/Resources",
  datastore: "/X2/datastore/x2_lun_1",
  network: "/X2/network/k8s-nodes",
};

describe("virtual machines of the simulated vCenter", () => {
  const { simulator, use } = simulated();

  /** Makes a machine with one disk and one adapter in the folder for templates. */
  async function create(name: string, kind: "template" | "off" | "on"): Promise<void> {
    await govc(
      simulator(),
      ...["vm.create", `-on=${kind === "on"}`, "-dc", "X1", "-folder", templates],
      ...["-pool", "/X1/host/x1_cluster_prod/Resources", "-ds", "x1_lun_1", "-disk", "2GB"],
      ...["-net", "k8s-public", "-net.adapter", "vmxnet3", "-version", "vmx-15"],
      ...["-annotation", "made by <govc>", name],
    );
    if (kind === "template") await govc(simulator(), "vm.markastemplate", `${templates}/${name}`);
  }

  async function at(client: VCenterClient, path: string): Promise<ManagedObjectReference> {
    const found = await client.virtualMachines.findAny(path);
    assert.ok(found, `${path} is missing`);
    return found;
  }

  async function read(client: VCenterClient, path: string): Promise<VirtualMachine> {
    const machine = await client.virtualMachines.read(await at(client, path));
    assert.ok(machine, `${path} is gone`);
    return machine;
  }

  async function placeFor(client: VCenterClient, name: string): Promise<CloneTarget> {
    return {
      name,
      folder: await at(client, secondPlace.folder),
      resourcePool: await at(client, secondPlace.resourcePool),
      datastore: await at(client, secondPlace.datastore),
      network: await at(client, secondPlace.network),
    };
  }

  it("are found by a name in decomposed Unicode, and the other way round", async () => {
    const composed = "Узел й".normalize("NFC");
    const apart = "Шаблон й".normalize("NFD");
    await create(composed, "off");
    await create(apart, "off");
    await use(async (client) => {
      await at(client, `${templates}/${composed.normalize("NFD")}`);
      await at(client, `${templates}/${apart.normalize("NFC")}`);
      await at(client, `${templates}/${apart}`);
      assert.equal(
        await client.virtualMachines.find(`${templates}/й`, ["VirtualMachine"]),
        undefined,
      );
    });
  });

  it("finds what the inventory lists and what it does not", async () => {
    await use(async (client) => {
      const types = [
        ["/X1/host/x1_cluster_prod/x1_cluster_prod_host_1", "HostSystem"],
        ["/X1/host/x1_cluster_prod/Resources", "ResourcePool"],
        ["/X1/vm/Templates", "Folder"],
        ["X1", "Datacenter"],
      ] as const;
      for (const [path, type] of types) {
        assert.equal((await client.virtualMachines.find(path, [type]))?.type, type);
        assert.equal(await client.virtualMachines.find(path, ["Datastore"]), undefined);
      }
      assert.equal(await client.virtualMachines.findAny("/X1/vm/Templates/none"), undefined);
    });
  });

  it("tells the time", async () => {
    const time = await use((client) => client.currentTime());
    assert.ok(Math.abs(time.getTime() - Date.now()) < 60_000, time.toISOString());
  });

  it("reads a template, and a machine that is on", async () => {
    await create("a template", "template");
    await create("running", "on");
    await use(async (client) => {
      const template = await read(client, `${templates}/a template`);
      assert.equal(template.name, "a template");
      assert.equal(template.isTemplate, true);
      assert.equal(template.isPoweredOn, false);
      assert.equal(template.hardwareVersion, "vmx-15");
      assert.equal(template.annotation, "made by <govc>");
      assert.deepEqual(
        template.disks.map(({ capacityBytes }) => capacityBytes),
        [2 * 1024 ** 3],
      );
      assert.deepEqual(
        template.networkAdapters.map(({ type }) => type),
        ["VirtualVmxnet3"],
      );
      assert.ok(Math.abs((template.created?.getTime() ?? 0) - Date.now()) < 60_000);
      const running = await read(client, `${templates}/running`);
      assert.equal(running.isTemplate, false);
      assert.equal(running.isPoweredOn, true);
      const listed = await client.virtualMachines.inFolder(await at(client, templates));
      for (const { type, id, name, isTemplate, isPoweredOn, created } of [template, running]) {
        const summary = listed.find((machine) => machine.id === id);
        assert.deepEqual(summary, { type, id, name, isTemplate, isPoweredOn, created });
      }
    });
  });

  it("lists a folder in one call, without what is in folders below", async () => {
    await create("only one", "off");
    await use(async (client) => {
      const above = await at(client, "/X1/vm");
      const folder = await at(client, templates);
      await simulator().control.resetCalls();
      assert.deepEqual(await client.virtualMachines.inFolder(above), []);
      const machines = await client.virtualMachines.inFolder(folder);
      assert.ok(machines.some(({ name }) => name === "only one"));
      assert.deepEqual((await simulator().control.calls()).soap, { RetrieveProperties: 2 });
    });
  });

  it("renames, and refuses a name that is taken", async () => {
    await create("first", "template");
    await create("second", "template");
    await use(async (client) => {
      const machine = await at(client, `${templates}/first`);
      await client.virtualMachines.rename(machine, "third");
      assert.deepEqual(await at(client, `${templates}/third`), machine);
      await assert.rejects(client.virtualMachines.rename(machine, "second"), {
        kind: "alreadyExists",
        code: "DuplicateName",
      });
    });
  });

  it("removes machines that are on or off, templates, and what is gone", async () => {
    await create("on", "on");
    await create("off", "off");
    await create("template", "template");
    await use(async (client) => {
      for (const name of ["on", "off", "template"]) {
        const machine = await at(client, `${templates}/${name}`);
        await client.virtualMachines.destroy(machine);
        assert.equal(await client.virtualMachines.read(machine), undefined, name);
        await client.virtualMachines.destroy(machine);
      }
    });
  });

  it("copies a template to another datacenter and its network", async () => {
    await create("original", "template");
    await use(async (client) => {
      const original = await read(client, `${templates}/original`);
      const target = await placeFor(client, "copy");
      const reference = await client.virtualMachines.clone(original, target);
      assert.deepEqual(await at(client, `${secondPlace.folder}/copy`), reference);
      const copy = await read(client, `${secondPlace.folder}/copy`);
      assert.equal(copy.isTemplate, true);
      assert.equal(copy.hardwareVersion, original.hardwareVersion);
      assert.deepEqual(
        copy.networkAdapters.map(({ type }) => type),
        ["VirtualVmxnet3"],
      );
      assert.equal(copy.disks[0]?.capacityBytes, original.disks[0]?.capacityBytes);
      const { network } = target;
      const collect = ["object.collect", "-json"];
      for (const [path, isThere] of [
        [`${secondPlace.folder}/copy`, true],
        [`${templates}/original`, false],
      ] as const) {
        const devices = await govc(simulator(), ...collect, path, "config.hardware.device");
        assert.match(devices, /"portgroupKey": "dvportgroup-/);
        assert.equal(devices.includes(`"portgroupKey": "${network.id}"`), isThere, devices);
      }
      await assert.rejects(client.virtualMachines.clone(original, target), {
        kind: "alreadyExists",
      });
    });
  });

  it("finds out what came of a change whose answer was lost", async () => {
    await create("lost", "template");
    const lost = { kind: "reset", afterEffect: true, times: 1 } as const;
    await use(async (client) => {
      const original = await at(client, `${templates}/lost`);
      const target = await placeFor(client, "found");
      await simulator().control.resetCalls();
      await simulator().control.addFault({ match: "CloneVM_Task", ...lost });
      const copy = await client.virtualMachines.clone(original, target);
      assert.deepEqual(await at(client, `${secondPlace.folder}/found`), copy);
      await simulator().control.addFault({ match: "Rename_Task", ...lost });
      await client.virtualMachines.rename(copy, "renamed");
      assert.equal((await client.virtualMachines.read(copy))?.name, "renamed");
      await simulator().control.addFault({ match: "Destroy_Task", ...lost });
      await client.virtualMachines.destroy(copy);
      assert.equal(await client.virtualMachines.read(copy), undefined);
      const { soap } = await simulator().control.calls();
      assert.deepEqual(
        [soap.CloneVM_Task, soap.Rename_Task, soap.Destroy_Task],
        [1, 1, 1],
        JSON.stringify(soap),
      );
    });
  });

  it("does not copy again what never came to be", async () => {
    await create("refused", "template");
    await use(async (client) => {
      const original = await at(client, `${templates}/refused`);
      const target = await placeFor(client, "never");
      await simulator().control.resetCalls();
      await simulator().control.addFault({ match: "CloneVM_Task", kind: "reset", times: 1 });
      await assert.rejects(client.virtualMachines.clone(original, target), { kind: "unreachable" });
      assert.equal((await simulator().control.calls()).soap.CloneVM_Task, 1);
    });
  });
});
