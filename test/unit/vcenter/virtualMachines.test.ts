import assert from "node:assert/strict";
import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import { objectXml, properties, reference, script, text } from "./support/machineAnswers";

const machine = { type: "VirtualMachine", id: "vm-7" };
const machinePaths =
  "VirtualMachine: name config.template config.createDate runtime.powerState config.version config.annotation config.hardware.device guest.toolsVersionStatus2";
const summaryPaths = "VirtualMachine: name config.template config.createDate runtime.powerState";

const devices = `<val xsi:type="ArrayOfVirtualDevice">
<VirtualDevice xsi:type="VirtualIDEController"><key>200</key></VirtualDevice>
<VirtualDevice xsi:type="VirtualDisk"><key>2000</key><deviceInfo><label>Hard disk 1</label><summary>x</summary></deviceInfo><capacityInKB>52428800</capacityInKB><capacityInBytes>53687091200</capacityInBytes></VirtualDevice>
<VirtualDevice xsi:type="VirtualDisk"><key>2001</key><deviceInfo><label>Hard disk 2</label></deviceInfo><capacityInKB>1024</capacityInKB></VirtualDevice>
<VirtualDevice xsi:type="vim25:VirtualVmxnet3"><key>4000</key><deviceInfo><label>Network adapter 1</label></deviceInfo></VirtualDevice>
<VirtualDevice xsi:type="VirtualE1000e"><key>4001</key><deviceInfo><label>Network adapter 2</label></deviceInfo></VirtualDevice>
<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key></VirtualDevice></val>`;

describe("virtual machines", function () {
  this.timeout(20_000);

  it("are read in one call", async () => {
    const { responder, names } = script({
      [machinePaths]: properties(
        objectXml("VirtualMachine", "vm-7", {
          name: text("a &amp; b"),
          "config.template": text("true", "xsd:boolean"),
          "config.createDate": text("2025-03-01T10:20:30.123456Z", "xsd:dateTime"),
          "runtime.powerState": text("poweredOff", "VirtualMachinePowerState"),
          "config.version": text("vmx-15"),
          "config.annotation": text("built &lt;today&gt;"),
          "config.hardware.device": devices,
          "guest.toolsVersionStatus2": text("guestToolsUnmanaged"),
        }),
      ),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      assert.deepEqual(await virtualMachines.read({ ...machine, ...{ path: "/X1/vm/a" } }), {
        ...machine,
        name: "a & b",
        isTemplate: true,
        isPoweredOn: false,
        created: new Date("2025-03-01T10:20:30.123Z"),
        hardwareVersion: "vmx-15",
        disks: [
          { key: 2000, label: "Hard disk 1", capacityBytes: 53_687_091_200 },
          { key: 2001, label: "Hard disk 2", capacityBytes: 1_048_576 },
        ],
        networkAdapters: [
          { key: 4000, label: "Network adapter 1", type: "VirtualVmxnet3" },
          { key: 4001, label: "Network adapter 2", type: "VirtualE1000e" },
        ],
        annotation: "built <today>",
        toolsStatus: "guestToolsUnmanaged",
      });
      assert.deepEqual(names, [machinePaths]);
    });
  });

  for (const type of [
    ...["VirtualE1000", "VirtualE1000e", "VirtualPCNet32", "VirtualSriovEthernetCard"],
    ...["VirtualVmxnet", "VirtualVmxnet2", "VirtualVmxnet3", "VirtualVmxnet3Vrdma"],
  ]) {
    it(`know ${type} as a network adapter`, async () => {
      const device = `<val xsi:type="ArrayOfVirtualDevice"><VirtualDevice xsi:type="${type}"><key>4000</key></VirtualDevice></val>`;
      const { responder } = script({
        [machinePaths]: properties(
          objectXml("VirtualMachine", "vm-7", { "config.hardware.device": device }),
        ),
      });
      await withFake(responder, async ({ virtualMachines }) => {
        const read = await virtualMachines.read(machine);
        assert.deepEqual(read?.networkAdapters, [{ key: 4000, label: "", type }]);
      });
    });
  }

  it("that are half made have no hardware yet", async () => {
    const { responder } = script({
      [machinePaths]: properties(objectXml("VirtualMachine", "vm-7", { name: text("new") })),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      assert.deepEqual(await virtualMachines.read(machine), {
        ...machine,
        name: "new",
        isTemplate: false,
        isPoweredOn: false,
        hardwareVersion: "",
        disks: [],
        networkAdapters: [],
        annotation: "",
      });
    });
  });

  it("that are gone are undefined, and other refusals are errors", async () => {
    const gone = script({ [machinePaths]: soapFault("ManagedObjectNotFound") });
    await withFake(gone.responder, async ({ virtualMachines }) => {
      assert.equal(await virtualMachines.read(machine), undefined);
    });
    const refused = script({ [machinePaths]: soapFault("NoPermission") });
    await withFake(refused.responder, async ({ virtualMachines }) => {
      const error = await failure(virtualMachines.read(machine));
      assert.match(error.message, /^read a virtual machine \(VirtualMachine:vm-7\): NoPermission/);
    });
  });

  it("of a folder are listed in one call, one step down", async () => {
    const listed = Array.from({ length: 300 }, (_, index) =>
      objectXml("VirtualMachine", `vm-${index}`, {
        name: text(`node-${index}`),
        "config.template": text(`${index === 0}`, "xsd:boolean"),
        "runtime.powerState": text(index === 1 ? "poweredOn" : "suspended"),
      }),
    );
    const { responder, names } = script({ [summaryPaths]: properties(...listed) });
    await withFake(responder, async ({ virtualMachines }, fake) => {
      const machines = await virtualMachines.inFolder({ type: "Folder", id: "group-v3" });
      assert.equal(machines.length, 300);
      assert.deepEqual(machines.slice(0, 2), [
        {
          ...{ type: "VirtualMachine", id: "vm-0", name: "node-0" },
          ...{ isTemplate: true, isPoweredOn: false },
        },
        {
          ...{ type: "VirtualMachine", id: "vm-1", name: "node-1" },
          ...{ isTemplate: false, isPoweredOn: true },
        },
      ]);
      assert.deepEqual(names, [summaryPaths]);
      const body = fake.calls.at(-1)?.body ?? "";
      assert.ok(
        body.includes(
          `<objectSet><obj type="Folder">group-v3</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><type>Folder</type><path>childEntity</path><skip>false</skip></selectSet></objectSet>`,
        ),
        body,
      );
    });
  });

  it("of an empty folder are none, of a missing one an error", async () => {
    const folder = { type: "Folder", id: "group-v3" };
    await withFake(script({ [summaryPaths]: properties() }).responder, async (client) => {
      assert.deepEqual(await client.virtualMachines.inFolder(folder), []);
    });
    const missing = script({ [summaryPaths]: soapFault("ManagedObjectNotFound") });
    await withFake(missing.responder, async (client) => {
      assert.equal((await failure(client.virtualMachines.inFolder(folder))).kind, "notFound");
    });
  });
});

describe("finding an object", function () {
  this.timeout(20_000);

  it("takes one call", async () => {
    const found = reference("FindByInventoryPath", "HostSystem", "host-4");
    const { responder, names } = script({ FindByInventoryPath: found });
    await withFake(responder, async ({ virtualMachines }, fake) => {
      const path = "/X1/host/a & b/host_1";
      const found = await virtualMachines.find(path, ["HostSystem"]);
      assert.deepEqual(found, { type: "HostSystem", id: "host-4" });
      assert.deepEqual(names, ["FindByInventoryPath"]);
      assert.match(
        fake.calls.at(-1)?.body ?? "",
        /<_this type="SearchIndex">SearchIndex<\/_this><inventoryPath>\/X1\/host\/a &amp; b\/host_1</,
      );
    });
  });

  it("takes the one of the wanted type where another has its path: a machine with the name of a folder", async () => {
    const child = (type: string, id: string, name: string): string =>
      objectXml(type, id, { name: text(name) });
    const { responder, names } = script({
      FindByInventoryPath: [
        reference("FindByInventoryPath", "Folder", "group-v7"),
        reference("FindByInventoryPath", "Folder", "group-v3"),
      ],
      "VirtualMachine: name": properties(
        child("VirtualMachine", "vm-8", "other"),
        child("VirtualMachine", "vm-9", "web"),
      ),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      const found = await virtualMachines.find("/X1/vm/web", ["VirtualMachine"]);
      assert.deepEqual(found, { type: "VirtualMachine", id: "vm-9" });
      assert.deepEqual(names, [
        ...["FindByInventoryPath", "FindByInventoryPath"],
        "VirtualMachine: name",
      ]);
    });
  });

  it("gives nothing when there is none", async () => {
    const { responder } = script({ FindByInventoryPath: soapAnswer("FindByInventoryPath") });
    await withFake(responder, async ({ virtualMachines }) => {
      assert.equal(await virtualMachines.find("/X1/vm/none", ["Folder"]), undefined);
    });
  });
});

describe("vCenter's clock", function () {
  this.timeout(20_000);

  it("is read", async () => {
    const now = `<returnval>2025-03-01T10:20:30.5Z</returnval>`;
    await withFake(
      script({ CurrentTime: soapAnswer("CurrentTime", now) }).responder,
      async (client) => {
        assert.deepEqual(await client.currentTime(), new Date("2025-03-01T10:20:30.500Z"));
      },
    );
  });

  it("must be a time", async () => {
    const { responder } = script({ CurrentTime: soapAnswer("CurrentTime", "<returnval/>") });
    await withFake(responder, async (client) => {
      const error = await failure(client.currentTime());
      assert.equal(error.kind, "unexpectedAnswer");
      assert.match(error.message, /^ask vCenter for its time: its answer holds no time: /);
    });
  });
});
