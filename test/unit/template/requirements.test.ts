import assert from "node:assert/strict";

import { findingText } from "../../../findings/finding";
import { unmetRequirements, type TemplateFacts } from "../../../template/requirements";

const gibibyte = 1024 ** 3;
const disk = { key: 2000, label: "Hard disk 1", capacityBytes: 20 * gibibyte };
const adapter = { label: "Network adapter 1" } as TemplateFacts["networkAdapters"][number];

/** A template as Deckhouse wants it. */
const good: TemplateFacts = {
  isTemplate: true,
  isPoweredOn: false,
  hardwareVersion: "vmx-15",
  disks: [disk],
  networkAdapters: [adapter],
};

const running = { isTemplate: false, isPoweredOn: true };
const diskOf = (capacityBytes: number) => ({ disks: [{ ...disk, capacityBytes }] });

const isRunning =
  "it is a running virtual machine, whose clones would be inconsistent: power it off";
const disks = (count: number): string =>
  `it has ${count} disks, but Deckhouse requires exactly one: leave one`;
const version = (found: string): string =>
  `its hardware version is ${found}, but disks of nodes can only grow from vmx-15 on: upgrade it`;
const noAdapter =
  "it has no network adapter, but Deckhouse uses the type of the first one: add one";
const tooLarge = (size: string): string =>
  `its disk has ${size} GiB, but a node asks for a root disk of 20 GiB, which cannot be smaller than the template's: ` +
  "raise rootDiskSize";

const cases: readonly (readonly [what: string, Partial<TemplateFacts>, readonly string[]])[] = [
  ["the oldest hardware version and the largest disk that will do", {}, []],
  ["a machine that is powered off", { isTemplate: false }, []],
  ["a newer hardware version", { hardwareVersion: "vmx-21" }, []],
  ["several network adapters", { networkAdapters: [adapter, adapter] }, []],
  ["a running machine", running, [isRunning]],
  ["two disks", { disks: [disk, disk] }, [disks(2)]],
  ["no disk", { disks: [] }, [disks(0)]],
  ["an old hardware version", { hardwareVersion: "vmx-14" }, [version("vmx-14")]],
  ["a version with fewer digits", { hardwareVersion: "vmx-9" }, [version("vmx-9")]],
  ["no hardware version", { hardwareVersion: "" }, [version("unknown")]],
  ["no network adapter", { networkAdapters: [] }, [noAdapter]],
  ["a disk that is a byte too large", diskOf(20 * gibibyte + 1), [tooLarge("20.1")]],
  ["a disk that is too large", diskOf(20.5 * gibibyte), [tooLarge("20.5")]],
  [
    "everything at once",
    { ...running, hardwareVersion: "vmx-10", disks: [], networkAdapters: [] },
    [isRunning, disks(0), version("vmx-10"), noAdapter],
  ],
];

describe("what Deckhouse requires of a template", () => {
  for (const [what, changes, expected] of cases) {
    it(`is ${expected.length === 0 ? "met" : "not met"} by ${what}`, () => {
      const findings = unmetRequirements("/X1/vm/t", { ...good, ...changes }, 20);
      assert.deepEqual(
        findings.map(findingText),
        expected.map((sentence) => `/X1/vm/t: ${sentence}`),
      );
    });
  }

  it("is met by a disk of any size when no nodes are known", () => {
    assert.deepEqual(unmetRequirements("/X1/vm/t", good, undefined), []);
  });
});
