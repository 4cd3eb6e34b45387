import assert from "node:assert/strict";
import { VCenterClient, type ManagedObjectReference, type VirtualMachines } from "../../../vcenter";
import { FakeVCenter, soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { failure, pause, quick, until, withFake } from "./support/harness";
import {
  lookAtTask,
  lookForTasks,
  objectXml,
  properties,
  reference,
  script,
  started,
  taskInfo,
  text,
} from "./support/machineAnswers";

const machine = { type: "VirtualMachine", id: "vm-7" };
const idle = properties(objectXml("Task", "task-5", { "info.state": text("success") }));
const busy = properties(
  objectXml("Task", "task-5", { "info.state": text("success") }),
  objectXml("Task", "task-6", { "info.state": text("running") }),
);
const gone = soapFault("ManagedObjectNotFound");
const machinePaths =
  "VirtualMachine: name config.template config.createDate runtime.powerState config.version config.annotation config.hardware.device guest.toolsVersionStatus2";

/** Ways in which an answer gets lost; the work may be done all the same. */
const losses: readonly (readonly [string, FakeAnswer])[] = [
  ["a dropped connection", { drop: true }],
  ["no answer in time", { delayMilliseconds: 1000 }],
  ["a proxy's 502", { status: 502, body: "<html>Bad gateway</html>" }],
  ["a 503", { status: 503 }],
  ["a 504", { status: 504 }],
  ["a page instead of an answer", { status: 200, body: "<html>hello</html>" }],
];
const impatient = { ...quick, timeoutMilliseconds: 500 };

function named(name: string): FakeAnswer {
  return properties(objectXml("VirtualMachine", "vm-7", { name: text(name) }));
}

function times(names: readonly string[], name: string): number {
  return names.filter((candidate) => candidate === name).length;
}

describe("a task whose start got no answer", function () {
  this.timeout(20_000);

  for (const [what, lost] of losses) {
    it(`is not started again after ${what}, when it was done`, async () => {
      const { responder, names } = script({
        Rename_Task: lost,
        [lookForTasks]: idle,
        "VirtualMachine: name": named("new"),
      });
      const test = async ({ virtualMachines }: VCenterClient, fake: FakeVCenter): Promise<void> => {
        await virtualMachines.rename(machine, "new");
        assert.deepEqual(names, ["Rename_Task", lookForTasks, "VirtualMachine: name"]);
        assert.match(
          fake.calls.at(-2)?.body ?? "",
          /<obj type="VirtualMachine">vm-7<\/obj><skip>true<\/skip><selectSet xsi:type="TraversalSpec"><type>VirtualMachine<\/type><path>recentTask<\/path>/,
        );
      };
      await withFake(responder, test, impatient);
    });

    it(`is an error after ${what}, when it was not done`, async () => {
      const { responder, names } = script({
        Rename_Task: lost,
        [lookForTasks]: idle,
        "VirtualMachine: name": named("old"),
      });
      const test = async ({ virtualMachines }: VCenterClient): Promise<void> => {
        const error = await failure(virtualMachines.rename(machine, "new"));
        assert.equal(error.operation, "rename a virtual machine");
        assert.ok(
          ["timeout", "unreachable", "unavailable", "unexpectedAnswer"].includes(error.kind),
        );
        assert.equal(times(names, "Rename_Task"), 1);
      };
      await withFake(responder, test, impatient);
    });
  }

  it("waits for what runs on the object, and only then looks", async () => {
    const { responder, names } = script({
      Rename_Task: { drop: true },
      [lookForTasks]: [busy, busy, idle],
      "VirtualMachine: name": named("new"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.rename(machine, "new");
      assert.deepEqual(names, [
        "Rename_Task",
        ...[lookForTasks, lookForTasks, lookForTasks],
        "VirtualMachine: name",
      ]);
    });
  });

  it("advises to look among vCenter's tasks", async () => {
    const { responder } = script({
      Rename_Task: { drop: true },
      [lookForTasks]: soapFault("NoPermission"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(virtualMachines.rename(machine, "new"));
      assert.equal(error.kind, "unreachable");
      assert.match(error.remedy, /look among vCenter's tasks whether it was started/);
    });
  });

  it("is started again after an answer that refuses it for being too many", async () => {
    const { responder, names } = script({
      Rename_Task: [{ status: 429 }, { status: 429 }, started("Rename_Task")],
      [lookAtTask]: taskInfo("success"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.rename(machine, "new");
      assert.equal(times(names, "Rename_Task"), 3);
    });
  });

  it("is started again after the session was found ended", async () => {
    const { responder, names } = script({
      Rename_Task: [soapFault("NotAuthenticated"), started("Rename_Task")],
      [lookAtTask]: taskInfo("success"),
    });
    await withFake(responder, async ({ virtualMachines }, fake) => {
      await virtualMachines.rename(machine, "new");
      assert.equal(times(names, "Rename_Task"), 2);
      assert.equal(fake.count("Login"), 2);
    });
  });

  it("is not looked for when the login failed", async () => {
    const { responder, names } = script({});
    await withFake(
      (call) => (call.name === "Login" ? { status: 503 } : responder(call)),
      async ({ virtualMachines }) => {
        const error = await failure(virtualMachines.rename(machine, "new"));
        assert.equal(error.operation, "log in");
        assert.deepEqual(names, []);
      },
    );
  });
});

describe("a call that was never sent", function () {
  this.timeout(20_000);

  it("is tried again, even when it starts a task", async () => {
    const fake = await FakeVCenter.start(
      script({ [lookForTasks]: idle, "VirtualMachine: name": named("new") }).responder,
    );
    const client = new VCenterClient(fake.connection(), quick);
    await client.virtualMachines.findAny("/").catch(() => undefined);
    await fake.stop();
    // Until the client has seen its connection end.
    await pause(50);
    const error = await failure(client.virtualMachines.rename(machine, "new"));
    assert.equal(error.kind, "unreachable");
    assert.match(error.answer, /the connection is refused \(4 attempts\)/);
    await client.close();
  });
});

describe("removing a virtual machine without an answer", function () {
  this.timeout(20_000);
  const off = properties(
    objectXml("VirtualMachine", "vm-7", { "runtime.powerState": text("poweredOff") }),
  );
  const on = properties(
    objectXml("VirtualMachine", "vm-7", { "runtime.powerState": text("poweredOn") }),
  );
  const power = "VirtualMachine: runtime.powerState";

  it("is done when it is gone", async () => {
    const { responder, names } = script({
      [power]: off,
      Destroy_Task: { drop: true },
      [lookForTasks]: gone,
      [machinePaths]: gone,
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.destroy(machine);
      assert.deepEqual(names, [power, "Destroy_Task", lookForTasks, machinePaths]);
    });
  });

  it("is not done when it is there", async () => {
    const { responder, names } = script({
      [power]: off,
      Destroy_Task: { drop: true },
      [lookForTasks]: idle,
      [machinePaths]: named("old"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      assert.equal((await failure(virtualMachines.destroy(machine))).kind, "unreachable");
      assert.equal(times(names, "Destroy_Task"), 1);
    });
  });

  it("goes on when the machine was switched off", async () => {
    const { responder, names } = script({
      [power]: [on, off],
      PowerOffVM_Task: { drop: true },
      [lookForTasks]: idle,
      Destroy_Task: started("Destroy_Task"),
      [lookAtTask]: taskInfo("success"),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      await virtualMachines.destroy(machine);
      assert.equal(times(names, "PowerOffVM_Task"), 1);
    });
  });

  it("stops when the machine stays on", async () => {
    const { responder, names } = script({
      [power]: on,
      PowerOffVM_Task: { drop: true },
      [lookForTasks]: idle,
    });
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(virtualMachines.destroy(machine));
      assert.equal(error.operation, "switch off a virtual machine");
      assert.equal(times(names, "PowerOffVM_Task"), 1);
      assert.equal(times(names, "Destroy_Task"), 0);
    });
  });
});

describe("copying a template without an answer", function () {
  this.timeout(20_000);

  async function clone(
    machines: VirtualMachines,
    signal?: AbortSignal,
  ): Promise<ManagedObjectReference> {
    const target = {
      name: "copy",
      folder: { type: "Folder", id: "group-v9" },
      resourcePool: { type: "ResourcePool", id: "resgroup-8" },
      datastore: { type: "Datastore", id: "datastore-5" },
      network: { type: "Network", id: "network-3" },
    };
    return machines.clone(machine, target, signal ? { signal } : {});
  }

  function lostClone(found: string, isTemplate: boolean, tasks: readonly FakeAnswer[] = [idle]) {
    return script({
      FindChild: [reference("FindChild"), reference("FindChild", "VirtualMachine", found)],
      "VirtualMachine: config.hardware.device": properties(),
      "Network: name": properties(objectXml("Network", "network-3", { name: text("k8s") })),
      CloneVM_Task: { drop: true },
      [lookForTasks]: tasks,
      [machinePaths]: properties(
        objectXml("VirtualMachine", found, { "config.template": text(`${isTemplate}`) }),
      ),
    });
  }

  it("gives the template that came to be", async () => {
    const { responder, names } = lostClone("vm-99", true, [busy, idle]);
    await withFake(responder, async ({ virtualMachines }) => {
      assert.deepEqual(await clone(virtualMachines), { type: "VirtualMachine", id: "vm-99" });
      assert.equal(times(names, "CloneVM_Task"), 1);
    });
  });

  for (const [what, found, isTemplate] of [
    ["nothing came to be", "", false],
    ["what came to be is no template", "vm-99", false],
  ] as const) {
    it(`is an error when ${what}`, async () => {
      const { responder, names } = lostClone(found, isTemplate);
      await withFake(responder, async ({ virtualMachines }) => {
        assert.equal((await failure(clone(virtualMachines))).kind, "unreachable");
        assert.equal(times(names, "CloneVM_Task"), 1);
      });
    });
  }

  it("does not wait for what it cannot cancel", async () => {
    const { responder, names } = lostClone("vm-99", true, [busy]);
    const controller = new AbortController();
    await withFake(responder, async ({ virtualMachines }) => {
      const ending = failure(clone(virtualMachines, controller.signal));
      await until(() => times(names, lookForTasks) === 2);
      controller.abort();
      assert.equal((await ending).kind, "unreachable");
      assert.ok(!names.includes("CancelTask"));
    });
  });
});
