import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import type { TemplateLookupInputs } from "../../../../../components/templateImage/templateImage";
import { TemplateLookupProvider } from "../../../../../components/templateImage/templateLookupProvider";
import { consequences } from "../../../../../findings/consequences";
import { setVariable } from "../../../../support/environment";
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { folderForEachTest, writeFiles } from "../../../../support/temporaryFolder";
import { examplePlace } from "../../../../support/templateImages";
import { lookedUpPath as path, templateVCenter } from "../../../../support/templateVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { withoutPointers } from "../../../../support/pointers";

const region = { name: "k8s-region-x1", datacenter: "/X1" };
const pathVariable = process.env["PATH"];

describe("checking a template", () => {
  let vCenter: InMemoryVCenter;
  let programs: string;

  folderForEachTest((made) => {
    vCenter = templateVCenter();
    programs = made;
    process.env["PATH"] = programs;
    install("packer", "Packer v1.16.0");
    install("git", "git version 2.39.5");
  });

  afterEach(() => setVariable("PATH", pathVariable));

  function install(name: string, answer: string): void {
    writeFiles(programs, { [name]: `#!/bin/sh\necho ${answer}\n` });
    chmodSync(join(programs, name), 0o755);
  }

  /** The reasons for which a preview would fail. */
  async function reasons(changes: Partial<TemplateLookupInputs> = {}): Promise<string[]> {
    const news: TemplateLookupInputs = {
      ...{ path, smallestRootDisk: 0, region },
      making: { place: examplePlace, tools: ["git", "packer"] },
      ...changes,
    };
    const provider = new TemplateLookupProvider(vCenter.session());
    const { inputs, failures } = await provider.check({}, news);
    assert.deepEqual(inputs, news, "check changes no input");
    assert.ok(failures.every(({ property }) => property === ""));
    assert.deepEqual(vCenter.changes(), []);
    return failures.map(({ reason }) => withoutPointers(reason));
  }

  const place = (changes: Partial<typeof examplePlace>, tools: string[] = []) => ({
    making: { place: { ...examplePlace, ...changes }, tools },
  });
  const others = async (): Promise<string[]> => {
    const provider = new TemplateLookupProvider(vCenter.session());
    const { failures } = await provider.check({}, { path, smallestRootDisk: 20, region });
    return failures.map(({ reason }) => withoutPointers(reason));
  };

  describe("says that nodes are cloned from another one", () => {
    const given = { smallestRootDisk: 0, making: { place: examplePlace, tools: [] } };
    const name = path.slice("/X1/vm/".length);
    const words = `nodes of region k8s-region-x1 are cloned from ${name}`;
    const warned = (former: string): string[] => [
      `${words}, until now ${former}`,
      `warning: ${words}: ${consequences.otherTemplate}`,
    ];
    const cases: Readonly<Record<string, [olds: Partial<TemplateLookupInputs>, said: string[]]>> = {
      "not before the first up": [{}, []],
      "not where it is the same": [{ path, ...given }, []],
      "not where something else of it changes": [{ path, ...given, smallestRootDisk: 50 }, []],
      "where it is built of something else": [
        { path: "/X1/vm/Templates/former", ...given, region },
        warned("Templates/former"),
      ],
      "after a state that did not hold the region": [
        { path: "/X1/vm/Templates/former", ...given },
        warned("Templates/former"),
      ],
      "with the whole path of one in another datacenter": [
        { path: "/X2/vm/Templates/former", smallestRootDisk: 0, region },
        warned("/X2/vm/Templates/former"),
      ],
    };
    for (const [what, [olds, said]] of Object.entries(cases)) {
      it(what, async () => {
        const provider = new TemplateLookupProvider(vCenter.session());
        const { result, lines } = await withPrintedLines(() =>
          provider.check(olds, { path, ...given, region }),
        );
        assert.deepEqual(result, { inputs: { path, ...given, region }, failures: [] });
        assert.deepEqual(lines, said);
      });
    }

    it("where the folder of virtual machines has another name", async () => {
      vCenter.machines.addTemplate("/X1/machines/Templates/other");
      const provider = new TemplateLookupProvider(vCenter.session());
      const { lines } = await withPrintedLines(() =>
        provider.check(
          { path: "/X1/machines/Templates/former", smallestRootDisk: 0 },
          { path: "/X1/machines/Templates/other", smallestRootDisk: 0, region },
        ),
      );
      const start = "nodes of region k8s-region-x1 are cloned from Templates/other";
      assert.equal(lines[0], `${start}, until now Templates/former`);
    });

    it("not where a preview fails anyway", async () => {
      const provider = new TemplateLookupProvider(vCenter.session());
      const olds = { path: "/X1/vm/Templates/former", smallestRootDisk: 0 };
      const { result, lines } = await withPrintedLines(() =>
        provider.check(olds, { path: "/X1/vm/Missing/other", smallestRootDisk: 0, region }),
      );
      assert.equal(result.failures.length, 1);
      assert.deepEqual(lines, []);
    });
  });

  it("finds nothing wrong where it can be made", async () => {
    assert.deepEqual(await reasons(), []);
    assert.deepEqual(await reasons(place({ resourcePool: "packer", host: "esxi-01" })), []);
  });

  it("finds nothing wrong where it is there, and then asks nothing of place and tools", async () => {
    vCenter.machines.addTemplate(path);
    setVariable("PATH", "");
    assert.deepEqual(await reasons(place({ folder: "/X1/vm/Missing" }, ["git", "packer"])), []);
    assert.ok(!vCenter.calls.includes("inventory"));
  });

  it("tells every object of the place that is missing, with the nearest names that exist", async () => {
    const missing = "no such object in vCenter's inventory, or this account cannot see it";
    const given = place({ cluster: "/X1/host/x1_cluster_pro", folder: "/X1/vm/Template" });
    const [cluster = "", folder = "", ...more] = await reasons(given);
    assert.deepEqual(more, []);
    assert.ok(cluster.startsWith(`/X1/host/x1_cluster_pro: ${missing}: correct the path; `));
    assert.ok(cluster.includes("/X1/host/x1_cluster_prod"), cluster);
    assert.ok(folder.includes("/X1/vm/Templates"), folder);
  });

  it("tells that a resource pool or a host is missing", async () => {
    const missing = "in vCenter, or this account cannot see it: correct templateImage.places";
    assert.deepEqual(await reasons(place({ resourcePool: "k8s", host: "esxi-02" })), [
      `/X1/host/x1_cluster_prod/Resources/k8s: no such resource pool ${missing}`,
      `/X1/host/x1_cluster_prod/esxi-02: no such host ${missing}`,
    ]);
  });

  it("tells that tools are missing, those alone that are needed", async () => {
    setVariable("PATH", join(programs, "none"));
    assert.deepEqual(await reasons(place({})), [], "a copy needs none");
    const [packer = "", ...more] = await reasons(place({}, ["packer"]));
    assert.match(packer, /^packer: it is not on the PATH, but building the template needs it: /);
    assert.deepEqual(more, []);
    assert.equal((await reasons(place({}, ["git", "packer"]))).length, 2);
  });

  it("tells missing objects and missing tools together", async () => {
    install("packer", "Packer v1.10.0");
    const found = await reasons(place({ network: "/X1/network/none" }, ["git", "packer"]));
    assert.deepEqual(
      found.map((reason) => reason.split(" ")[0]),
      ["/X1/network/none:", "packer:"],
    );
  });

  it("refuses a machine that is no template under the template's name", async () => {
    vCenter.machines.addTemplate(path, { isTemplate: false });
    assert.deepEqual(await reasons(), [
      `${path}: a virtual machine that is not a template has the template's name, and a template of that name cannot ` +
        "be built beside it: name another existing folder " +
        "(templateImage.folder), or rename the machine in the vSphere Client: it keeps running, but this would break " +
        "whatever looks for it by its path; if it is a template that somebody converted into a machine and that nobody " +
        "uses, convert it back into a template",
    ]);
  });

  it("tells what Deckhouse would not like about a template that is there", async () => {
    vCenter.machines.addTemplate(path, { disks: [], hardwareVersion: "vmx-13" });
    assert.deepEqual(await reasons(), [
      `${path}: it has 0 disks, but Deckhouse requires exactly one: leave one`,
      `${path}: its hardware version is vmx-13, but disks of nodes can only grow from vmx-15 on: upgrade it`,
    ]);
  });

  it("compares its disk with the smallest root disk, and with none when no nodes are known", async () => {
    vCenter.machines.addTemplate(path);
    assert.deepEqual(await reasons({ smallestRootDisk: 20 }), []);
    assert.deepEqual(await reasons({ smallestRootDisk: 0 }), []);
    assert.deepEqual(await reasons({ smallestRootDisk: 19 }), [
      `${path}: its disk has 20 GiB, but a node asks for a root disk of 19 GiB, which cannot be smaller than the ` +
        "template's: raise rootDiskSize",
    ]);
  });

  it("tells that a template of others is not there", async () => {
    assert.deepEqual(await others(), [
      `${path}: no such template in vCenter, or this account cannot see it: correct templateImage.existing, or let ` +
        "templateImage build one (builtin)",
    ]);
  });

  it("accepts a template of others, and a machine that is switched off", async () => {
    vCenter.machines.addTemplate(path);
    assert.deepEqual(await others(), []);
    vCenter.machines.addTemplate(path, { isTemplate: false });
    assert.deepEqual(await others(), []);
    vCenter.machines.addTemplate(path, { isTemplate: false, isPoweredOn: true });
    assert.equal((await others()).length, 1);
  });

  it("turns a failure of vCenter into a reason, once", async () => {
    vCenter.failing = () => noPermission("find an object");
    assert.deepEqual(await reasons(), [noPermission("find an object").message]);
  });
});
