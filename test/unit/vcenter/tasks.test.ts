import assert from "node:assert/strict";
import { VCenterClient, type VCenterError } from "../../../vcenter";
import { pollInterval } from "../../../vcenter/soap/tasks";
import {
  lookAtTask,
  lookForTasks,
  objectXml,
  properties,
  script,
  started,
  taskFault,
  taskInfo,
  text,
  type Answers,
} from "./support/answers";
import {
  FakeVCenter,
  password,
  soapAnswer,
  soapFault,
  type FakeAnswer,
} from "./support/fakeVCenter";
import { done, failure, pause, quick, refused, times, until, withFake } from "./support/harness";

const machine = { type: "VirtualMachine", id: "vm-7" };
const readName = "VirtualMachine: name";
const running = taskInfo("running");
const success = taskInfo("success");
const canceled = taskInfo("error", {
  error: taskFault("RequestCanceled", "The task was canceled by a user."),
});

const secret = password.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const full = taskInfo("error", { error: taskFault("NoDiskSpace", `no ${secret}`) });
const byUser = /^RequestCanceled, The task was canceled by a user\.$/;
const unseen = properties(objectXml("Task", "task-1", {}));

function named(name: string): FakeAnswer {
  return properties(objectXml("VirtualMachine", "vm-7", { name: text(name) }));
}

/** Answers to a rename whose task looks like this. */
function renaming(looks: FakeAnswer | readonly FakeAnswer[], more: Answers = {}): Answers {
  return { Rename_Task: started("Rename_Task"), [lookAtTask]: looks, ...more };
}

const rename = ({ virtualMachines }: VCenterClient): Promise<void> =>
  virtualMachines.rename(machine, "new");

describe("a task of vCenter", () => {
  it("is looked at less and less often, but at least every two seconds", () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 50].map((looks) => pollInterval(looks, 250)),
      [250, 500, 1000, 2000, 2000, 2000],
    );
  });

  it("outlives a moment in which vCenter is busy", async () => {
    const { names } = await done(renaming([{ status: 503 }, { drop: true }, success]), rename);
    assert.equal(times(names, "Rename_Task"), 1);
  });

  for (const [what, look, kind, answer] of [
    [
      "fails says why in vCenter's words, without secrets",
      full,
      "unexpectedAnswer",
      /^NoDiskSpace, no \*\*\*$/,
    ],
    [
      "fails without a reason fails",
      taskInfo("error"),
      "unexpectedAnswer",
      /a fault without a name or text/,
    ],
    ["may not be looked at fails", unseen, "noPermission", /the state of Task:task-1/],
    ["somebody cancels is cancelled", canceled, "cancelled", byUser],
  ] as const) {
    it(`that ${what}`, async () => {
      const { error } = await refused(renaming(look), rename);
      assert.equal(error.kind, kind);
      assert.match(error.answer, answer);
    });
  }

  it("that vCenter has forgotten is judged by its effect", async () => {
    const forgotten = [running, soapFault("ManagedObjectNotFound")];
    await done(renaming(forgotten, { [readName]: named("new") }), rename);
    const { error } = await refused(renaming(forgotten, { [readName]: named("old") }), rename);
    assert.match(error.answer, /Task:task-1 left no result/);
  });

  it("that the answer does not name is an error", async () => {
    const { error } = await refused({ Rename_Task: soapAnswer("Rename_Task") }, rename);
    assert.match(error.answer, /its answer names no task/);
  });
});

describe("following and cancelling a task of vCenter", () => {
  const folder = { type: "Folder", id: "group-v9" };
  const place = { folder, resourcePool: folder, datastore: folder, network: folder };

  /** A clone of a machine without devices is what can be followed. */
  function cloning(looks: readonly FakeAnswer[], more: Answers = {}): ReturnType<typeof script> {
    return script({
      FindChild: soapAnswer("FindChild"),
      "VirtualMachine: config.hardware.device": properties(),
      "Folder: name": properties(objectXml("Folder", folder.id, { name: text("k8s") })),
      CloneVM_Task: started("CloneVM_Task"),
      [lookAtTask]: looks,
      CancelTask: soapAnswer("CancelTask"),
      ...more,
    });
  }
  const cloned = taskInfo("success", { result: `<val type="VirtualMachine">vm-99</val>` });

  it("waits longer and longer, and gives the progress whenever it changes", async () => {
    const looks = [undefined, 7, 7, 35].map((progress) =>
      taskInfo("running", progress === undefined ? {} : { progress }),
    );
    const { responder, names } = cloning([...looks, cloned]);
    await withFake(responder, async ({ virtualMachines }) => {
      const seen: number[] = [];
      const start = performance.now();
      const onProgress = (percent: number): number => seen.push(percent);
      const target = { name: "copy", ...place };
      assert.equal((await virtualMachines.clone(machine, target, { onProgress })).id, "vm-99");
      // 5 + 10 + 20 + 40, less what a timer may be early.
      assert.ok(performance.now() - start >= 70);
      assert.deepEqual(seen, [7, 35]);
      assert.equal(times(names, lookAtTask), 5);
    });
  });

  /** Clones, and cancels as soon as a call was made. */
  async function cancelled(
    { responder, names }: ReturnType<typeof script>,
    when: string,
    pollMilliseconds = 5,
  ): Promise<{ readonly outcome: unknown; readonly body: string }> {
    const controller = new AbortController();
    const { signal } = controller;
    return withFake(
      responder,
      async ({ virtualMachines }, fake) => {
        const ending = virtualMachines
          .clone(machine, { name: "copy", ...place }, { signal })
          .catch((error: unknown) => error);
        await until(() => names.includes(when));
        controller.abort();
        const start = performance.now();
        await until(() => names.includes("CancelTask"));
        // Sooner than the longest of the first intervals ends.
        assert.ok(when !== lookAtTask || performance.now() - start < 200);
        const outcome = await ending;
        return { outcome, body: fake.calls.find((call) => call.name === "CancelTask")?.body ?? "" };
      },
      { ...quick, pollMilliseconds },
    );
  }

  it("starts nothing that was cancelled before", async () => {
    const { responder, names } = cloning([cloned]);
    await withFake(responder, async ({ virtualMachines }) => {
      const options = { signal: AbortSignal.abort() };
      const ending = virtualMachines.clone(machine, { name: "copy", ...place }, options);
      assert.equal((await failure(ending)).kind, "cancelled");
      assert.ok(!names.includes("CloneVM_Task"));
    });
  });

  it("asks vCenter once, at once, and waits for the end", async () => {
    const scripted = cloning([running, running, canceled]);
    const { outcome, body } = await cancelled(scripted, lookAtTask, 250);
    const { kind, code } = outcome as VCenterError;
    assert.deepEqual([kind, code], ["cancelled", "RequestCanceled"]);
    assert.equal(times(scripted.names, "CancelTask"), 1);
    assert.equal(scripted.names.at(-1), lookAtTask);
    assert.match(
      body,
      /<CancelTask xmlns="urn:vim25"><_this type="Task">task-1<\/_this><\/CancelTask>/,
    );
  });

  it("cancels what was started while its start was answered", async () => {
    const slow = { ...started("CloneVM_Task"), delayMilliseconds: 200 };
    const scripted = cloning([taskInfo("queued"), canceled], { CloneVM_Task: slow });
    const { outcome } = await cancelled(scripted, "CloneVM_Task");
    assert.equal((outcome as VCenterError).kind, "cancelled");
    assert.deepEqual(scripted.names.slice(-3), [lookAtTask, "CancelTask", lookAtTask]);
  });

  for (const [what, fault] of [
    ["too late", "InvalidState"],
    ["impossible", "NotSupported"],
    ["forbidden", "NoPermission"],
  ] as const) {
    it(`lets it end when cancelling is ${what}`, async () => {
      const scripted = cloning([running, running, cloned], { CancelTask: soapFault(fault) });
      const { outcome } = await cancelled(scripted, lookAtTask);
      assert.deepEqual(outcome, { type: "VirtualMachine", id: "vm-99" });
      assert.equal(times(scripted.names, "CancelTask"), 1);
    });
  }
});

const idle = properties(objectXml("Task", "task-5", { "info.state": text("success") }));
const busy = properties(
  objectXml("Task", "task-5", { "info.state": text("success") }),
  objectXml("Task", "task-6", { "info.state": text("running") }),
);
const queued = properties(objectXml("Task", "task-6", { "info.state": text("queued") }));

describe("a task whose start got no answer", () => {
  for (const [what, lost] of [
    ["a dropped connection", { drop: true }],
    ["no answer in time", { delayMilliseconds: 1000 }],
    ["a proxy's 502", { status: 502, body: "<html>Bad gateway</html>" }],
    ["a 503", { status: 503 }],
    ["a 504", { status: 504 }],
    ["a 500 without a fault", { status: 500 }],
    ["a page instead of an answer", { status: 200, body: "<html>hello</html>" }],
  ] as const satisfies readonly (readonly [string, FakeAnswer])[]) {
    it(`is not started again after ${what}: its effect is looked for once nothing runs`, async () => {
      const impatient = { ...quick, timeoutMilliseconds: 500 };
      const answers = { Rename_Task: lost, [lookForTasks]: [busy, queued, idle] };
      const { names, fake } = await done(
        { ...answers, [readName]: named("new") },
        rename,
        impatient,
      );
      assert.deepEqual(names, [
        "Rename_Task",
        ...[lookForTasks, lookForTasks, lookForTasks],
        readName,
      ]);
      assert.match(
        fake.calls.filter(({ body }) => body.includes("recentTask")).at(-1)?.body ?? "",
        /<obj type="VirtualMachine">vm-7<\/obj><skip>true<\/skip><selectSet xsi:type="TraversalSpec"><type>VirtualMachine<\/type><path>recentTask<\/path>/,
      );
      const { error } = await refused({ ...answers, [readName]: named("old") }, rename, impatient);
      assert.equal(error.operation, "rename a virtual machine");
    });
  }

  it("is an error that says where to look when nothing can be seen", async () => {
    const { error, names } = await refused(
      { Rename_Task: { drop: true }, [lookForTasks]: soapFault("NoPermission") },
      rename,
    );
    assert.equal(error.kind, "unreachable");
    assert.match(error.remedy, /check in vCenter's recent tasks whether it was started/);
    assert.equal(times(names, "Rename_Task"), 1);
  });

  for (const [what, refusals, logins] of [
    ["that refuses it for being too many", [{ status: 429 }, { status: 429 }], 1],
    ["that says that the session has ended", [soapFault("NotAuthenticated")], 2],
  ] as const) {
    it(`is started again after an answer ${what}`, async () => {
      const starts = [...refusals, started("Rename_Task")];
      const { names, fake } = await done(renaming(success, { Rename_Task: starts }), rename);
      assert.equal(times(names, "Rename_Task"), starts.length);
      assert.equal(fake.count("Login"), logins);
    });
  }

  it("is not looked for when the login failed", async () => {
    const { error, names } = await refused({ Login: { status: 503 } }, rename);
    assert.equal(error.operation, "log in");
    assert.deepEqual(names, []);
  });

  it("is tried again when it was never sent", async () => {
    const fake = await FakeVCenter.start(
      script({ FindByInventoryPath: soapAnswer("x") }).responder,
    );
    const client = new VCenterClient(fake.connection(), quick);
    await client.virtualMachines.findAny("/").catch(() => undefined);
    await fake.stop();
    // Until the client has seen its connection end.
    await pause(50);
    const error = await failure(rename(client));
    assert.equal(error.kind, "unreachable");
    assert.match(error.answer, /the connection is refused \(4 attempts\)/);
    await client.close();
  });
});
