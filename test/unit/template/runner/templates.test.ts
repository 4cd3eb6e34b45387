import assert from "node:assert/strict";

import type { TemplateResult } from "../../../../template/request";
import { copyTemplate } from "../../../../template/runner/copyTemplate";
import { RunFailure } from "../../../../template/runner/failure";
import {
  removeTemplate,
  findTemplate,
  requiredObject,
  result,
} from "../../../../template/runner/templates";
import { objectKey } from "../../../../vcenter";
import { exampleRun, type ExampleRun } from "../../../support/exampleRun";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { folderForEachTest } from "../../../support/temporaryFolder";
import { examplePlace } from "../../../support/templateImages";
import { lookedUpPath as path } from "../../../support/templateVCenter";
import { thrownBy } from "../../../support/thrownBy";

const uuid = "uuid-of-the-first";

/** What the previous run printed. */
const previous = (changes: Partial<TemplateResult> = {}): TemplateResult => ({
  template: path,
  reference: "VirtualMachine:vm-42",
  vCenter: uuid,
  origin: "built",
  ...changes,
});

/** The stage and the text of a failure. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await thrownBy(promise);
  assert.ok(error instanceof RunFailure, String(error));
  return `${error.stage}: ${error.message}`;
}

describe("a run with", () => {
  let work: string;
  let example: ExampleRun;
  let machines: InMemoryVCenter["machines"];

  function begin(options: Parameters<typeof exampleRun>[1] = {}): void {
    example = exampleRun(work, options);
    ({ machines } = example.vCenter);
  }

  function restart(options: Parameters<typeof exampleRun>[1]): void {
    example.end();
    begin(options);
  }

  folderForEachTest((made) => {
    work = made;
    begin();
  });

  afterEach(() => {
    example.end();
  });

  describe("the requested template", () => {
    it("finds it, unless a machine has its name", async () => {
      assert.equal(await findTemplate(example.run), undefined);
      const machine = machines.addTemplate(path);
      assert.equal(await findTemplate(example.run), machine);
      machines.remove(path);
      machines.addTemplate(path, { isTemplate: false });
      assert.equal(
        await failureOf(findTemplate(example.run)),
        `look: ${path}: a virtual machine that is not a template has the template's name, and a template of that name cannot ` +
          "be built beside it: name another existing folder " +
          "(templateImage.folder), or rename the machine in the vSphere Client: it keeps running, but this would break " +
          "whatever looks for it by its path; if it is a template that somebody converted into a machine and that nobody " +
          "uses, convert it back into a template",
      );
    });

    it("reports its reference, and the vCenter that the reference belongs to", async () => {
      const machine = machines.addTemplate(path);
      assert.deepEqual(
        await result(example.run, machine, "built"),
        previous({ reference: objectKey(machine) }),
      );
    });

    const origins: readonly (readonly [
      what: string,
      before: TemplateResult | undefined,
      origin: TemplateResult["origin"],
    ])[] = [
      ["there before this stack", undefined, "found"],
      ["built by an earlier run of the same resource", previous(), "built"],
      ["copied by an earlier run", previous({ origin: "copied" }), "copied"],
      ["found by an earlier run already", previous({ origin: "found" }), "found"],
      ["another one of that name", previous({ reference: "VirtualMachine:vm-1" }), "found"],
      ["of another vCenter", previous({ vCenter: "uuid-of-another" }), "found"],
    ];
    for (const [what, before, origin] of origins) {
      it(`takes it for the stack's only if the stack made it: ${what}`, async () => {
        restart({ previous: before });
        const machine = machines.addTemplate(path);
        assert.equal((await result(example.run, machine, "found")).origin, origin);
      });
    }

    it("refuses one that Deckhouse would refuse", async () => {
      const machine = machines.addTemplate(path, { disks: [], networkAdapters: [] });
      assert.equal(
        await failureOf(result(example.run, machine, "built")),
        `check: ${path}: it has 0 disks, but Deckhouse requires exactly one: leave one\n` +
          `${path}: it has no network adapter, but Deckhouse uses the type of the first one: add one`,
      );
    });

    it("requires objects that exist", async () => {
      assert.equal(
        await failureOf(requiredObject(example.run, "copy", "/X1/vm/none", ["folder"])),
        "copy: /X1/vm/none: no such folder in vCenter's inventory, or this account cannot see it: correct " +
          "templateImage.places, or let the account see it (System.View)",
      );
    });
  });

  describe("a copy of a template", () => {
    const original = "/X2/vm/Templates/original";
    const copy = (): Promise<TemplateResult> => copyTemplate(example.run, original);

    it("makes it in the place, under the name", async () => {
      const source = machines.addTemplate(original);
      const { template, origin } = await copy();
      assert.deepEqual([template, origin, machines.paths()], [path, "copied", [path, original]]);
      assert.deepEqual(example.vCenter.changes(), [
        `clone ${objectKey(source)} ${example.run.request.name}`,
      ]);
      assert.deepEqual(example.progress(), ["copying the template", "50 %"]);
    });

    it("does not copy what is gone, or is no longer a template", async () => {
      assert.match(await failureOf(copy()), new RegExp(`^copy: ${original}: no such virtual mach`));
      machines.addTemplate(original, { isTemplate: false });
      assert.equal(
        await failureOf(copy()),
        `copy: ${original}: it is no longer a template: if nobody uses it, convert it back into a template; otherwise ` +
          "give the machine another name in the vSphere Client, which it survives, and run again to build the template anew",
      );
      assert.deepEqual(example.vCenter.changes(), []);
    });

    for (const [what, missing] of [
      ["folder", examplePlace.folder],
      ["datastore", examplePlace.datastore],
      ["distributed port group", examplePlace.network],
      ["resource pool", `${examplePlace.cluster}/Resources`],
      ["host", `${examplePlace.cluster}/none`],
    ] as const) {
      it(`does not begin without its ${what}`, async () => {
        restart(what === "host" ? { request: { place: { ...examplePlace, host: "none" } } } : {});
        machines.addTemplate(original);
        if (what !== "host") machines.remove(missing);
        const text = await failureOf(copy());
        assert.ok(text.startsWith(`copy: ${missing}: no such ${what}`), text);
        assert.deepEqual(example.vCenter.changes(), []);
      });
    }

    it("takes the one that another run made at the same time", async () => {
      machines.addTemplate(original);
      machines.addTemplate(path);
      assert.equal((await copy()).origin, "found");
    });

    it("ends with the reason of the run's end", async () => {
      machines.addTemplate(original);
      const reason = new Error("Pulumi ended it");
      example.vCenter.failing = (call) => {
        if (!call.startsWith("clone")) return undefined;
        example.abort(reason);
        return new Error("cancelled");
      };
      assert.equal(await thrownBy(copy()), reason);
    });
  });

  describe("the removal of a template", () => {
    const elsewhere = `${path}-kept`;
    const nothing = (): void => undefined;
    const gone = "what this stack made no longer exists";
    const move = (to: string, name?: string): void => {
      machines.remove(path);
      machines.addTemplate(to, { id: "vm-42", ...(name === undefined ? {} : { name }) });
    };

    /** What happens by what the previous run printed and what somebody has done since. */
    const cases: readonly (readonly [
      before: TemplateResult | undefined,
      change: () => void,
      said: string,
      left: readonly string[],
    ])[] = [
      [previous(), nothing, "removed", []],
      [previous({ origin: "copied" }), nothing, "removed", []],
      [undefined, nothing, "not made by this stack, so it stays", [path]],
      [previous({ origin: "found" }), nothing, "not made by this stack, so it stays", [path]],
      [previous({ reference: "VirtualMachine:vm-1" }), nothing, gone, [path]],
      [previous(), () => machines.remove(path), gone, []],
      [
        previous(),
        () => move(elsewhere),
        `somebody renamed or moved what this stack made, now ${elsewhere.split("/").at(-1)}, so it stays`,
        [elsewhere],
      ],
      [
        previous(),
        () => machines.addTemplate(path, { id: "vm-42", isTemplate: false }),
        "somebody converted the template into a virtual machine, so it stays",
        [path],
      ],
    ];
    cases.forEach(([before, change, said, left], index) => {
      it(`ends with "${said}" (${index + 1})`, async () => {
        restart({ previous: before });
        machines.addTemplate(path);
        change();
        assert.equal(await removeTemplate(example.run), `${path}: ${said}`);
        assert.deepEqual(machines.paths(), left);
      });
    });

    const failing: readonly (readonly [
      before: TemplateResult,
      change: () => void,
      text: string,
    ])[] = [
      [
        previous({ vCenter: "uuid-of-another" }),
        nothing,
        `remove: ${path}: it was made in another vCenter (instance UUID uuid-of-another) than this one (${uuid}), so ` +
          "nothing was removed here: correct the address of vCenter; or, if this is the same vCenter, restored under a " +
          "new instance UUID, confirm that (deckhouse-vsphere:vCenter.restoredAs), set templateImage.oldTemplates to " +
          "keep, and run `pulumi up`: then the template stays, and this stack forgets it",
      ],
      [
        previous(),
        // vCenter reveals no name of a machine that the account cannot see.
        () => move("/hidden", ""),
        `remove: ${path}: it exists in vCenter, but this account cannot see it, so it cannot be removed: let this account ` +
          "see it (System.View and System.Read on the template and above it), or use another account",
      ],
    ];
    failing.forEach(([before, change, text]) => {
      it(`fails where a template may still exist: ${text.split(": ")[2] ?? ""}`, async () => {
        restart({ previous: before });
        machines.addTemplate(path);
        change();
        assert.equal(await failureOf(removeTemplate(example.run)), text);
        assert.deepEqual(example.vCenter.changes(), []);
      });
    });
  });
});
