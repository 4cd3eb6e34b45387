import assert from "node:assert/strict";
import type { TaskOptions, VCenterClient, VirtualMachines } from "../../../vcenter";
import { pollInterval } from "../../../vcenter/polling";
import {
  password,
  soapAnswer,
  soapFault,
  type FakeAnswer,
  type FakeVCenter,
} from "./support/fakeVCenter";
import { failure, quick, until, withFake } from "./support/harness";
import {
  lookAtTask,
  objectXml,
  properties,
  reference,
  script,
  started,
} from "./support/machineAnswers";
import { taskFault, taskInfo, text } from "./support/machineAnswers";

const source = { type: "VirtualMachine", id: "vm-7" };
const made = `<val type="VirtualMachine" xsi:type="ManagedObjectReference">vm-99</val>`;
const success = taskInfo("success", { result: made });
const canceled = taskInfo("error", {
  error: taskFault("RequestCanceled", "The task was canceled by a user."),
});

/** A clone of a machine without devices, so that little happens beside the task. */
async function clone(machines: VirtualMachines, options?: TaskOptions): Promise<string> {
  const target = {
    name: "copy",
    folder: { type: "Folder", id: "group-v9" },
    resourcePool: { type: "ResourcePool", id: "resgroup-8" },
    datastore: { type: "Datastore", id: "datastore-5" },
    network: { type: "Network", id: "network-3" },
  };
  return (await machines.clone(source, target, options)).id;
}

function cloning(
  looks: FakeAnswer | readonly FakeAnswer[],
  more: Readonly<Record<string, FakeAnswer | readonly FakeAnswer[]>> = {},
): ReturnType<typeof script> {
  return script({
    FindChild: reference("FindChild"),
    "VirtualMachine: config.hardware.device": properties(),
    "Network: name": properties(objectXml("Network", "network-3", { name: text("k8s") })),
    CloneVM_Task: started("CloneVM_Task"),
    [lookAtTask]: looks,
    ...more,
  });
}

describe("a task of vCenter", function () {
  this.timeout(20_000);

  it("is looked at less and less often, but at least every two seconds", () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 50].map((looks) => pollInterval(looks, 250)),
      [250, 500, 1000, 2000, 2000, 2000],
    );
  });

  it("is waited for until it ends, and tells how far it is whenever that changes", async () => {
    const looks = [undefined, 7, 7, 35].map((progress) =>
      taskInfo("running", progress === undefined ? {} : { progress }),
    );
    const { responder, names } = cloning([...looks, success]);
    await withFake(responder, async ({ virtualMachines }) => {
      const told: number[] = [];
      const start = performance.now();
      const onProgress = (percent: number): number => told.push(percent);
      assert.equal(await clone(virtualMachines, { onProgress }), "vm-99");
      const took = performance.now() - start;
      // 5 + 10 + 20 + 40, less what a timer may be early.
      assert.ok(took >= 70, `${took} ms`);
      assert.deepEqual(told, [7, 35]);
      assert.equal(names.filter((name) => name === lookAtTask).length, 5);
    });
  });

  it("that fails says why in vCenter's words, without secrets", async () => {
    const said = password
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll('"', "&quot;");
    const { responder } = cloning(
      taskInfo("error", { error: taskFault("NoDiskSpace", `no ${said}`) }),
    );
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.code, "NoDiskSpace");
      assert.equal(error.answer, "NoDiskSpace, no ***");
    });
  });

  it("that fails without a reason is an error all the same", async () => {
    const { responder } = cloning(taskInfo("error"));
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.kind, "unexpectedAnswer");
      assert.match(error.answer, /a fault without a name or text/);
    });
  });

  it("that may not be looked at is an error", async () => {
    const { responder } = cloning(properties(objectXml("Task", "task-1", {})));
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.kind, "noPermission");
      assert.match(error.answer, /the state of Task:task-1/);
    });
  });

  it("outlives a moment in which vCenter is busy", async () => {
    const { responder, names } = cloning([{ status: 503 }, { drop: true }, success]);
    await withFake(responder, async ({ virtualMachines }) => {
      assert.equal(await clone(virtualMachines), "vm-99");
      assert.equal(names.filter((name) => name === "CloneVM_Task").length, 1);
    });
  });

  it("that vCenter has forgotten is judged by its effect", async () => {
    const gone = soapFault("ManagedObjectNotFound");
    const template = objectXml("VirtualMachine", "vm-98", { "config.template": text("true") });
    for (const [found, expected] of [
      ["vm-98", "vm-98"],
      ["", undefined],
    ] as const) {
      const { responder } = cloning([taskInfo("running"), gone], {
        FindChild: [reference("FindChild"), reference("FindChild", "VirtualMachine", found)],
        "VirtualMachine: name config.template config.createDate runtime.powerState config.version config.annotation config.hardware.device guest.toolsVersionStatus2":
          properties(template),
      });
      await withFake(responder, async ({ virtualMachines }) => {
        if (expected !== undefined) {
          assert.equal(await clone(virtualMachines), expected);
        } else {
          const error = await failure(clone(virtualMachines));
          assert.match(error.answer, /Task:task-1 left no result/);
        }
      });
    }
  });
});

describe("cancelling a task of vCenter", function () {
  this.timeout(20_000);

  it("before its start starts nothing", async () => {
    const { responder, names } = cloning(success);
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines, { signal: AbortSignal.abort() }));
      assert.equal(error.kind, "cancelled");
      assert.ok(!names.includes("CloneVM_Task"));
    });
  });

  it("asks vCenter once, at once, and waits for the end", async () => {
    const running = taskInfo("running");
    const { responder, names } = cloning([running, running, canceled], {
      CancelTask: soapAnswer("CancelTask"),
    });
    const controller = new AbortController();
    const test = async ({ virtualMachines }: VCenterClient, fake: FakeVCenter): Promise<void> => {
      const ending = failure(clone(virtualMachines, { signal: controller.signal }));
      await until(() => names.includes(lookAtTask));
      controller.abort();
      // Sooner than the first interval ends.
      const start = performance.now();
      await until(() => names.includes("CancelTask"));
      assert.ok(performance.now() - start < 200);
      const error = await ending;
      assert.equal(error.kind, "cancelled");
      assert.equal(error.code, "RequestCanceled");
      assert.equal(names.filter((name) => name === "CancelTask").length, 1);
      assert.equal(names.at(-1), lookAtTask);
      assert.match(
        fake.calls.find(({ name }) => name === "CancelTask")?.body ?? "",
        /<CancelTask xmlns="urn:vim25"><_this type="Task">task-1<\/_this><\/CancelTask>/,
      );
    };
    await withFake(responder, test, { ...quick, pollMilliseconds: 250 });
  });

  it("while its start is answered cancels what was started", async () => {
    const slow = { ...started("CloneVM_Task"), delayMilliseconds: 200 };
    const { responder, names } = cloning([taskInfo("queued"), canceled], {
      CloneVM_Task: slow,
      CancelTask: soapAnswer("CancelTask"),
    });
    const controller = new AbortController();
    await withFake(responder, async ({ virtualMachines }) => {
      const ending = failure(clone(virtualMachines, { signal: controller.signal }));
      await until(() => names.includes("CloneVM_Task"));
      controller.abort();
      assert.equal((await ending).kind, "cancelled");
      assert.deepEqual(names.slice(-3), [lookAtTask, "CancelTask", lookAtTask]);
    });
  });

  for (const [what, answer] of [
    ["too late", soapFault("InvalidState")],
    ["impossible", soapFault("NotSupported")],
    ["forbidden", soapFault("NoPermission")],
  ] as const) {
    it(`that is ${what} lets it end`, async () => {
      const { responder, names } = cloning([taskInfo("running"), taskInfo("running"), success], {
        CancelTask: answer,
      });
      const controller = new AbortController();
      await withFake(responder, async ({ virtualMachines }) => {
        const ending = clone(virtualMachines, { signal: controller.signal });
        await until(() => names.includes(lookAtTask));
        controller.abort();
        assert.equal(await ending, "vm-99");
        assert.equal(names.filter((name) => name === "CancelTask").length, 1);
      });
    });
  }

  it("by somebody in vCenter is told as such", async () => {
    const { responder } = cloning(canceled);
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.kind, "cancelled");
      assert.match(error.message, /RequestCanceled, The task was canceled by a user\.: run again/);
    });
  });
});
