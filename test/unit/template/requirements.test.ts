import assert from "node:assert/strict";

import { unmetRequirements, type TemplateFacts } from "../../../template/requirements";

const gibibyte = 1024 ** 3;

/** A template as Deckhouse wants it. */
const good: TemplateFacts = {
  isTemplate: true,
  isPoweredOn: false,
  hardwareVersion: "vmx-15",
  disks: [{ key: 2000, label: "Hard disk 1", capacityBytes: 20 * gibibyte }],
  networkAdapters: [{ label: "Network adapter 1" }] as unknown as TemplateFacts["networkAdapters"],
};
const [disk] = good.disks;

const unmet = (changes: Partial<TemplateFacts>, smallest: number | undefined = 20): string[] =>
  unmetRequirements({ ...good, ...changes }, smallest);

describe("what Deckhouse asks of a template", () => {
  const met: Readonly<Record<string, Partial<TemplateFacts>>> = {
    "a template of the oldest hardware version and a disk as large as may be": {},
    "a machine that is switched off": { isTemplate: false },
    "a newer hardware version": { hardwareVersion: "vmx-21" },
    "several network adapters": {
      networkAdapters: [...good.networkAdapters, ...good.networkAdapters],
    },
  };
  for (const [what, facts] of Object.entries(met)) {
    it(`is met by ${what}`, () => {
      assert.deepEqual(unmet(facts), []);
    });
  }

  it("is met by a disk of any size when no nodes are known", () => {
    assert.deepEqual(unmetRequirements(good, undefined), []);
  });

  const faults: Readonly<Record<string, readonly [Partial<TemplateFacts>, string]>> = {
    "a machine that runs": [
      { isTemplate: false, isPoweredOn: true },
      "it is a virtual machine that runs, and a clone would not be clean: switch it off",
    ],
    "two disks": [
      { disks: [disk!, disk!] },
      "it has 2 disks, and Deckhouse takes a template with exactly one: leave one",
    ],
    "no disk": [
      { disks: [] },
      "it has 0 disks, and Deckhouse takes a template with exactly one: leave one",
    ],
    "an old hardware version": [
      { hardwareVersion: "vmx-14" },
      "its hardware version is vmx-14, and disks of nodes cannot grow before vmx-15: upgrade it",
    ],
    "a very old hardware version": [
      { hardwareVersion: "vmx-9" },
      "its hardware version is vmx-9, and disks of nodes cannot grow before vmx-15: upgrade it",
    ],
    "no hardware version": [
      { hardwareVersion: "" },
      "its hardware version is not known, and disks of nodes cannot grow before vmx-15: upgrade it",
    ],
    "no network adapter": [
      { networkAdapters: [] },
      "it has no network adapter, and Deckhouse takes the first one's type: add one",
    ],
    "a disk that is a byte too large": [
      { disks: [{ ...disk!, capacityBytes: 20 * gibibyte + 1 }] },
      "its disk has 20.1 GiB, and a node asks for a root disk of 20 GiB, which cannot be smaller: raise rootDiskSize",
    ],
    "a disk that is too large": [
      { disks: [{ ...disk!, capacityBytes: 20.5 * gibibyte }] },
      "its disk has 20.5 GiB, and a node asks for a root disk of 20 GiB, which cannot be smaller: raise rootDiskSize",
    ],
  };
  for (const [what, [facts, sentence]] of Object.entries(faults)) {
    it(`is not met by ${what}`, () => {
      assert.deepEqual(unmet(facts), [sentence]);
    });
  }

  it("is told as a whole", () => {
    const worst: TemplateFacts = {
      ...{ isTemplate: false, isPoweredOn: true, hardwareVersion: "vmx-10" },
      ...{ disks: [], networkAdapters: [] },
    };
    assert.equal(unmetRequirements(worst, 20).length, 4);
  });
});
