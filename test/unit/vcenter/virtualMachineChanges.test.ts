import assert from "node:assert/strict";
import { soapAnswer, soapFault } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import {
  lookAtTask,
  objectXml,
  properties,
  script,
  started,
  taskFault,
  taskInfo,
  text,
} from "./support/machineAnswers";

const machine = { type: "VirtualMachine", id: "vm-7" };
const power = "VirtualMachine: runtime.powerState";

function powerState(state: string) {
  return properties(objectXml("VirtualMachine", "vm-7", { "runtime.powerState": text(state) }));
}

describe("renaming a virtual machine", function () {
  this.timeout(20_000);

  it("is a task that is waited for", async () => {
    const { responder, names } = script({
      Rename_Task: started("Rename_Task"),
      [lookAtTask]: [taskInfo("running"), taskInfo("success")],
    });
    await withFake(responder, async ({ virtualMachines }, fake) => {
      await virtualMachines.rename({ ...machine, ...{ name: "old" } }, "new <name>");
      assert.deepEqual(names, ["Rename_Task", lookAtTask, lookAtTask]);
      const body = fake.calls.find(({ name }) => name === "Rename_Task")?.body ?? "";
      assert.ok(
        body.includes(
          `<Rename_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-7</_this><newName>new &lt;name&gt;</newName></Rename_Task>`,
        ),
        body,
      );
    });
  });

  for (const [fault, kind, remedy] of [
    ["NoPermission", "noPermission", /VirtualMachine\.Config\.Rename/],
    ["DuplicateName", "alreadyExists", /choose another name/],
    ["TaskInProgress", "resourceInUse", /ended the other task/],
    ["ManagedObjectNotFound", "notFound", /./],
    ["SomethingNew", "unexpectedAnswer", /correct what vCenter names/],
  ] as const) {
    for (const [when, answers] of [
      ["at the start", { Rename_Task: soapFault(fault, "no") }],
      [
        "by its task",
        {
          Rename_Task: started("Rename_Task"),
          [lookAtTask]: taskInfo("error", { error: taskFault(fault, "no") }),
        },
      ],
    ] as const) {
      it(`tells of ${fault} ${when}`, async () => {
        await withFake(script(answers).responder, async ({ virtualMachines }) => {
          const error = await failure(virtualMachines.rename(machine, "new"));
          assert.equal(error.kind, kind);
          assert.equal(error.code, fault);
          assert.equal(error.answer, `${fault}, no`);
          assert.match(error.remedy, remedy);
          assert.match(error.message, /^rename a virtual machine \(VirtualMachine:vm-7 to new\): /);
        });
      });
    }
  }
});

describe("removing a virtual machine", function () {
  this.timeout(20_000);
  const success = taskInfo("success");

  it("that is off takes one task", async () => {
    const { responder, names } = script({
      [power]: powerState("poweredOff"),
      Destroy_Task: started("Destroy_Task"),
      [lookAtTask]: success,
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.destroy(machine);
      assert.deepEqual(names, [power, "Destroy_Task", lookAtTask]);
    });
  });

  it("that is on switches it off before", async () => {
    const { responder, names } = script({
      [power]: powerState("poweredOn"),
      PowerOffVM_Task: started("PowerOffVM_Task"),
      Destroy_Task: started("Destroy_Task"),
      [lookAtTask]: success,
    });
    await withFake(responder, async ({ virtualMachines }, fake) => {
      await virtualMachines.destroy(machine);
      assert.deepEqual(names, [power, "PowerOffVM_Task", lookAtTask, "Destroy_Task", lookAtTask]);
      for (const method of ["PowerOffVM_Task", "Destroy_Task"]) {
        const body = fake.calls.find(({ name }) => name === method)?.body ?? "";
        const expected = `<${method} xmlns="urn:vim25"><_this type="VirtualMachine">vm-7</_this></${method}>`;
        assert.ok(body.includes(expected), body);
      }
    });
  });

  it("goes on when the guest switched itself off meanwhile", async () => {
    const { responder, names } = script({
      [power]: [powerState("poweredOn"), powerState("poweredOff")],
      PowerOffVM_Task: soapFault("InvalidPowerState"),
      Destroy_Task: started("Destroy_Task"),
      [lookAtTask]: success,
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.destroy(machine);
      assert.deepEqual(names, [power, "PowerOffVM_Task", power, "Destroy_Task", lookAtTask]);
    });
  });

  const gone = soapFault("ManagedObjectNotFound");
  for (const [when, answers] of [
    ["before", { [power]: gone }],
    ["when it is switched off", { [power]: powerState("poweredOn"), PowerOffVM_Task: gone }],
    ["at the start", { [power]: powerState("poweredOff"), Destroy_Task: gone }],
    [
      "in the task",
      {
        [power]: powerState("poweredOff"),
        Destroy_Task: started("Destroy_Task"),
        [lookAtTask]: taskInfo("error", { error: taskFault("ManagedObjectNotFound") }),
      },
    ],
  ] as const) {
    it(`is done when it is found gone ${when}`, async () => {
      await withFake(script(answers).responder, async ({ virtualMachines }) => {
        await virtualMachines.destroy(machine);
      });
    });
  }

  it("names the privilege that is missing", async () => {
    for (const [answers, operation, remedy] of [
      [
        { [power]: powerState("poweredOn"), PowerOffVM_Task: soapFault("NoPermission") },
        "switch off a virtual machine",
        /VirtualMachine\.Interact\.PowerOff/,
      ],
      [
        { [power]: powerState("poweredOff"), Destroy_Task: soapFault("NoPermission") },
        "remove a virtual machine",
        /VirtualMachine\.Inventory\.Delete/,
      ],
    ] as const) {
      const { responder, names } = script(answers);
      await withFake(responder, async ({ virtualMachines }) => {
        const error = await failure(virtualMachines.destroy(machine));
        assert.equal(error.kind, "noPermission");
        assert.equal(error.operation, operation);
        assert.match(error.remedy, remedy);
        assert.equal(names.length, 2);
      });
    }
  });

  it("that was switched on again fails", async () => {
    const existing = "<existingState>poweredOn</existingState>";
    const { responder } = script({
      [power]: powerState("poweredOff"),
      Destroy_Task: soapFault("InvalidPowerState", "The attempt failed.", existing),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(virtualMachines.destroy(machine));
      assert.equal(error.kind, "resourceInUse");
      assert.equal(error.answer, "InvalidPowerState, The attempt failed., state poweredOn");
    });
  });

  it("is not done when switching it off failed for another reason", async () => {
    const { responder, names } = script({
      [power]: powerState("poweredOn"),
      PowerOffVM_Task: soapFault("TaskInProgress"),
      Destroy_Task: soapAnswer("Destroy_Task"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      assert.equal((await failure(virtualMachines.destroy(machine))).code, "TaskInProgress");
      assert.deepEqual(names, [power, "PowerOffVM_Task", power]);
    });
  });
});
