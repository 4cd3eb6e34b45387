import assert from "node:assert/strict";
import type { VCenterClient, VCenterError } from "../../../vcenter";
import {
  list,
  lookAtTask,
  lookForTasks,
  objectXml,
  properties,
  readMachine,
  reference,
  started,
  taskFault,
  taskInfo,
  text,
  type Answers,
} from "./support/answers";
import { soapAnswer, soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { done, refused, times } from "./support/harness";

const machine = { type: "VirtualMachine", id: "vm-7" };
const gone = soapFault("ManagedObjectNotFound");
const success = taskInfo("success");

function machineWith(values: Readonly<Record<string, string>>): FakeAnswer {
  return properties(objectXml("VirtualMachine", "vm-7", values));
}

const devices = [
  `<VirtualDevice xsi:type="VirtualIDEController"><key>200</key></VirtualDevice>`,
  `<VirtualDevice xsi:type="VirtualDisk"><key>2000</key><deviceInfo><label>Hard disk 1</label><summary>x</summary></deviceInfo><capacityInKB>52428800</capacityInKB><capacityInBytes>53687091200</capacityInBytes></VirtualDevice>`,
  `<VirtualDevice xsi:type="VirtualDisk"><key>2001</key><deviceInfo><label>Hard disk 2</label></deviceInfo><capacityInKB>1024</capacityInKB></VirtualDevice>`,
  `<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key></VirtualDevice>`,
];

/** The types below VirtualEthernetCard in the vSphere Web Services API 8.0. */
const adapterTypes = [
  ...["VirtualE1000", "VirtualE1000e", "VirtualPCNet32", "VirtualSriovEthernetCard"],
  ...["VirtualVmxnet", "VirtualVmxnet2", "VirtualVmxnet3", "VirtualVmxnet3Vrdma"],
];

describe("reading virtual machines", () => {
  const read = ({ virtualMachines }: VCenterClient) =>
    virtualMachines.read({ ...machine, ...{ path: "/X1/vm/a" } });

  it("takes one call for all that a machine has, every kind of network adapter included", async () => {
    const adapters = adapterTypes.map(
      (type, index) =>
        `<VirtualDevice xsi:type="vim25:${type}"><key>${4000 + index}</key><deviceInfo><label>Network adapter ${index + 1}</label></deviceInfo></VirtualDevice>`,
    );
    const answer = machineWith({
      name: text("a &amp; b"),
      "config.template": text("true", "xsd:boolean"),
      "config.createDate": text("2025-03-01T10:20:30.123456Z", "xsd:dateTime"),
      "runtime.powerState": text("poweredOff", "VirtualMachinePowerState"),
      "config.version": text("vmx-15"),
      "config.annotation": text("built &lt;today&gt;"),
      "config.hardware.device": list("VirtualDevice", ...devices, ...adapters),
      "guest.toolsVersionStatus2": text("guestToolsUnmanaged"),
    });
    const { value, names } = await done({ [readMachine]: answer }, read);
    assert.deepEqual(value, {
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
      networkAdapters: adapterTypes.map((type, index) => ({
        ...{ key: 4000 + index, label: `Network adapter ${index + 1}`, type },
      })),
      annotation: "built <today>",
      toolsStatus: "guestToolsUnmanaged",
    });
    assert.deepEqual(names, [readMachine]);
  });

  it("finds no hardware in one that is half made, and power in none that is suspended", async () => {
    const halfMade = machineWith({ name: text("new"), "runtime.powerState": text("suspended") });
    const { value } = await done({ [readMachine]: halfMade }, read);
    assert.deepEqual(value, {
      ...machine,
      ...{ name: "new", isTemplate: false, isPoweredOn: false, hardwareVersion: "" },
      ...{ disks: [], networkAdapters: [], annotation: "" },
    });
  });

  it("gives nothing for one that is gone, and an error for one that may not be read", async () => {
    assert.equal((await done({ [readMachine]: gone }, read)).value, undefined);
    const { error } = await refused({ [readMachine]: soapFault("NoPermission") }, read);
    assert.match(error.message, /^read a virtual machine \(VirtualMachine:vm-7\): NoPermission/);
  });

  it("fails for a folder that is missing", async () => {
    const { error } = await refused({ RetrieveProperties: gone }, ({ virtualMachines }) =>
      virtualMachines.inFolder({ type: "Folder", id: "group-v3" }),
    );
    assert.equal(error.kind, "notFound");
  });
});

describe("renaming a virtual machine", () => {
  for (const [fault, kind, remedy] of [
    ["NoPermission", "noPermission", /VirtualMachine\.Config\.Rename/],
    ["DuplicateName", "alreadyExists", /choose another name/],
  ] as const) {
    it(`explains ${fault}`, async () => {
      const answers = { Rename_Task: soapFault(fault, "no") };
      const { error } = await refused(answers, ({ virtualMachines }) =>
        virtualMachines.rename(machine, "new"),
      );
      assert.equal(error.kind, kind);
      assert.match(error.remedy, remedy);
      assert.match(error.message, /^rename a virtual machine \(VirtualMachine:vm-7 to new\): /);
    });
  }
});

describe("removing a virtual machine", () => {
  const power = "VirtualMachine: runtime.powerState";
  const on = machineWith({ "runtime.powerState": text("poweredOn") });
  const off = machineWith({ "runtime.powerState": text("poweredOff") });
  const destroyed = { Destroy_Task: started("Destroy_Task"), [lookAtTask]: success };
  const goneInTask = taskInfo("error", { error: taskFault("ManagedObjectNotFound") });
  const dropped = { drop: true };
  const idle = properties(objectXml("Task", "task-5", { "info.state": text("success") }));
  const destroy = ({ virtualMachines }: VCenterClient): Promise<void> =>
    virtualMachines.destroy(machine);

  const ways: readonly (readonly [what: string, answers: Answers, calls: readonly string[]])[] = [
    ["that is off", { [power]: off, ...destroyed }, [power, "Destroy_Task", lookAtTask]],
    [
      "that is on, after powering it off",
      { [power]: on, PowerOffVM_Task: started("PowerOffVM_Task"), ...destroyed },
      [power, "PowerOffVM_Task", lookAtTask, "Destroy_Task", lookAtTask],
    ],
    [
      "whose guest has shut down meanwhile",
      { [power]: [on, off], PowerOffVM_Task: soapFault("InvalidPowerState"), ...destroyed },
      [power, "PowerOffVM_Task", power, "Destroy_Task", lookAtTask],
    ],
    [
      "that is off after a lost answer",
      { [power]: [on, off], PowerOffVM_Task: dropped, [lookForTasks]: idle, ...destroyed },
      [power, "PowerOffVM_Task", lookForTasks, power, "Destroy_Task", lookAtTask],
    ],
    ["that is gone before", { [power]: gone }, [power]],
    [
      "that is gone when it is powered off",
      { [power]: on, PowerOffVM_Task: gone },
      [power, "PowerOffVM_Task"],
    ],
    ["that is gone at the start", { [power]: off, Destroy_Task: gone }, [power, "Destroy_Task"]],
    [
      "that is gone in the task",
      { [power]: off, ...destroyed, [lookAtTask]: goneInTask },
      [power, "Destroy_Task", lookAtTask],
    ],
    [
      "that is gone after a lost answer",
      { [power]: off, Destroy_Task: dropped, [lookForTasks]: gone, [readMachine]: gone },
      [power, "Destroy_Task", lookForTasks, readMachine],
    ],
  ];
  for (const [what, answers, calls] of ways) {
    it(`succeeds for one ${what}`, async () => {
      const { names, body } = await done(answers, destroy);
      assert.deepEqual(names, calls);
      for (const method of calls.filter((name) => /^\w+_Task$/.test(name))) {
        const expected = `<${method} xmlns="urn:vim25"><_this type="VirtualMachine">vm-7</_this></${method}>`;
        assert.ok(body(method).includes(expected), body(method));
      }
    });
  }

  const old = machineWith({ name: text("old") });
  const state = "<existingState>poweredOn</existingState>";
  const isOn = soapFault("InvalidPowerState", "It failed.", state);
  const forbidden = (verb: string, privilege: string): object => ({
    operation: `${verb} a virtual machine`,
    kind: "noPermission",
    remedy: `grant the account ${privilege}`,
  });
  const faults: readonly (readonly [what: string, answers: Answers, expected: object])[] = [
    [
      "may not be powered off",
      { [power]: on, PowerOffVM_Task: soapFault("NoPermission") },
      forbidden("power off", "VirtualMachine.Interact.PowerOff on the machine"),
    ],
    [
      "may not be removed",
      { [power]: off, Destroy_Task: soapFault("NoPermission") },
      forbidden("remove", "VirtualMachine.Inventory.Delete on the machine and on its folder"),
    ],
    [
      "was powered on again",
      { [power]: off, Destroy_Task: isOn },
      { kind: "resourceInUse", answer: "InvalidPowerState, It failed., state poweredOn" },
    ],
    [
      "cannot be powered off for another reason",
      { [power]: on, PowerOffVM_Task: soapFault("TaskInProgress") },
      { kind: "resourceInUse", code: "TaskInProgress" },
    ],
    [
      "is on after a lost answer",
      { [power]: on, PowerOffVM_Task: dropped, [lookForTasks]: idle },
      { operation: "power off a virtual machine", kind: "unreachable" },
    ],
    [
      "is there after a lost answer",
      { [power]: off, Destroy_Task: dropped, [lookForTasks]: idle, [readMachine]: old },
      { operation: "remove a virtual machine", kind: "unreachable" },
    ],
  ];
  for (const [what, answers, expected] of faults) {
    it(`fails for one that ${what}, after one attempt`, async () => {
      const { error, names } = await refused(answers, destroy);
      for (const [key, value] of Object.entries(expected)) {
        assert.equal(error[key as keyof VCenterError], value);
      }
      const changes = names.filter((name) => /^\w+_Task$/.test(name));
      assert.deepEqual(changes, [
        "PowerOffVM_Task" in answers ? "PowerOffVM_Task" : "Destroy_Task",
      ]);
      assert.ok(times(names, power) <= 2);
    });
  }
});

describe("finding an object", () => {
  it("takes the one of the wanted type beside another: a machine with the name of a folder", async () => {
    const child = (id: string, name: string): string =>
      objectXml("VirtualMachine", id, { name: text(name) });
    const { value, names } = await done(
      {
        FindByInventoryPath: ["group-v7", "group-v3"].map((id) =>
          reference("FindByInventoryPath", "Folder", id),
        ),
        "VirtualMachine: name": properties(child("vm-8", "other"), child("vm-9", "web")),
      },
      ({ virtualMachines }) => virtualMachines.find("/X1/vm/web", ["VirtualMachine"]),
    );
    assert.deepEqual(value, { type: "VirtualMachine", id: "vm-9" });
    assert.deepEqual(names, [
      ...["FindByInventoryPath", "FindByInventoryPath"],
      "VirtualMachine: name",
    ]);
  });
});

describe("vCenter's clock", () => {
  it("must be a time", async () => {
    const none = soapAnswer("CurrentTime", "<returnval/>");
    const { error } = await refused({ CurrentTime: none }, (client) => client.currentTime());
    assert.equal(error.kind, "unexpectedAnswer");
    assert.match(error.message, /^ask vCenter for its time: its answer holds no time: /);
  });
});
