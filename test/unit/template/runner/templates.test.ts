import assert from "node:assert/strict";

import { copyTemplate } from "../../../../template/runner/copyTemplate";
import { RunFailure } from "../../../../template/runner/failure";
import { removeTemplate } from "../../../../template/runner/removeTemplate";
import { findTemplate, requiredObject, result } from "../../../../template/runner/templates";
import type { TemplateResult } from "../../../../template/request";
import { objectKey } from "../../../../vcenter";
import { exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";
import { examplePlace } from "../../../support/templateImages";
import { lookedUpPath as path } from "../../../support/templateVCenter";
import { thrownBy } from "../../../support/thrownBy";

const uuid = "uuid-of-the-first";
let work: string;
let example: ExampleRun;

/** What the run before this one told. */
function previous(changes: Partial<TemplateResult> = {}): TemplateResult {
  return {
    ...{ template: path, reference: "VirtualMachine:vm-42", vCenter: uuid, origin: "built" },
    ...changes,
  };
}

function begin(options: Parameters<typeof exampleRun>[1] = {}): ExampleRun {
  example.end();
  example = exampleRun(work, options);
  return example;
}

async function failureOf(promise: Promise<unknown>): Promise<RunFailure> {
  const error = await thrownBy(promise);
  assert.ok(error instanceof RunFailure, String(error));
  return error;
}

beforeEach(() => {
  work = temporaryFolder();
  example = exampleRun(work);
});

afterEach(() => {
  example.end();
  removeFolder(work);
});

describe("the template that is wanted", () => {
  it("is found, or is not there", async () => {
    assert.equal(await findTemplate(example.run), undefined);
    const machine = example.vCenter.machines.addTemplate(path);
    assert.equal(await findTemplate(example.run), machine);
  });

  it("is not a machine of its name", async () => {
    example.vCenter.machines.addTemplate(path, { isTemplate: false });
    const { stage, message } = await failureOf(findTemplate(example.run));
    assert.equal(stage, "look");
    assert.equal(message, `${path}: a virtual machine that is no template has the template's name`);
  });

  it("is told with its reference and the vCenter in which that means something", async () => {
    const machine = example.vCenter.machines.addTemplate(path);
    assert.deepEqual(await result(example.run, machine, "built"), {
      ...{ template: path, reference: objectKey(machine), vCenter: uuid, origin: "built" },
    });
  });

  const origins: readonly (readonly [
    string,
    TemplateResult | undefined,
    TemplateResult["origin"],
  ])[] = [
    ["there before this stack", undefined, "found"],
    ["built by an earlier run of the same resource", previous(), "built"],
    ["copied by an earlier run", previous({ origin: "copied" }), "copied"],
    ["found by an earlier run already", previous({ origin: "found" }), "found"],
    ["another one of that name", previous({ reference: "VirtualMachine:vm-1" }), "found"],
    ["of another vCenter", previous({ vCenter: "uuid-of-another" }), "found"],
  ];
  for (const [what, before, origin] of origins) {
    it(`belongs to the stack only if that made it: ${what}`, async () => {
      const { run, vCenter } = begin({ previous: before });
      const machine = vCenter.machines.addTemplate(path);
      assert.equal((await result(run, machine, "found")).origin, origin);
    });
  }

  it("is refused when Deckhouse would not take it", async () => {
    const machine = example.vCenter.machines.addTemplate(path, { disks: [], networkAdapters: [] });
    const { stage, message } = await failureOf(result(example.run, machine, "built"));
    assert.equal(stage, "check");
    assert.equal(
      message,
      `${path}: it has 0 disks, and Deckhouse takes a template with exactly one: leave one; it has no network adapter, ` +
        "and Deckhouse takes the first one's type: add one",
    );
  });

  it("needs objects that are there", async () => {
    const { message, stage } = await failureOf(
      requiredObject(example.run, "copy", "/X1/vm/none", ["folder"]),
    );
    assert.equal(stage, "copy");
    assert.equal(
      message,
      "/X1/vm/none: no such folder in vCenter's inventory, or this account cannot see it",
    );
  });
});

describe("a copy of a template", () => {
  const original = "/X2/vm/Templates/original";

  it("is made in the place, under the name", async () => {
    const source = example.vCenter.machines.addTemplate(original);
    const made = await copyTemplate(example.run, original);
    assert.deepEqual(
      [made.template, made.origin, example.vCenter.machines.paths()],
      [path, "copied", [path, original]],
    );
    assert.deepEqual(example.vCenter.changes(), [
      `clone ${objectKey(source)} ${example.run.request.name}`,
    ]);
    assert.deepEqual(example.progress(), ["copying the template", "copying the template: 50 %"]);
  });

  it("is not made of what is no template any more, or is gone", async () => {
    const gone = await failureOf(copyTemplate(example.run, original));
    assert.match(gone.message, /^\/X2\/vm\/Templates\/original: no such virtual machine /);
    example.vCenter.machines.addTemplate(original, { isTemplate: false });
    const { stage, message } = await failureOf(copyTemplate(example.run, original));
    assert.deepEqual([stage, message], ["copy", `${original}: it is no template any more`]);
    assert.deepEqual(example.vCenter.changes(), []);
  });

  for (const [what, missing] of Object.entries({
    ...{ folder: examplePlace.folder, datastore: examplePlace.datastore },
    ...{
      "distributed port group": examplePlace.network,
      "resource pool": `${examplePlace.cluster}/Resources`,
    },
  })) {
    it(`is not begun without its ${what}`, async () => {
      example.vCenter.machines.addTemplate(original);
      example.vCenter.machines.remove(missing);
      const { message } = await failureOf(copyTemplate(example.run, original));
      assert.ok(message.startsWith(`${missing}: no such ${what}`), message);
      assert.deepEqual(example.vCenter.changes(), []);
    });
  }

  it("is the one that another run made at the same time", async () => {
    example.vCenter.machines.addTemplate(original);
    example.vCenter.machines.addTemplate(path);
    assert.equal((await copyTemplate(example.run, original)).origin, "found");
  });

  it("ends with the reason of the run's end", async () => {
    example.vCenter.machines.addTemplate(original);
    const reason = new Error("Pulumi has ended it");
    example.vCenter.failing = (call) => {
      if (!call.startsWith("clone")) return undefined;
      example.abort(reason);
      return new Error("cancelled");
    };
    assert.equal(await thrownBy(copyTemplate(example.run, original)), reason);
  });
});

describe("the removal of a template", () => {
  const removed = async (
    before: TemplateResult | undefined,
    change: (run: ExampleRun) => void = () => undefined,
  ): Promise<{ said: string; left: string[] }> => {
    const run = begin({ previous: before });
    run.vCenter.machines.addTemplate(path);
    change(run);
    const said = await removeTemplate(run.run);
    return { said, left: run.vCenter.machines.paths() };
  };

  it("takes away what this stack made", async () => {
    for (const origin of ["built", "copied"] as const) {
      assert.deepEqual(await removed(previous({ origin })), { said: `${path}: removed`, left: [] });
    }
  });

  it("leaves what was there before, and what no run is known to have made", async () => {
    for (const before of [undefined, previous({ origin: "found" })]) {
      const said = `${path}: this stack did not make it: it stays`;
      assert.deepEqual(await removed(before), { said, left: [path] });
    }
  });

  it("leaves what took its place", async () => {
    const said = `${path}: what this stack made is not there any more`;
    const before = previous({ reference: "VirtualMachine:vm-1" });
    assert.deepEqual(await removed(before), { said, left: [path] });
  });

  it("fails in another vCenter, where nothing is known of what this stack made", async () => {
    const run = begin({ previous: previous({ vCenter: "uuid-of-another" }) });
    run.vCenter.machines.addTemplate(path);
    const { stage, message, remedy } = await failureOf(removeTemplate(run.run));
    assert.equal(stage, "remove");
    assert.equal(
      message,
      `${path}: it was made in another vCenter (instance UUID uuid-of-another) than this one (${uuid}), so nothing was ` +
        "removed here",
    );
    assert.equal(
      remedy,
      "let the address of vCenter lead to the other one; if it is the same one, restored under a new id, accept that " +
        "(deckhouse-vsphere:vCenter.restoredAs), write keep as templateImage.oldTemplates, and run `pulumi up`: then the " +
        "template stays, and this stack forgets it",
    );
    assert.deepEqual([run.vCenter.changes(), run.vCenter.machines.paths()], [[], [path]]);
  });

  it("is done when somebody removed it", async () => {
    const { said } = await removed(previous(), ({ vCenter }) => vCenter.machines.remove(path));
    assert.equal(said, `${path}: what this stack made is not there any more`);
  });

  it("leaves one that somebody renamed or moved, and says so", async () => {
    const elsewhere = `${path}-kept`;
    const { said, left } = await removed(previous(), ({ vCenter }) => {
      vCenter.machines.remove(path);
      vCenter.machines.addTemplate(elsewhere, { id: "vm-42" });
    });
    assert.equal(
      said,
      `${path}: somebody renamed or moved what this stack made, now ${elsewhere.split("/").at(-1)}: it stays`,
    );
    assert.deepEqual(left, [elsewhere]);
  });

  it("fails when this account cannot see it: it may still be there", async () => {
    const run = begin({ previous: previous() });
    // A machine whose properties vCenter does not tell has no name.
    run.vCenter.machines.addTemplate("/hidden", { id: "vm-42", name: "" });
    const { stage, message, remedy } = await failureOf(removeTemplate(run.run));
    assert.deepEqual(
      [stage, message, remedy],
      [
        "remove",
        `${path}: vCenter has it, but this account cannot see it, so it cannot be removed`,
        "let this account see it (System.View and System.Read on the template and above it), or use another account",
      ],
    );
    assert.deepEqual(run.vCenter.changes(), []);
  });

  it("leaves a machine that somebody made of it", async () => {
    const { said, left } = await removed(previous(), ({ vCenter }) => {
      const machine = { id: "vm-42", isTemplate: false } as const;
      vCenter.machines.addTemplate(path, machine);
    });
    assert.equal(said, `${path}: somebody made a virtual machine of the template: it stays`);
    assert.deepEqual(left, [path]);
  });
});
